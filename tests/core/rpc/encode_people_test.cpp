// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/encode_account.h"
#include "core/rpc/encode_people.h"

#include <QJsonDocument>

#include <gtest/gtest.h>

namespace planb::rpc {

namespace {

using namespace Qt::StringLiterals;

std::string text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

const Address kBob{TransportKind::Xmpp, u"bob@b.example"_s};

} // namespace

TEST(EncodeInvitation, NamesWhatItIsToAndKeepsTheTokenToItself)
{
    const Invitation both{TransportKind::Xmpp, u"b.example"_s, u"alice"_s, kBob, u"Bob"_s, u"SECRET"_s};
    EXPECT_EQ(
        text(toJson(both)),
        R"({"accountDomain":"b.example","accountName":"alice",)"
        R"("contact":{"address":"bob@b.example","kind":"xmpp"},"contactName":"Bob","hasToken":true,"kind":"xmpp"})");
    EXPECT_EQ(text(toJson(Invitation())),
              R"({"accountDomain":null,"accountName":null,"contact":null,"contactName":null,"hasToken":false,)"
              R"("kind":"xmpp"})");
}

TEST(EncodeAccountAnswer, IsEitherAnAddressOrAForm)
{
    EXPECT_EQ(text(toJson(AccountAnswer{u"alice@b.example"_s, {}, {}})),
              R"({"address":"alice@b.example","created":true,"form":null,"refusal":null})");
    const FormField ocr{u"ocr"_s,
                        FormField::Type::Text,
                        u"Read"_s,
                        {},
                        true,
                        {u"v"_s},
                        {{u"Free"_s, u"f"_s}},
                        {{u"image/png"_s, "x", {}}}};
    const AccountAnswer answer{u"alice@b.example"_s, AccountForm{u"Do"_s, {}, {ocr}},
                               Failure{FailureCode::RegistrationRefused, u"no"_s, {}}};
    EXPECT_EQ(text(toJson(answer)),
              R"({"address":null,"created":false,"form":{"fields":[{"help":"","label":"Read",)"
              R"("media":[{"base64":"eA==","type":"image/png","url":null}],"name":"ocr",)"
              R"("options":[{"label":"Free","value":"f"}],"required":true,"type":"text","values":["v"]}],)"
              R"("instructions":"Do","url":null},"refusal":{"blame":"credentials","code":"RegistrationRefused",)"
              R"("detail":"no","retryAt":null}})");
}

TEST(EncodeFormField, HasANameForEachType)
{
    const QList<std::pair<FormField::Type, QString>> names{
        {FormField::Type::Text, u"text"_s},     {FormField::Type::Lines, u"lines"_s},
        {FormField::Type::Secret, u"secret"_s}, {FormField::Type::Boolean, u"boolean"_s},
        {FormField::Type::Choice, u"choice"_s}, {FormField::Type::Choices, u"choices"_s},
        {FormField::Type::Words, u"words"_s},   {FormField::Type::Hidden, u"hidden"_s}};
    for (const auto &[type, name] : names) {
        FormField field;
        field.type = type;
        EXPECT_EQ(toJson(field).value(u"type"_s).toString(), name);
    }
}

TEST(EncodePerson, HasEverythingThatIsKnown)
{
    const PersonStatus bob{{kBob, u"Bobby"_s, wallFromMillis(7), u"abcd"_s, u"image/png"_s, true},
                           Availability::Away,
                           {{TransportId(2), {kBob, u"Bob"_s, Subscription::Both, true}}}};
    EXPECT_EQ(text(toJson(bob)),
              R"({"activeAt":7,"address":"bob@b.example","availability":"away",)"
              R"("avatar":{"hash":"abcd","type":"image/png"},"blocked":true,"kind":"xmpp",)"
              R"("lists":[{"asked":true,"name":"Bob","subscription":"both","transportId":")"
                  + TransportId(2).toString().toStdString() + R"("}],"mixedScripts":false,"nickname":"Bobby"})");
    EXPECT_EQ(text(toJson(PersonStatus{{kBob, {}, {}, {}, {}, false}, {}, {}})),
              R"({"activeAt":null,"address":"bob@b.example","availability":"offline","avatar":null,"blocked":false,)"
              R"("kind":"xmpp","lists":[],"mixedScripts":false,"nickname":""})");
}

TEST(EncodeRequest, SaysWhoAskedWhichAccountAndWhen)
{
    EXPECT_EQ(
        text(toJson(PresenceRequest{TransportId(2), kBob, u"Bobby"_s, u"Hi"_s, wallFromMillis(7)})),
        R"({"address":"bob@b.example","askedAt":7,"kind":"xmpp","mixedScripts":false,"nickname":"Bobby","transportId":")"
            + TransportId(2).toString().toStdString() + R"(","words":"Hi"})");
}

TEST(EncodeRequest, WarnsOfAnAddressThatMixesLookAlikes)
{
    const Address posing{TransportKind::Xmpp, u"p\u0430ypal@b.example"_s};
    EXPECT_TRUE(toJson(PresenceRequest{TransportId(2), posing, {}, {}, {}}).value(u"mixedScripts"_s).toBool());
    EXPECT_TRUE(toJson(PersonStatus{{posing, {}, {}, {}, {}, false}, {}, {}}).value(u"mixedScripts"_s).toBool());
}

TEST(EncodeAvatar, CarriesItsBytes)
{
    EXPECT_EQ(text(toJson(Avatar{u"abcd"_s, u"image/png"_s, "x"})),
              R"({"base64":"eA==","hash":"abcd","type":"image/png"})");
}

} // namespace planb::rpc
