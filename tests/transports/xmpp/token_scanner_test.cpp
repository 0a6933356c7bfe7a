// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/token_scanner.h"

#include <gtest/gtest.h>

#include <QByteArray>

#include <vector>

namespace planb::test {

namespace {

using xmpp::TokenScanner;
using Kind = TokenScanner::Kind;

struct Token {
    Kind kind;
    QByteArray text;

    bool operator==(const Token &) const = default;
};

void PrintTo(const Token &token, std::ostream *out)
{
    *out << static_cast<int>(token.kind) << ' ' << token.text.constData();
}

struct Scan {
    std::vector<Token> tokens; // complete ones
    bool isForbidden = false;
};

Scan scan(const QByteArray &xml, qsizetype piece)
{
    TokenScanner scanner;
    Scan found;
    QByteArray text;
    for (qsizetype begin = 0; begin < xml.size(); begin += piece) {
        const QByteArray bytes = xml.mid(begin, piece);
        for (qsizetype at = 0; at < bytes.size();) {
            const auto stretch = scanner.next(QByteArrayView(bytes).sliced(at));
            if (!stretch) {
                found.isForbidden = true;
                return found;
            }
            text += bytes.sliced(at, stretch->size);
            at += stretch->size;
            if (stretch->isEnd)
                found.tokens.push_back({scanner.kind(), std::exchange(text, {})});
        }
    }
    return found;
}

} // namespace

TEST(TokenScanner, FindsTheSameTokensWhateverThePiecesBytesComeIn)
{
    const std::vector<Token> expected{
        {Kind::StartTag, "<a b='x>/' c=\"'/>\">"},
        {Kind::Text, "one > two]]"},
        {Kind::EmptyTag, "<d />"},
        {Kind::EmptyTag, "<e f='/'/>"},
        {Kind::StartTag, "<g h='/'>"},
        {Kind::CData, "<![CDATA[</g> <h/> ] ]> ]]]>"},
        {Kind::EndTag, "</g>"},
        {Kind::CData, "<![CDATA[]]>"},
        {Kind::StartTag, "<i/ >"}, // for a parser to refuse
        {Kind::EndTag, "</a/>"},
    };
    QByteArray xml;
    for (const Token &token : expected)
        xml += token.text;
    for (const qsizetype piece : {1, 2, 3, 5, 1'000})
        EXPECT_EQ(scan(xml, piece).tokens, expected) << piece;
}

TEST(TokenScanner, CountsTheAttributesOfEachTag)
{
    TokenScanner scanner;
    for (const auto &[tag, count] : std::vector<std::pair<const char *, int>>{
             {"<a b='c' xmlns='d=\"e\"' f=\"g\">", 3}, {"<h/>", 0}, {"<i j=''/>", 1}, {"</a>", 0}}) {
        ASSERT_TRUE(scanner.next(tag));
        EXPECT_EQ(scanner.attributes(), count) << tag;
    }
}

TEST(TokenScanner, WaitsForTheEndOfAToken)
{
    for (const char *half :
         {"<", "<a", "<a b='>", "<a b='/>' ", "</a", "text", "<!", "<![CDA", "<![CDATA[>", "<![CDATA[]>"}) {
        const Scan found = scan(half, 1'000);
        EXPECT_TRUE(found.tokens.empty()) << half;
        EXPECT_FALSE(found.isForbidden) << half;
    }
}

TEST(TokenScanner, RefusesWhatAStreamMustNotHold)
{
    for (const char *bad : {"<!--", "<!DOCTYPE", "<?php", "<![CDATA{", "<![cdata["}) {
        for (const qsizetype piece : {1, 1'000})
            EXPECT_TRUE(scan(QByteArray("<a>") + bad, piece).isForbidden) << bad;
    }
}

} // namespace planb::test
