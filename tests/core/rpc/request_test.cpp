// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/request.h"

#include <gtest/gtest.h>

namespace planb::rpc {

namespace {

using namespace Qt::StringLiterals;

struct Refusal {
    ErrorCode code;
    QJsonValue id;

    bool operator==(const Refusal &) const = default;
};

std::optional<Refusal> refusalOf(const QByteArray &line)
{
    const auto request = parseRequest(line);
    if (request)
        return {};
    EXPECT_FALSE(request.error().error.message.isEmpty());
    return Refusal{request.error().error.code, request.error().id};
}

constexpr auto kParseError = ErrorCode::ParseError;
constexpr auto kInvalid = ErrorCode::InvalidRequest;
const QJsonValue kNoId = QJsonValue::Null;

TEST(RpcRequest, ReadsIdMethodAndParameters)
{
    const auto request = parseRequest(R"({"jsonrpc":"2.0","id":7,"method":"a.b","params":{"x":1}})");
    ASSERT_TRUE(request);
    EXPECT_EQ(request->id, QJsonValue(7));
    EXPECT_EQ(request->method, u"a.b"_s);
    ASSERT_TRUE(request->params);
    EXPECT_EQ(*request->params, QJsonValue(QJsonObject{{u"x"_s, 1}}));
}

TEST(RpcRequest, TellsARequestWithoutIdFromOneWhoseIdIsNull)
{
    const auto without = parseRequest(R"({"jsonrpc":"2.0","method":"a"})");
    ASSERT_TRUE(without);
    EXPECT_FALSE(without->id);
    const auto null = parseRequest(R"({"jsonrpc":"2.0","method":"a","id":null})");
    ASSERT_TRUE(null);
    EXPECT_EQ(null->id, QJsonValue(QJsonValue::Null));
}

TEST(RpcRequest, TellsAbsentParametersFromNullOnes)
{
    EXPECT_FALSE(parseRequest(R"({"jsonrpc":"2.0","method":"a"})")->params);
    EXPECT_EQ(parseRequest(R"({"jsonrpc":"2.0","method":"a","params":null})")->params, QJsonValue(QJsonValue::Null));
}

TEST(RpcRequest, TakesTextNumbersAndNullAsId)
{
    for (const char *id : {"\"x\"", "0", "-1", "1.5", "9007199254740993", "null"}) {
        const QByteArray line = QByteArray(R"({"jsonrpc":"2.0","method":"a","id":)") + id + '}';
        const auto request = parseRequest(line);
        ASSERT_TRUE(request) << id;
        EXPECT_EQ(resultLine(*request->id, true),
                  QByteArray("{\"id\":") + id + ",\"jsonrpc\":\"2.0\",\"result\":true}\n");
    }
}

TEST(RpcRequest, RefusesIdsOfOtherTypes)
{
    for (const char *id : {"true", "{}", "[1]"}) {
        const QByteArray line = QByteArray(R"({"jsonrpc":"2.0","method":"a","id":)") + id + '}';
        EXPECT_EQ(refusalOf(line), (Refusal{kInvalid, kNoId})) << id;
    }
}

TEST(RpcRequest, RefusesWhatIsNoJson)
{
    const QByteArray lines[] = {"",
                                "   ",
                                "hello",
                                "{",
                                R"({"jsonrpc":"2.0",})",
                                R"({"jsonrpc":"2.0","id":1,"method":"a"} x)",
                                "{'jsonrpc':'2.0'}",
                                R"({"jsonrpc":"2.0","id":1e999,"method":"a"})"};
    for (const QByteArray &line : lines)
        EXPECT_EQ(refusalOf(line), (Refusal{kParseError, kNoId})) << line.constData();
}

TEST(RpcRequest, RefusesInvalidUtf8)
{
    for (const char *bytes : {"\xff", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
        const QByteArray line = QByteArray(R"({"jsonrpc":"2.0","id":1,"method":")") + bytes + "\"}";
        EXPECT_EQ(refusalOf(line), (Refusal{kParseError, kNoId})) << line.toHex().constData();
    }
}

TEST(RpcRequest, RefusesBareControlCharacters)
{
    EXPECT_EQ(refusalOf(QByteArray("{\"jsonrpc\":\"2.0\",\"method\":\"a\0b\"}", 31)), (Refusal{kParseError, kNoId}));
    EXPECT_EQ(refusalOf("{\"jsonrpc\":\"2.0\",\"method\":\"a\x1b\"}"), (Refusal{kParseError, kNoId}));
}

TEST(RpcRequest, TakesTabsBetweenTokens)
{
    EXPECT_FALSE(refusalOf("\t{\"jsonrpc\":\t\"2.0\",\"method\":\"a\"}\t"));
}

TEST(RpcRequest, RefusesNestingWithoutEnd)
{
    const QByteArray deep = QByteArray(100'000, '[');
    EXPECT_EQ(refusalOf(deep), (Refusal{kParseError, kNoId}));
    const QByteArray closed = deep + QByteArray(100'000, ']');
    EXPECT_EQ(refusalOf("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":" + closed + '}'),
              (Refusal{kParseError, kNoId}));
}

TEST(RpcRequest, RefusesABatch)
{
    EXPECT_EQ(refusalOf(R"([{"jsonrpc":"2.0","id":1,"method":"a"}])"), (Refusal{kInvalid, kNoId}));
    EXPECT_EQ(refusalOf("[]"), (Refusal{kInvalid, kNoId}));
}

TEST(RpcRequest, RefusesJsonThatIsNoObject)
{
    for (const char *line : {"1", "\"x\"", "true", "null", " -2.5 "})
        EXPECT_EQ(refusalOf(line), (Refusal{kInvalid, kNoId})) << line;
}

TEST(RpcRequest, RefusesAnotherProtocolVersionAndSaysForWhichRequest)
{
    EXPECT_EQ(refusalOf(R"({"id":3,"method":"a"})"), (Refusal{kInvalid, 3}));
    EXPECT_EQ(refusalOf(R"({"jsonrpc":"1.0","id":3,"method":"a"})"), (Refusal{kInvalid, 3}));
    EXPECT_EQ(refusalOf(R"({"jsonrpc":2.0,"id":3,"method":"a"})"), (Refusal{kInvalid, 3}));
}

TEST(RpcRequest, RefusesAMissingOrWrongMethodEvenWithoutId)
{
    EXPECT_EQ(refusalOf(R"({"jsonrpc":"2.0","id":"q"})"), (Refusal{kInvalid, u"q"_s}));
    EXPECT_EQ(refusalOf(R"({"jsonrpc":"2.0","method":1})"), (Refusal{kInvalid, kNoId}));
}

TEST(RpcAnswer, IsOneLine)
{
    EXPECT_EQ(resultLine(u"q"_s, QJsonObject{{u"text"_s, u"a\nb\u2028"_s}}),
              QByteArray("{\"id\":\"q\",\"jsonrpc\":\"2.0\",\"result\":{\"text\":\"a\\nb\u2028\"}}\n"));
    EXPECT_EQ(notificationLine(u"a.b"_s, {{u"x"_s, QJsonValue::Null}}),
              QByteArray("{\"jsonrpc\":\"2.0\",\"method\":\"a.b\",\"params\":{\"x\":null}}\n"));
}

TEST(RpcAnswer, CarriesAFailureOfOurOwnAsData)
{
    const Error error = errorOf(Failure{FailureCode::UnknownContact, u"c9"_s, {}});
    EXPECT_EQ(errorLine(1, error),
              QByteArray(R"({"error":{"code":-32000,"data":{"blame":"request","code":"UnknownContact","detail":"c9"},)"
                         R"("message":"There is no such contact: c9."},"id":1,"jsonrpc":"2.0"})"
                         "\n"));
}

TEST(RpcAnswer, CarriesNoDataForErrorsOfTheProtocol)
{
    const Error error{ErrorCode::UnknownMethod, u"No."_s, {}};
    EXPECT_EQ(errorLine(QJsonValue::Null, error),
              QByteArray(R"({"error":{"code":-32601,"message":"No."},"id":null,"jsonrpc":"2.0"})"
                         "\n"));
}

TEST(RpcAnswer, HasASentenceForEveryFailure)
{
    for (const FailureTraits &row : allFailureTraits()) {
        const QString bare = errorOf(Failure{row.code, {}, {}}).message;
        EXPECT_TRUE(bare.endsWith(u'.') && bare.size() > 10) << bare.toStdString();
        EXPECT_FALSE(bare.contains(u"..")) << bare.toStdString();
        EXPECT_TRUE(errorOf(Failure{row.code, u"why"_s, {}}).message.endsWith(u": why.")) << bare.toStdString();
    }
}

TEST(RpcAnswer, QuotesOnlyTheBeginningOfALongName)
{
    EXPECT_EQ(quoted(u"short"_s), u"\"short\""_s);
    EXPECT_EQ(quoted(QString(1000, u'x')), u'"' + QString(64, u'x') + u"…\""_s);
}

} // namespace

} // namespace planb::rpc
