// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/upload_stanzas.h"
#include "transports/xmpp/xml_stream.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::Element;

Element parsed(const QByteArray &xml)
{
    xmpp::XmlStream stream;
    stream.feed("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>");
    stream.feed(xml);
    Element found;
    for (;;) {
        const auto item = stream.next();
        if (!item || !item->has_value())
            return found;
        if (const auto *element = std::get_if<Element>(&**item))
            found = *element;
    }
}

Element slot(const QByteArray &put, const QByteArray &get, const QByteArray &headers = {})
{
    return parsed("<iq type='result' id='1'><slot xmlns='urn:xmpp:http:upload:0'><put url='" + put + "'>" + headers
                  + "</put><get url='" + get + "'/></slot></iq>");
}

} // namespace

TEST(UploadService, IsKnownByItsFeatureAndTellsItsLimit)
{
    const Element info = parsed(
        "<iq type='result' id='1'><query xmlns='http://jabber.org/protocol/disco#info'>"
        "<feature var='urn:xmpp:http:upload:0'/><x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE'>"
        "<value>urn:xmpp:http:upload:0</value></field><field var='max-file-size'><value>5242880</value></field></x>"
        "</query></iq>");
    const auto service = xmpp::readUploadService(info, u"upload.example.org"_s);
    ASSERT_TRUE(service);
    EXPECT_EQ(service->maxBytes, 5'242'880);
    EXPECT_EQ(xmpp::slotRequest(*service, {{}, u"a.png"_s, u"image/png"_s, 7}).toXml(xmpp::ns::kClient),
              "<iq type='get' to='upload.example.org'><request xmlns='urn:xmpp:http:upload:0' filename='a.png' "
              "size='7' content-type='image/png'/></iq>");
    const Element other = parsed("<iq type='result' id='1'><query xmlns='http://jabber.org/protocol/disco#info'>"
                                 "<feature var='urn:xmpp:ping'/></query></iq>");
    EXPECT_FALSE(xmpp::readUploadService(other, u"muc.example.org"_s));
    EXPECT_FALSE(xmpp::readUploadService(parsed("<iq type='result' id='1'/>"), u"x"_s));
}

TEST(UploadService, IsLookedForInABoundedList)
{
    QByteArray items;
    for (int i = 0; i < 100; ++i)
        items += "<item jid='s" + QByteArray::number(i) + ".example.org'/>";
    const Element answer = parsed("<iq type='result' id='1'><query xmlns='http://jabber.org/protocol/disco#items'>"
                                  "<item/>"
                                  + items + "</query></iq>");
    EXPECT_EQ(xmpp::readItems(answer).size(), xmpp::kMaxServices);
}

TEST(UploadSlot, IsReadWithTheHeadersThatAreAllowed)
{
    const auto read = xmpp::readSlot(
        slot("https://up.example.org/1/a.png", "https://down.example.org/1/a.png",
             "<header name='authorization'>Basic x</header><header name='Host'>evil</header>"
             "<header name='Cookie'>a&#10;X: y</header><header name='Expires'>Fri</header>"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->put, QUrl(u"https://up.example.org/1/a.png"_s));
    EXPECT_EQ(read->get, QUrl(u"https://down.example.org/1/a.png"_s));
    EXPECT_EQ(read->headers, (net::HttpHeaders{{"Authorization", "Basic x"}, {"Expires", "Fri"}}));
}

TEST(UploadSlot, IsNoneWithoutEncryptionOnBothWays)
{
    const QByteArray good = "https://up.example.org/1";
    for (const QByteArray &bad : {QByteArray("http://up.example.org/1"), QByteArray("file:///etc/passwd"), QByteArray(),
                                  QByteArray("https://"), "https://up.example.org/" + QByteArray(5'000, 'x')}) {
        EXPECT_FALSE(xmpp::readSlot(slot(bad, good))) << bad.left(60).toStdString();
        EXPECT_FALSE(xmpp::readSlot(slot(good, bad))) << bad.left(60).toStdString();
    }
    EXPECT_FALSE(xmpp::readSlot(parsed("<iq type='result' id='1'/>")));
}

TEST(SharedFiles, AreReadAsTheyAreWritten)
{
    const SharedFile file{u"https://down.example.org/1/a%20b.png"_s, u"a b.png"_s, u"image/png"_s, 12'345};
    Element message(u"message", xmpp::ns::kClient);
    xmpp::addSharedFile(message, file);
    EXPECT_EQ(xmpp::readSharedFiles(parsed(message.toXml(xmpp::ns::kClient))), QList<SharedFile>{file});
}

TEST(SharedFiles, OfOlderClientsAreJustAnAddress)
{
    const auto files = xmpp::readSharedFiles(parsed("<message><body>x</body><x xmlns='jabber:x:oob'>"
                                                    "<url>https://down.example.org/1/photo.jpg</url></x></message>"));
    EXPECT_EQ(files, (QList<SharedFile>{{u"https://down.example.org/1/photo.jpg"_s, u"photo.jpg"_s, {}, -1}}));
}

TEST(SharedFiles, HaveHarmlessNamesAndEncryptedPlaces)
{
    const auto read = [](const QByteArray &name, const QByteArray &url) {
        return xmpp::readSharedFiles(parsed(
            "<message><file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><name>" + name
            + "</name><size>-5</size></file><sources><url-data xmlns='http://jabber.org/protocol/url-data' target='"
            + url + "'/></sources></file-sharing></message>"));
    };
    const QByteArray good = "https://down.example.org/1";
    EXPECT_EQ(read("../../.ssh/authorized_keys", good).at(0).name, u"authorized_keys"_s);
    EXPECT_EQ(read("C:\\autoexec.bat", good).at(0).name, u"autoexec.bat"_s);
    EXPECT_EQ(read("..bashrc", good).at(0).name, u"bashrc"_s);
    EXPECT_EQ(read("gpj.&#x202E;exe", good).at(0).name, u"gpj.exe"_s);
    EXPECT_EQ(read("a", good).at(0).size, -1);
    EXPECT_TRUE(read("a", "http://down.example.org/1").isEmpty());
    EXPECT_TRUE(read("a", "javascript:alert(1)").isEmpty());
}

TEST(SharedFiles, AreBounded)
{
    QByteArray many;
    for (int i = 0; i < 50; ++i)
        many += "<x xmlns='jabber:x:oob'><url>https://down.example.org/" + QByteArray::number(i) + "</url></x>";
    EXPECT_EQ(xmpp::readSharedFiles(parsed("<message>" + many + "</message>")).size(), xmpp::kMaxSharedFiles);
}

} // namespace planb::test
