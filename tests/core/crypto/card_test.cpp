// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/party.h"

#include "core/base/cbor_writer.h"
#include "core/crypto/card_form.h"
#include "core/crypto/safety_number.h"

#include <functional>

namespace planb {
namespace {

using namespace Qt::StringLiterals;
using test::kNow;
using test::Party;

QByteArray signedCard(const QByteArray &payload, const IdentityPair &identity, quint64 version = 1)
{
    CborWriter out;
    out.array(3);
    out.number(version);
    out.bytes(payload);
    out.bytes(sign(identity, Label::SignCard, payload).bytes());
    return out.take();
}

TEST(Card, IsReadAsItWasWritten)
{
    const Party alice;
    Card card = alice.card(7);
    card.removed = {{randomFixed<DeviceId>(), 3}};
    card.routes.append({u"sms"_s, u"+82101234567"_s, 200, kNow, kNow + std::chrono::days(1)});
    const QByteArray bytes = encodeCard(card, alice.identity).value();
    const auto read = parseCard(bytes);
    ASSERT_TRUE(read) << describe(read.error()).toStdString();
    EXPECT_EQ(*read, card);
    EXPECT_EQ(encodeCard(*read, alice.identity).value(), bytes);
}

TEST(Card, MayHaveNeitherNameNorRoutes)
{
    const Party alice;
    Card card = alice.card();
    card.name.clear();
    card.routes.clear();
    EXPECT_EQ(parseCard(encodeCard(card, alice.identity).value()).value(), card);
}

TEST(Card, IsRefusedWithAnyBitChangedOrAnyByteMissing)
{
    const Party alice;
    const QByteArray bytes = alice.encodedCard();
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        QByteArray changed = bytes;
        changed[at] = static_cast<char>(changed.at(at) ^ 4);
        EXPECT_FALSE(parseCard(changed)) << at;
        EXPECT_FALSE(parseCard(bytes.first(at))) << at;
    }
    EXPECT_FALSE(parseCard(bytes + '\0'));
}

TEST(Card, IsNotWrittenForSomebodyElse)
{
    const Party alice;
    const Party mallory;
    EXPECT_FALSE(encodeCard(alice.card(), mallory.identity));
    Card card = alice.card();
    card.devices = {mallory.entry()};
    const auto written = encodeCard(card, alice.identity);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, FailureCode::InvalidArgument);
}

TEST(Card, NeedsEachDeviceToSignItsOwnEntry)
{
    const Party alice;
    Card card = alice.card();
    card.devices[0].prekey = makeExchangePair().publicKey;
    EXPECT_FALSE(encodeCard(card, alice.identity));
}

TEST(Card, NeedsItsPersonToCertifyEachDevice)
{
    const Party alice;
    const Party mallory;
    CardDevice foreign = mallory.entry();
    foreign.device.identity = alice.identity.publicKey;
    foreign.signature = sign(mallory.device.signingPair(), Label::SignDevice, cardform::signedEntry(foreign));
    Card card = alice.card();
    card.devices = {foreign};
    EXPECT_FALSE(encodeCard(card, alice.identity));
}

TEST(Card, IsNotWrittenBeyondItsLimits)
{
    const Party alice;
    const auto refuses = [&alice](const std::function<void(Card &)> &change) {
        Card card = alice.card();
        change(card);
        return !encodeCard(card, alice.identity);
    };
    EXPECT_FALSE(refuses([](Card &) {}));
    EXPECT_TRUE(refuses([](Card &c) { c.sequence = 0; }));
    EXPECT_TRUE(refuses([](Card &c) { c.sequence = 1ULL << 53U; }));
    EXPECT_TRUE(refuses([](Card &c) { c.expiresAt = c.createdAt; }));
    EXPECT_TRUE(refuses([](Card &c) { c.createdAt = wallFromMillis(-1); }));
    EXPECT_TRUE(refuses([](Card &c) { c.devices.clear(); }));
    EXPECT_TRUE(refuses([](Card &c) { c.devices.append(c.devices.first()); }));
    EXPECT_TRUE(refuses([](Card &c) { c.removed = {{c.devices.first().device.device, 1}}; }));
    EXPECT_TRUE(refuses([](Card &c) { c.removed = {{randomFixed<DeviceId>(), c.sequence + 1}}; }));
    EXPECT_TRUE(refuses([](Card &c) { c.routes.first().kind = u"XMPP"_s; }));
    EXPECT_TRUE(refuses([](Card &c) { c.routes.first().kind = QString(17, u'x'); }));
    EXPECT_TRUE(refuses([](Card &c) { c.routes.first().address.clear(); }));
    EXPECT_TRUE(refuses([](Card &c) { c.routes.first().address = u"a\nb"_s; }));
    EXPECT_FALSE(refuses([](Card &c) { c.routes.first().address = QString(1024, u'x'); }));
    EXPECT_TRUE(refuses([](Card &c) { c.routes.first().address = QString(1025, u'x'); }));
    EXPECT_FALSE(refuses([](Card &c) { c.name = QString(128, u'x'); }));
    EXPECT_TRUE(refuses([](Card &c) { c.name = QString(129, u'x'); }));
    EXPECT_TRUE(refuses([](Card &c) { c.name = u"a\x0001"_s; }));
    EXPECT_FALSE(refuses([](Card &c) { c.routes = QList<CardRoute>(16, c.routes.first()); }));
    EXPECT_TRUE(refuses([](Card &c) { c.routes = QList<CardRoute>(17, c.routes.first()); }));
    EXPECT_TRUE(refuses([](Card &c) {
        c.routes.first().address = QString(1000, u'x');
        c.routes = QList<CardRoute>(4, c.routes.first());
    }));
}

TEST(Card, HoldsUpToEightDevices)
{
    const Party alice;
    Card card = alice.card();
    for (int i = 1; i < 8; ++i) {
        const OwnDevice device = OwnDevice::make(alice.identity, randomFixed<DeviceId>(), 1);
        card.devices.append(cardEntryOf(device, alice.prekeys.current(), kNow));
    }
    EXPECT_EQ(parseCard(encodeCard(card, alice.identity).value()).value(), card);
    const OwnDevice ninth = OwnDevice::make(alice.identity, randomFixed<DeviceId>(), 1);
    card.devices.append(cardEntryOf(ninth, alice.prekeys.current(), kNow));
    EXPECT_FALSE(encodeCard(card, alice.identity));
}

TEST(Card, KeepsWhatItDoesNotKnowOnlyIfThatMayBeIgnored)
{
    const Party alice;
    const QByteArray plain = alice.encodedCard();
    // What encodeCard() signed: after the array's head, the version, and the three bytes before the payload.
    QByteArray payload = plain.sliced(5).chopped(66);
    const auto withKey = [&](const QByteArray &key) {
        QByteArray longer = payload;
        longer[0] = static_cast<char>(longer.at(0) + 1);
        return signedCard(longer + key + '\x00', alice.identity);
    };
    ASSERT_EQ(signedCard(payload, alice.identity), plain);
    EXPECT_EQ(parseCard(withKey(QByteArray::fromHex("1840"))).value(), alice.card());
    const auto later = parseCard(withKey(QByteArray::fromHex("183f")));
    ASSERT_FALSE(later);
    EXPECT_EQ(later.error().code, FailureCode::NotOffered);
    const auto laterForm = parseCard(signedCard(payload, alice.identity, 2));
    ASSERT_FALSE(laterForm);
    EXPECT_EQ(laterForm.error().code, FailureCode::NotOffered);
}

TEST(CardNews, FollowIdentityAndSequence)
{
    const Party alice;
    const Party other;
    const QByteArray known = alice.encodedCard(5);
    Card renamed = alice.card(5);
    renamed.name = u"Alicia"_s;
    EXPECT_EQ(compareCards(known, alice.encodedCard(6)).value(), CardNews::Newer);
    EXPECT_EQ(compareCards(known, known).value(), CardNews::Same);
    EXPECT_EQ(compareCards(known, alice.encodedCard(4)).value(), CardNews::Older);
    EXPECT_EQ(compareCards(known, encodeCard(renamed, alice.identity).value()).value(), CardNews::Contradiction);
    EXPECT_EQ(compareCards(known, other.encodedCard(6)).value(), CardNews::OtherIdentity);
    EXPECT_FALSE(compareCards(known, "nonsense"));
}

// The digits were made with Python's hashlib.
TEST(SafetyNumber, IsTheSameForBothAndAsTheDocumentSays)
{
    const auto one = IdentityKey::fromBytes(QByteArray(32, '\x01')).value();
    const auto two = IdentityKey::fromBytes(QByteArray(32, '\x02')).value();
    const QString digits = safetyNumberOf(one, two);
    EXPECT_EQ(digits, u"364675543587715147545017894315793027903600158946946575531739"_s);
    EXPECT_EQ(safetyNumberOf(two, one), digits);
    EXPECT_EQ(groupedSafetyNumber(digits).left(17), u"36467 55435 87715"_s);
    EXPECT_EQ(groupedSafetyNumber(digits).size(), 71);
}

TEST(SafetyNumber, ChangesWithEitherKey)
{
    const Party alice;
    const Party bob;
    const Party mallory;
    const QString right = safetyNumberOf(alice.identity.publicKey, bob.identity.publicKey);
    EXPECT_NE(safetyNumberOf(alice.identity.publicKey, mallory.identity.publicKey), right);
    EXPECT_NE(safetyNumberOf(mallory.identity.publicKey, bob.identity.publicKey), right);
}

} // namespace
} // namespace planb
