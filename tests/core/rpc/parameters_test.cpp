// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/parameters.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <gtest/gtest.h>

namespace planb::rpc {

namespace {

using namespace Qt::StringLiterals;

using Parsed = Expected<Parameters, Error>;

/// One parameter `p` of that type, given as the JSON text `value`.
Parsed parseOne(const Parameter &parameter, const QByteArray &value)
{
    const QJsonDocument json = QJsonDocument::fromJson("{\"p\":" + value + '}');
    EXPECT_TRUE(json.isObject()) << value.constData();
    return Parameters::parse({parameter}, json.object());
}

Parsed parseOne(ParameterType type, const QByteArray &value)
{
    return parseOne(required(u"p"_s, type), value);
}

std::optional<Error> errorOf(const Parsed &parsed)
{
    return parsed ? std::nullopt : std::optional(parsed.error());
}

testing::AssertionResult isRefusedByName(const Parsed &parsed)
{
    if (parsed)
        return testing::AssertionFailure() << "it was accepted";
    if (parsed.error().code != ErrorCode::InvalidParameters)
        return testing::AssertionFailure() << "code " << static_cast<int>(parsed.error().code);
    if (!parsed.error().message.contains(u"\"p"_s))
        return testing::AssertionFailure() << "does not name it: " << parsed.error().message.toStdString();
    return testing::AssertionSuccess();
}

std::optional<FailureCode> failureOf(const Parsed &parsed)
{
    if (parsed || !parsed.error().failure)
        return {};
    return parsed.error().failure->code;
}

TEST(RpcParameters, RefuseAnUnknownNameAndSayWhich)
{
    const auto error = errorOf(Parameters::parse({optional(u"limit"_s, ParameterType::Text)}, {{u"limt"_s, u"1"_s}}));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, ErrorCode::InvalidParameters);
    EXPECT_TRUE(error->message.contains(u"\"limt\""_s));
}

TEST(RpcParameters, RefuseAnUnknownNameEvenWhenItsValueIsNull)
{
    EXPECT_TRUE(errorOf(Parameters::parse({}, {{u"x"_s, QJsonValue::Null}})));
}

TEST(RpcParameters, RefuseAMissingOneAndSayWhich)
{
    const auto error = errorOf(Parameters::parse({required(u"name"_s, ParameterType::Text)}, {}));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, ErrorCode::InvalidParameters);
    EXPECT_EQ(error->message, u"The parameter \"name\" is missing."_s);
}

TEST(RpcParameters, TakeNullForAnOptionalOneAsAbsent)
{
    const Parsed parsed = parseOne(optional(u"p"_s, ParameterType::Text), "null");
    ASSERT_TRUE(parsed);
    EXPECT_FALSE(parsed->find<QString>(u"p"_s));
    EXPECT_TRUE(isRefusedByName(parseOne(ParameterType::Text, "null")));
}

TEST(RpcParameters, TakeOnlyTextAsText)
{
    EXPECT_EQ(parseOne(ParameterType::Text, "\"\"")->get<QString>(u"p"_s), QString());
    EXPECT_EQ(parseOne(ParameterType::Text, "\"a\\u0000b\"")->get<QString>(u"p"_s), QString::fromUtf16(u"a\0b", 3));
    for (const char *value : {"1", "true", "[]", "{}"})
        EXPECT_TRUE(isRefusedByName(parseOne(ParameterType::Text, value))) << value;
}

TEST(RpcParameters, WantFilledTextFilled)
{
    EXPECT_EQ(parseOne(ParameterType::FilledText, "\"a\"")->get<QString>(u"p"_s), u"a"_s);
    EXPECT_TRUE(isRefusedByName(parseOne(ParameterType::FilledText, "\"\"")));
}

TEST(RpcParameters, TakeOnlyBooleansAsBoolean)
{
    EXPECT_TRUE(parseOne(ParameterType::Boolean, "true")->get<bool>(u"p"_s));
    for (const char *value : {"0", "1", "\"true\"", "{}"})
        EXPECT_TRUE(isRefusedByName(parseOne(ParameterType::Boolean, value))) << value;
}

TEST(RpcParameters, TakeOnlyObjectsAsObject)
{
    EXPECT_EQ(parseOne(ParameterType::Object, "{\"a\":1}")->get<QJsonObject>(u"p"_s), (QJsonObject{{u"a"_s, 1}}));
    for (const char *value : {"[]", "\"{}\"", "1"})
        EXPECT_TRUE(isRefusedByName(parseOne(ParameterType::Object, value))) << value;
}

TEST(RpcParameters, TakeWholeNumbersWithinTheirRange)
{
    const Parameter limit = requiredInteger(u"p"_s, 1, 500);
    EXPECT_EQ(parseOne(limit, "1")->get<qint64>(u"p"_s), 1);
    EXPECT_EQ(parseOne(limit, "500")->get<qint64>(u"p"_s), 500);
    EXPECT_EQ(parseOne(limit, "50.0")->get<qint64>(u"p"_s), 50);
    EXPECT_EQ(parseOne(limit, "5e1")->get<qint64>(u"p"_s), 50);
    for (const char *value : {"0", "501", "-1", "1.5", "1e3", "1e300", "18446744073709551617", "\"5\"", "true", "[]"})
        EXPECT_TRUE(isRefusedByName(parseOne(limit, value))) << value;
}

TEST(RpcParameters, TakeZeroWhereItIsInRangeAndNoFractionNearIt)
{
    const Parameter wait = requiredInteger(u"p"_s, 0, 10);
    EXPECT_EQ(parseOne(wait, "0")->get<qint64>(u"p"_s), 0);
    EXPECT_EQ(parseOne(wait, "-0")->get<qint64>(u"p"_s), 0);
    EXPECT_TRUE(isRefusedByName(parseOne(wait, "0.25")));
    EXPECT_TRUE(isRefusedByName(parseOne(wait, "1e-300")));
}

TEST(RpcParameters, KeepLargeIntegersExact)
{
    const Parameter any{u"p"_s, ParameterType::Integer};
    EXPECT_EQ(parseOne(any, "9007199254740993")->get<qint64>(u"p"_s), 9007199254740993);
    EXPECT_EQ(parseOne(any, "9223372036854775807")->get<qint64>(u"p"_s), std::numeric_limits<qint64>::max());
    EXPECT_TRUE(isRefusedByName(parseOne(any, "9223372036854775808")));
}

TEST(RpcParameters, TakeOnlyKnownKinds)
{
    EXPECT_EQ(parseOne(ParameterType::Kind, "\"sms\"")->get<TransportKind>(u"p"_s), TransportKind::Sms);
    for (const char *value : {"\"pigeon\"", "\"XMPP\"", "\"\"", "1"})
        EXPECT_TRUE(isRefusedByName(parseOne(ParameterType::Kind, value))) << value;
}

TEST(RpcParameters, ReadIdsOfTheirOwnKind)
{
    EXPECT_EQ(parseOne(ParameterType::Contact, "\"c1\"")->get<ContactId>(u"p"_s), ContactId(1));
    EXPECT_EQ(parseOne(ParameterType::Conversation, "\"v2\"")->get<ConversationId>(u"p"_s), ConversationId(2));
    EXPECT_EQ(parseOne(ParameterType::Message, "\"m3\"")->get<MessageId>(u"p"_s), MessageId(3));
    EXPECT_EQ(parseOne(ParameterType::Transport, "\"t4\"")->get<TransportId>(u"p"_s), TransportId(4));
}

TEST(RpcParameters, TreatTextThatCannotBeAnIdLikeOneThatNamesNothing)
{
    EXPECT_EQ(failureOf(parseOne(ParameterType::Contact, "\"v1\"")), FailureCode::UnknownContact);
    EXPECT_EQ(failureOf(parseOne(ParameterType::Contact, "\"\"")), FailureCode::UnknownContact);
    EXPECT_EQ(failureOf(parseOne(ParameterType::Conversation, "\"nobody\"")), FailureCode::UnknownConversation);
    EXPECT_EQ(failureOf(parseOne(ParameterType::Message, "\"m0\"")), FailureCode::UnknownMessage);
    EXPECT_EQ(failureOf(parseOne(ParameterType::Transport, "\"t99999999999999999999\"")),
              FailureCode::UnknownTransport);
    EXPECT_EQ(failureOf(parseOne(ParameterType::Recipient, "\"m1\"")), FailureCode::UnknownContact);
}

TEST(RpcParameters, NameTheParameterOfAnUnknownIdButNotItsValue)
{
    const auto error = errorOf(parseOne(ParameterType::Contact, "\"hunter2\""));
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->message.contains(u"\"p\""_s));
    EXPECT_FALSE(error->message.contains(u"hunter2"_s));
}

TEST(RpcParameters, RefuseIdsThatAreNoText)
{
    for (const char *value : {"1", "{}", "[\"c1\"]", "false"}) {
        EXPECT_TRUE(isRefusedByName(parseOne(ParameterType::Contact, value))) << value;
        EXPECT_TRUE(isRefusedByName(parseOne(ParameterType::Recipient, value))) << value;
    }
}

TEST(RpcParameters, TellAContactFromAConversationAsRecipient)
{
    const Parsed contact = parseOne(ParameterType::Recipient, "\"c1\"");
    EXPECT_EQ(contact->find<ContactId>(u"p"_s), ContactId(1));
    EXPECT_FALSE(contact->find<ConversationId>(u"p"_s));
    EXPECT_EQ(parseOne(ParameterType::Recipient, "\"v1\"")->find<ConversationId>(u"p"_s), ConversationId(1));
}

TEST(RpcParameters, ReadAListOfTransportsInItsOrder)
{
    EXPECT_EQ(parseOne(ParameterType::TransportList, "[\"t2\",\"t1\"]")->get<QList<TransportId>>(u"p"_s),
              (QList{TransportId(2), TransportId(1)}));
    EXPECT_TRUE(isRefusedByName(parseOne(ParameterType::TransportList, "\"t1\"")));
    const Parsed second = parseOne(ParameterType::TransportList, "[\"t1\",2]");
    EXPECT_TRUE(isRefusedByName(second));
    EXPECT_TRUE(second.error().message.contains(u"\"p[1]\""_s));
    EXPECT_EQ(failureOf(parseOne(ParameterType::TransportList, "[\"c1\"]")), FailureCode::UnknownTransport);
}

TEST(RpcParameters, ReadAddressesInTheirOrderAndNormalise)
{
    const Parsed parsed = parseOne(
        ParameterType::Addresses,
        R"([{"kind":"sms","address":"+82 10-1234-5678"},{"kind":"xmpp","address":"Bob@B.test"}])");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->get<QList<Address>>(u"p"_s),
              (QList<Address>{{TransportKind::Sms, u"+821012345678"_s}, {TransportKind::Xmpp, u"bob@b.test"_s}}));
}

TEST(RpcParameters, RefuseAddressesOfAnotherShapeAndSayWhichOne)
{
    for (const char *value :
         {"{}", "\"bob@b.test\"", "[\"bob@b.test\"]", R"([{"kind":"xmpp"}])", R"([{"kind":"xmpp","address":1}])",
          R"([{"kind":"fax","address":"1"}])", R"([{"kind":"xmpp","address":"a@b.test","prio":1}])"})
        EXPECT_TRUE(isRefusedByName(parseOne(ParameterType::Addresses, value))) << value;
}

TEST(RpcParameters, CallABadAddressAFailureOfTheRequest)
{
    const Parsed parsed = parseOne(ParameterType::Addresses, R"([{"kind":"xmpp","address":"nobody"}])");
    EXPECT_EQ(failureOf(parsed), FailureCode::InvalidArgument);
    EXPECT_TRUE(parsed.error().message.contains(u"p[0]"_s));
}

TEST(RpcParameters, RefuseBeforeReadingFurtherSoThatNothingIsHalfDone)
{
    const QList<Parameter> list{required(u"a"_s, ParameterType::Integer), required(u"b"_s, ParameterType::Text)};
    const auto error = errorOf(Parameters::parse(list, {{u"a"_s, true}, {u"b"_s, 1}}));
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->message.contains(u"\"a\""_s));
}

} // namespace

} // namespace planb::rpc
