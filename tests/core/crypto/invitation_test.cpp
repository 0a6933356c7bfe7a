// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/party.h"

namespace planb {
namespace {

using namespace Qt::StringLiterals;
using test::kNow;
using test::Party;

TEST(Invitation, ComesBackOutOfItsLink)
{
    Party alice;
    const Invitation plain{alice.encodedCard()};
    const Invitation once{alice.encodedCard(), offerOf(alice.device, alice.prekeys.addOneTimeKey(kNow))};
    for (const Invitation &invitation : {plain, once}) {
        const QString link = linkOf(invitation);
        EXPECT_TRUE(link.startsWith(u"planb:"_s));
        EXPECT_EQ(parseLink(link).value(), invitation);
        EXPECT_EQ(parseLink(u"PLANB:"_s + link.sliced(6)).value(), invitation);
        EXPECT_EQ(parseInvitation(encodeInvitation(invitation)).value(), invitation);
    }
}

TEST(Invitation, IsRefusedWithAnyCharacterOfItsLinkChanged)
{
    Party alice;
    const QString link = linkOf({alice.encodedCard(), offerOf(alice.device, alice.prekeys.addOneTimeKey(kNow))});
    for (qsizetype at = 6; at < link.size(); ++at) {
        QString changed = link;
        changed[at] = changed.at(at) == u'A' ? u'B' : u'A';
        EXPECT_FALSE(parseLink(changed)) << at;
        EXPECT_FALSE(parseLink(link.first(at))) << at;
    }
}

TEST(Invitation, HasOneLinkOnly)
{
    const Party alice;
    const QString link = linkOf({alice.encodedCard()});
    EXPECT_FALSE(parseLink(link + u"="_s));
    EXPECT_FALSE(parseLink(link + u" "_s));
    EXPECT_FALSE(parseLink(u" "_s + link));
    EXPECT_FALSE(parseLink(u"planb://"_s + link.sliced(6)));
    EXPECT_FALSE(parseLink(u"xmpp:"_s + link.sliced(6)));
    EXPECT_FALSE(parseLink(u"planb:"_s));
    EXPECT_FALSE(parseLink(u"planb:"_s + QString(10'000, u'A')));
}

TEST(Invitation, TakesNoOneTimeKeyOfAnotherDevice)
{
    Party alice;
    Party mallory;
    const OneTimeOffer foreign = offerOf(mallory.device, mallory.prekeys.addOneTimeKey(kNow));
    EXPECT_FALSE(parseInvitation(encodeInvitation({alice.encodedCard(), foreign})));
    OneTimeOffer pretended = foreign;
    pretended.device = alice.device.publicPart().device;
    EXPECT_FALSE(parseInvitation(encodeInvitation({alice.encodedCard(), pretended})));
}

TEST(Invitation, IsNoCardAndACardIsNoInvitation)
{
    const Party alice;
    const QByteArray card = alice.encodedCard();
    EXPECT_FALSE(parseInvitation(card));
    EXPECT_FALSE(parseCard(encodeInvitation({card})));
    EXPECT_FALSE(parseEnvelope(card));
    EXPECT_FALSE(parseEnvelope(encodeInvitation({card})));
}

} // namespace
} // namespace planb
