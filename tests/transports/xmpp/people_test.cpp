// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/people_stanzas.h"
#include "transports/xmpp/picture_header.h"

#include <QCryptographicHash>

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

const Address kBob{TransportKind::Xmpp, u"bob@example.org"_s};

QByteArray png(quint8 side = 1)
{
    QByteArray bytes("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
    for (int i = 0; i < 2; ++i)
        bytes += QByteArray(3, '\0') + static_cast<char>(side);
    return bytes + "the rest";
}

QByteArray hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex();
}

// Alice online with her people watched, and Bob on her list.
class Company
{
public:
    explicit Company(bool isStarted = true)
    {
        talk.settle();
        if (!isStarted)
            return;
        talk.session.people().start({u"Alice"_s, {}}, talk.now);
        const QByteArray said = talk.client();
        rosterId = idBefore(said, "jabber:iq:roster");
        blocksId = idBefore(said, "urn:xmpp:blocking");
    }
    static QByteArray idBefore(const QByteArray &said, const QByteArray &ns)
    {
        const qsizetype at = said.indexOf(ns);
        const qsizetype begin = said.lastIndexOf("<iq", at);
        return at < 0 ? QByteArray() : attributeIn(said.sliced(begin, at - begin), "id");
    }
    void list(const QByteArray &items = "<item jid='bob@example.org' subscription='both' name='Bob'/>")
    {
        talk.server("<iq type='result' id='" + rosterId + "'><query xmlns='jabber:iq:roster'>" + items
                    + "</query></iq>");
    }
    void push(const QByteArray &item, const QByteArray &from = {})
    {
        talk.server("<iq type='set' id='p1'" + (from.isEmpty() ? QByteArray() : " from='" + from + "'")
                    + "><query xmlns='jabber:iq:roster'>" + item + "</query></iq>");
    }
    template<class T>
    QList<T> news()
    {
        for (RosterNews &one : talk.events<RosterNews>())
            all.push_back(std::move(one));
        QList<T> found;
        for (const RosterNews &one : all) {
            if (const auto *news = std::get_if<T>(&one))
                found.append(*news);
        }
        std::erase_if(all, [](const RosterNews &one) { return std::holds_alternative<T>(one); });
        return found;
    }

    Dialogue talk;
    QByteArray rosterId, blocksId;
    std::vector<RosterNews> all;
};

} // namespace

TEST(People, AreNotAskedAboutBeforeSomebodyWantsToKnow)
{
    Company company(false);
    EXPECT_EQ(company.talk.client(), QByteArray());
    company.talk.server("<presence type='subscribe' from='bob@example.org'/>");
    EXPECT_TRUE(company.news<PresenceAsked>().isEmpty());
}

TEST(People, AreListedAfterTheLogin)
{
    Company company;
    company.list("<item jid='bob@example.org' subscription='both' name='Bob'/>"
                 "<item jid='carol@example.org' subscription='none' ask='subscribe'/>"
                 "<item jid='server.example.org'/><item jid='x@example.org/phone'/><item/>");
    const auto listed = company.news<RosterListed>();
    ASSERT_EQ(listed.size(), 1);
    ASSERT_EQ(listed[0].entries.size(), 2);
    EXPECT_EQ(listed[0].entries[0], (RosterEntry{kBob, u"Bob"_s, Subscription::Both, false}));
    EXPECT_TRUE(listed[0].entries[1].isAsked);
}

TEST(People, ChangeByAPushOfTheOwnServer)
{
    Company company;
    company.push("<item jid='bob@example.org' subscription='to'/>");
    company.push("<item jid='bob@example.org' subscription='remove'/>", "alice@example.org");
    EXPECT_TRUE(company.talk.clientSaid("type='result' id='p1'"));
    const auto changed = company.news<RosterChanged>();
    ASSERT_EQ(changed.size(), 2);
    EXPECT_EQ(changed[0].entry.subscription, Subscription::To);
    EXPECT_TRUE(changed[1].isRemoved);
}

TEST(People, DoNotChangeByAPushOfAnybodyElse)
{
    for (const QByteArray &from : {QByteArray("mallory@example.org"), QByteArray("alice@example.org/phone"),
                                   QByteArray("example.org"), QByteArray("alice@example.org.evil.test")}) {
        Company company;
        company.push("<item jid='mallory@example.org' subscription='both'/>", from);
        EXPECT_TRUE(company.news<RosterChanged>().isEmpty()) << from.toStdString();
        EXPECT_TRUE(company.talk.clientSaid("service-unavailable")) << from.toStdString();
        company.talk.server("<iq type='set' id='b1' from='" + from + "'><unblock xmlns='urn:xmpp:blocking'/></iq>");
        EXPECT_TRUE(company.news<BlocksChanged>().isEmpty()) << from.toStdString();
    }
}

TEST(People, MayAskToSeeUs)
{
    Company company;
    company.talk.server(
        "<presence type='subscribe' from='dave@example.net'><nick "
        "xmlns='http://jabber.org/protocol/nick'>Dave&#x202E; </nick><status>It is me</status></presence>");
    company.talk.server("<presence type='subscribe' from='alice@example.org'/><presence type='subscribe' from='x'/>");
    const auto asked = company.news<PresenceAsked>();
    ASSERT_EQ(asked.size(), 1);
    EXPECT_EQ(asked[0].from.value, u"dave@example.net"_s);
    EXPECT_EQ(asked[0].nickname, u"Dave"_s);
    EXPECT_EQ(asked[0].words, u"It is me"_s);
    company.talk.server("<presence type='unsubscribe' from='dave@example.net'/>");
    EXPECT_EQ(company.news<PresenceWithdrawn>().size(), 1);
}

TEST(People, AreAnsweredByPresence)
{
    Company company;
    company.talk.session.people().answer(kBob, true);
    EXPECT_TRUE(company.talk.clientSaid("<presence type='subscribed' to='bob@example.org'/>"));
    company.talk.session.people().answer(kBob, false);
    EXPECT_TRUE(company.talk.clientSaid("<presence type='unsubscribed' to='bob@example.org'/>"));
}

TEST(People, AreAddedToTheListAndThenAsked)
{
    Company company;
    company.talk.session.people().add(kBob, u"Bob & Co"_s, u"TOKEN"_s, company.talk.now);
    const QByteArray said = company.talk.client();
    const qsizetype set = said.indexOf("<item jid='bob@example.org' name='Bob &amp; Co'/>");
    const qsizetype ask = said.indexOf("<presence type='subscribe' to='bob@example.org'>");
    EXPECT_TRUE(set > 0 && ask > set) << said.toStdString();
    EXPECT_TRUE(said.contains("<nick xmlns='http://jabber.org/protocol/nick'>Alice</nick>"));
    EXPECT_TRUE(said.contains("<preauth xmlns='urn:xmpp:pars:0' token='TOKEN'/>"));
}

TEST(People, WhomWeSeeAlreadyAreNotAskedAgain)
{
    Company company;
    company.list();
    company.talk.session.people().add(kBob, u"Bob"_s, {}, company.talk.now);
    EXPECT_FALSE(company.talk.clientSaid("type='subscribe'"));
}

TEST(People, ShowThemselvesByTheBestOfTheirClients)
{
    Company company;
    company.list();
    company.talk.server("<presence from='bob@example.org/phone'><show>xa</show><idle xmlns='urn:xmpp:idle:1' "
                        "since='2026-01-02T03:04:05Z'/></presence>"
                        "<presence from='bob@example.org/desk'/>"
                        "<presence type='unavailable' from='bob@example.org/desk'/>"
                        "<presence type='unavailable' from='bob@example.org/phone'><delay xmlns='urn:xmpp:delay' "
                        "stamp='2026-01-02T03:04:06Z'/></presence>");
    const auto news = company.news<PresenceChanged>();
    ASSERT_EQ(news.size(), 4);
    EXPECT_EQ(news[0].availability, Availability::Away);
    EXPECT_EQ(news[0].activeAt, wallFromMillis(1'767'323'045'000));
    EXPECT_EQ(news[1].availability, Availability::Online);
    EXPECT_EQ(news[2].availability, Availability::Away);
    EXPECT_EQ(news[3].availability, Availability::Offline);
    EXPECT_EQ(news[3].activeAt, wallFromMillis(1'767'323'046'000));
}

TEST(People, ShowNothingByAResourceThatIsNone)
{
    Company company;
    company.list();
    company.talk.server("<presence from='bob@example.org/a&#x202E;b'/><presence from='bob@example.org/'/>");
    EXPECT_TRUE(company.news<PresenceChanged>().isEmpty());
    company.talk.server("<presence from='bob@example.org/a&#xA0;b'/>"
                        "<presence type='unavailable' from='bob@example.org/a b'/>");
    const auto news = company.news<PresenceChanged>();
    ASSERT_EQ(news.size(), 2);
    EXPECT_EQ(news[1].availability, Availability::Offline);
}

TEST(People, WhoAreNotOnTheListAreNotSeen)
{
    Company company;
    company.list();
    company.talk.server("<presence from='mallory@example.net/x'><x xmlns='vcard-temp:x:update'><photo>" + hashOf(png())
                        + "</photo></x></presence>");
    EXPECT_TRUE(company.news<PresenceChanged>().isEmpty());
    EXPECT_FALSE(company.talk.clientSaid("vcard-temp"));
}

TEST(People, AreBlockedAndUnblockedOneByOneOrAllAtOnce)
{
    Company company;
    company.talk.server("<iq type='result' id='" + company.blocksId
                        + "'><blocklist xmlns='urn:xmpp:blocking'><item jid='mallory@example.net'/><item "
                          "jid='spam.example'/></blocklist></iq>");
    const auto listed = company.news<BlocksListed>();
    ASSERT_EQ(listed.size(), 1);
    EXPECT_EQ(listed[0].addresses.size(), 1);
    company.talk.session.people().setBlocked({kBob}, true, company.talk.now);
    EXPECT_TRUE(company.talk.clientSaid("<block xmlns='urn:xmpp:blocking'><item jid='bob@example.org'/></block>"));
    company.talk.session.people().setBlocked({}, false, company.talk.now);
    EXPECT_EQ(company.talk.client(), QByteArray());
    company.talk.server(
        "<iq type='set' id='b1'><block xmlns='urn:xmpp:blocking'><item jid='bob@example.org'/></block>"
        "</iq><iq type='set' id='b2'><unblock xmlns='urn:xmpp:blocking'/></iq>"
        "<iq type='set' id='b3'><unblock xmlns='urn:xmpp:blocking'><item jid='spam.example'/></unblock></iq>");
    const auto changed = company.news<BlocksChanged>();
    ASSERT_EQ(changed.size(), 2);
    EXPECT_TRUE(changed[0].isBlocked);
    EXPECT_TRUE(changed[1].addresses.isEmpty());
    EXPECT_FALSE(changed[1].isBlocked);
}

TEST(People, HavePicturesOfTheHashTheyAnnounce)
{
    Company company;
    company.list();
    const QByteArray picture = png(), hash = hashOf(picture);
    company.talk.server("<message from='bob@example.org'><event xmlns='http://jabber.org/protocol/pubsub#event'><items "
                        "node='urn:xmpp:avatar:metadata'><item id='x'><metadata xmlns='urn:xmpp:avatar:metadata'><info "
                        "id='"
                        + hash + "' type='image/png' bytes='32'/></metadata></item></items></event></message>");
    const QByteArray said = company.talk.client();
    EXPECT_TRUE(said.contains("<items node='urn:xmpp:avatar:data'><item id='" + hash + "'/></items>"))
        << said.toStdString();
    company.talk.server(
        "<iq type='result' from='bob@example.org' id='" + attributeIn(said, "id")
        + "'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data'><item "
          "id='x'><data xmlns='urn:xmpp:avatar:data'>"
        + picture.toBase64() + "</data></item></items></pubsub></iq>");
    const auto avatars = company.news<AvatarChanged>();
    ASSERT_EQ(avatars.size(), 1);
    EXPECT_EQ(avatars[0].avatar.bytes, picture);
    EXPECT_EQ(avatars[0].avatar.type, u"image/png"_s);
}

TEST(People, HaveTheirPictureTakenFromTheirCardOnce)
{
    Company company;
    company.list();
    const QByteArray hash = hashOf(png());
    const QByteArray presence = "<presence from='bob@example.org/x'><x xmlns='vcard-temp:x:update'><photo>" + hash
        + "</photo></x></presence>";
    company.talk.server(presence);
    const QByteArray said = company.talk.client();
    EXPECT_TRUE(said.contains("<vCard xmlns='vcard-temp'/>"));
    company.talk.server(presence);
    EXPECT_FALSE(company.talk.clientSaid("vcard-temp"));
    company.talk.server("<iq type='result' from='bob@example.org' id='" + attributeIn(said, "id")
                        + "'><vCard xmlns='vcard-temp'><PHOTO><BINVAL>" + png().toBase64()
                        + "</BINVAL></PHOTO></vCard></iq>");
    EXPECT_EQ(company.news<AvatarChanged>().size(), 1);
    company.talk.server("<presence from='bob@example.org/x'><x xmlns='vcard-temp:x:update'><photo/></x></presence>");
    const auto gone = company.news<AvatarChanged>();
    ASSERT_EQ(gone.size(), 1);
    EXPECT_EQ(gone[0].avatar, Avatar());
}

TEST(People, AreAskedForTheirListsAgainAfterANewLogin)
{
    Company company;
    company.talk.close(FailureCode::ConnectionLost);
    company.talk.comeOnline(false);
    const QByteArray said = company.talk.client();
    EXPECT_TRUE(said.contains("jabber:iq:roster") && said.contains("urn:xmpp:blocking"));
}

TEST(Avatar, IsRefusedWithAnotherHashOrKindOrSize)
{
    const auto answer = [](const QByteArray &bytes) {
        xmpp::Element binary(u"BINVAL", u"vcard-temp");
        binary.setText(QString::fromLatin1(bytes.toBase64()));
        xmpp::Element iq(u"iq", u"jabber:client");
        iq.add(xmpp::Element(u"vCard", u"vcard-temp").add(xmpp::Element(u"PHOTO", u"vcard-temp").add(binary)));
        return iq;
    };
    const auto read = [&](const QByteArray &bytes) {
        return xmpp::readAvatar(answer(bytes), QString::fromLatin1(hashOf(bytes)));
    };
    EXPECT_TRUE(read(png()));
    EXPECT_FALSE(xmpp::readAvatar(answer(png()), QString::fromLatin1(hashOf("another"))));
    EXPECT_FALSE(read("<svg onload='x'/>"));
    EXPECT_FALSE(read(png() + QByteArray(kMaxAvatarBytes, 'x')));
    EXPECT_FALSE(read({}));
}

TEST(PictureHeader, TellsKindAndSize)
{
    const auto small = xmpp::readPictureHeader(png(7));
    ASSERT_TRUE(small);
    EXPECT_EQ(small->size, QSize(7, 7));
    const QByteArray jpeg("\xFF\xD8\xFF\xE0\x00\x04xx\xFF\xC0\x00\x11\x08\x00\x10\x00\x20\x03", 18);
    const auto photo = xmpp::readPictureHeader(jpeg);
    ASSERT_TRUE(photo);
    EXPECT_EQ(photo->type, u"image/jpeg"_s);
    EXPECT_EQ(photo->size, QSize(32, 16));
}

TEST(PictureHeader, RefusesWhatIsNoneOrTooLarge)
{
    QByteArray huge = png();
    huge[17] = 1; // 65,537 pixels wide
    for (const QByteArray &bytes : {huge, png(0), png().left(20), QByteArray("GIF89a"),
                                    QByteArray("\xFF\xD8\xFF\xE0\x00\x00", 6), QByteArray("\xFF\xD8", 2), QByteArray()})
        EXPECT_FALSE(xmpp::readPictureHeader(bytes)) << bytes.toHex().toStdString();
}

TEST(PlainText, IsOneShortLineWithoutSteering)
{
    EXPECT_EQ(xmpp::plainText(u" a\n\tb "_s), u"a b"_s);
    EXPECT_EQ(xmpp::plainText(u"a\u202Eb\u200Fc\x07"_s), u"abc"_s);
    EXPECT_EQ(xmpp::plainText(QString(500, u'x')).size(), kMaxRosterText);
    const QString faces = u"a"_s + QString(u"\U0001F600"_s).repeated(200);
    EXPECT_FALSE(xmpp::plainText(faces).back().isHighSurrogate());
}

} // namespace planb::test
