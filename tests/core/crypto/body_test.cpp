// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/body.h"

#include "core/crypto/card.h"
#include "core/crypto/envelope.h"

#include <gtest/gtest.h>

#include <functional>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

Body text(const QString &words)
{
    Body body;
    body.kind = BodyKind::Text;
    body.text = words;
    return body;
}

/// With every field that a body can have around its payload.
Body full()
{
    Body body = text(u"안녕하세요"_s);
    body.place = BodyPlace{randomFixed<StreamKey>(), 12, 3};
    body.id = randomFixed<MessageKey>();
    body.conversation = randomFixed<MessageKey>();
    body.order = 77;
    body.sentAt = wallFromMillis(1'700'000'000'000);
    body.parents = {randomFixed<MessagePrefix>(), randomFixed<MessagePrefix>()};
    body.acks = {{randomFixed<StreamKey>(), {1, 5, 2, 3}}, {randomFixed<StreamKey>(), {4, 3}}};
    body.ownCard = 9;
    body.heldCard = 0;
    body.capabilities = {1, 4, 70'000};
    body.about = u"0123456789abcdef0123456789abcdef"_s;
    return body;
}

QByteArray encoded(const Body &body)
{
    return encodeBody(body).value();
}

bool isRefused(const Body &body)
{
    const auto bytes = encodeBody(body);
    return !bytes && bytes.error() == Refusal::Malformed;
}

TEST(Body, OfEachKindIsReadAsItWasWritten)
{
    Body correction = text(u"better"_s);
    correction.kind = BodyKind::Correction;
    correction.about = u"id"_s;
    Body retraction;
    retraction.kind = BodyKind::Retraction;
    retraction.about = u"id"_s;
    Body reaction = retraction;
    reaction.kind = BodyKind::Reaction;
    Body reactions = reaction;
    reactions.signs = {u"👍"_s, u"❤"_s};
    Body retry;
    retry.kind = BodyKind::RetryRequest;
    retry.wanted = {randomFixed<EnvelopeHash>()};
    Body retryWhy = retry;
    retryWhy.reason = 3;
    Body card;
    card.kind = BodyKind::CardUpdate;
    card.card = QByteArray(Card::kMaxBytes, 'c');
    for (const Body &body :
         {Body(), full(), text(u"hello"_s), correction, retraction, reaction, reactions, retry, retryWhy, card}) {
        const auto read = parseBody(encoded(body));
        ASSERT_TRUE(read);
        EXPECT_EQ(*read, body);
    }
}

TEST(Body, WithNothingInItIsThreeBytes)
{
    EXPECT_EQ(encoded(Body()).toHex(), "a10000");
}

TEST(Body, IsRefusedWhenCutOrExtended)
{
    const QByteArray bytes = encoded(full());
    for (qsizetype length = 0; length < bytes.size(); ++length)
        EXPECT_FALSE(parseBody(bytes.first(length))) << length;
    EXPECT_FALSE(parseBody(bytes + '\0'));
}

TEST(Body, WithAnyByteChangedIsRefusedOrHasThatOneForm)
{
    const QByteArray bytes = encoded(full());
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray changed = bytes;
            changed[at] = static_cast<char>(changed.at(at) ^ (1 << bit));
            const auto read = parseBody(changed);
            if (read && !read->needsLaterVersion) {
                EXPECT_EQ(encoded(*read), changed) << at;
            }
        }
    }
}

TEST(Body, IsNotWrittenBeyondItsBounds)
{
    const auto refuses = [](const std::function<void(Body &)> &change) {
        Body body = full();
        change(body);
        return isRefused(body);
    };
    EXPECT_FALSE(refuses([](Body &) {}));
    EXPECT_TRUE(refuses([](Body &b) { b.place->base = 0; }));
    EXPECT_TRUE(refuses([](Body &b) { b.place->base = b.place->number + 1; }));
    EXPECT_TRUE(refuses([](Body &b) { b.place->number = 1ULL << 53U; }));
    EXPECT_TRUE(refuses([](Body &b) { b.order = 1ULL << 53U; }));
    EXPECT_TRUE(refuses([](Body &b) { b.sentAt = wallFromMillis(-1); }));
    EXPECT_TRUE(refuses([](Body &b) { b.parents = QList<MessagePrefix>(5, randomFixed<MessagePrefix>()); }));
    EXPECT_TRUE(refuses([](Body &b) { b.acks = QList<BodyAck>(5, b.acks.first()); }));
    EXPECT_TRUE(refuses([](Body &b) { b.acks.first().ranges = {1, 5, 2}; }));
    EXPECT_TRUE(refuses([](Body &b) { b.acks.first().ranges = {}; }));
    EXPECT_FALSE(refuses([](Body &b) { b.acks.first().ranges = QList<quint64>(66, 1); }));
    EXPECT_TRUE(refuses([](Body &b) { b.acks.first().ranges = QList<quint64>(68, 1); }));
    EXPECT_TRUE(refuses([](Body &b) { b.capabilities = {2, 1}; }));
    EXPECT_TRUE(refuses([](Body &b) {
        b.capabilities.clear();
        for (quint32 i = 0; i < 17; ++i)
            b.capabilities.append(i);
    }));
    EXPECT_FALSE(refuses([](Body &b) { b.about = QString(1024, u'x'); }));
    EXPECT_TRUE(refuses([](Body &b) { b.about = QString(1025, u'x'); }));
    EXPECT_TRUE(refuses([](Body &b) { b.needsLaterVersion = true; }));
    EXPECT_TRUE(refuses([](Body &b) { b.kind = static_cast<BodyKind>(7); }));
}

TEST(Body, HasWhatItsKindAsksForAndNothingElse)
{
    for (const BodyKind kind : {BodyKind::Text, BodyKind::Correction, BodyKind::Retraction, BodyKind::Reaction,
                                BodyKind::RetryRequest, BodyKind::CardUpdate}) {
        Body empty;
        empty.kind = kind;
        EXPECT_TRUE(isRefused(empty)) << static_cast<int>(kind);
    }
    Body body = text(u"x"_s);
    body.kind = BodyKind::Nothing;
    EXPECT_TRUE(isRefused(body));
    body = text(u"x"_s);
    body.reason = 1;
    EXPECT_TRUE(isRefused(body));
    Body reaction;
    reaction.kind = BodyKind::Reaction;
    reaction.about = u"id"_s;
    reaction.signs = QStringList(16, u"x"_s);
    EXPECT_FALSE(isRefused(reaction));
    reaction.signs = QStringList(17, u"x"_s);
    EXPECT_TRUE(isRefused(reaction));
    reaction.signs = {QString(129, u'x')};
    EXPECT_TRUE(isRefused(reaction));
    Body retry;
    retry.kind = BodyKind::RetryRequest;
    retry.wanted = QList<EnvelopeHash>(64, randomFixed<EnvelopeHash>());
    EXPECT_FALSE(isRefused(retry));
    retry.wanted = QList<EnvelopeHash>(65, randomFixed<EnvelopeHash>());
    EXPECT_TRUE(isRefused(retry));
    Body card;
    card.kind = BodyKind::CardUpdate;
    card.card = QByteArray(Card::kMaxBytes + 1, 'c');
    EXPECT_TRUE(isRefused(card));
}

TEST(Body, ThatDoesNotFitIntoAnEnvelopeIsTooLarge)
{
    EXPECT_EQ(encoded(text(QString(kMaxContentBytes - 10, u'x'))).size(), kMaxContentBytes - 1);
    EXPECT_EQ(encodeBody(text(QString(kMaxContentBytes - 8, u'x'))).error(), Refusal::TooLarge);
    EXPECT_EQ(encodeBody(text(QString(kMaxContentBytes, u'가'))).error(), Refusal::TooLarge);
    EXPECT_EQ(encodeBody(text(QString(1'000'000, u'x'))).error(), Refusal::TooLarge);
}

TEST(Body, OfALaterVersionIsKnownAsSuch)
{
    const auto later = [](const char *hex) {
        const auto read = parseBody(QByteArray::fromHex(hex));
        return read && read->needsLaterVersion;
    };
    EXPECT_TRUE(later("a10007")); // an unknown kind
    EXPECT_TRUE(later("a2000707820102")); // the payload of an unknown kind may be anything
    EXPECT_TRUE(later("a200000c00")); // an unknown key
    EXPECT_TRUE(later("a20000183f00")); // the last one that is not ignorable
    EXPECT_FALSE(later("a20000184000")); // the first one that is
    EXPECT_TRUE(parseBody(QByteArray::fromHex("a20000184000")));
    EXPECT_TRUE(later("a2000107a20061780600")); // an unknown key in the payload
}

TEST(Body, IsMalformedInAnyOtherForm)
{
    const auto isMalformed = [](const char *hex) {
        const auto read = parseBody(QByteArray::fromHex(hex));
        return !read && read.error() == Refusal::Malformed;
    };
    EXPECT_TRUE(isMalformed(""));
    EXPECT_TRUE(isMalformed("80")); // no map
    EXPECT_TRUE(isMalformed("a0")); // no kind
    EXPECT_TRUE(isMalformed("a1006130")); // a kind that is text
    EXPECT_TRUE(isMalformed("a10020")); // a negative kind
    EXPECT_TRUE(isMalformed("a1001800")); // a number longer than needed
    EXPECT_TRUE(isMalformed("a200000007")); // a key twice
    EXPECT_TRUE(isMalformed("a200012000")); // a negative key
    EXPECT_TRUE(isMalformed("a200000680")); // an empty list
    EXPECT_TRUE(isMalformed("a2000107a0")); // an empty payload
    EXPECT_TRUE(isMalformed("a2000107a10060")); // an empty text
    EXPECT_TRUE(isMalformed("a2000107a1004178")); // a text of bytes
    EXPECT_TRUE(isMalformed("a2000007a1006178")); // nothing, with a text
    EXPECT_TRUE(isMalformed("a2000002")); // cut
    EXPECT_TRUE(isMalformed("a200000240")); // an id of no bytes
    EXPECT_TRUE(isMalformed("a200000250"
                            "00000000000000000000000000000000")); // an id of zeros
}

} // namespace
} // namespace planb
