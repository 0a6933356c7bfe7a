// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/document_tables.h"

#include <QFile>
#include <QRegularExpression>

#include <gtest/gtest.h>

namespace planb::delivery::test {

namespace {

using namespace Qt::StringLiterals;

QString contentOf(const QString &path)
{
    QFile file(QStringLiteral(PLANB_SOURCE_DIR "/") + path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return QString::fromUtf8(file.readAll());
}

QString begin(const QString &name)
{
    return u"<!-- table: %1 -->\n"_s.arg(name);
}

const QString kEnd = u"<!-- end -->\n"_s;

QString tableIn(const QString &document, const QString &name)
{
    return document.section(begin(name), 1, 1).section(kEnd, 0, 0);
}

} // namespace

// docs/delivery.md says what the code does. Where one of these fails, either the code does what nobody meant, or the
// printed table belongs into the document.
TEST(DeliveryDocument, SaysWhatTheCodeDoes)
{
    const QString document = contentOf(u"docs/delivery.md"_s);
    for (const DocumentTable &table : documentTables()) {
        EXPECT_TRUE(tableIn(document, table.name) == table.markdown)
            << "docs/delivery.md has to hold:\n\n"
            << (begin(table.name) + table.markdown + kEnd).toStdString();
    }
}

TEST(DeliveryDocument, HasNoTableThatNobodyChecks)
{
    QStringList checked;
    for (const DocumentTable &table : documentTables())
        checked.append(table.name);
    static const QRegularExpression mark(u"<!-- table: (\\w+) -->"_s);
    for (auto found = mark.globalMatch(contentOf(u"docs/delivery.md"_s)); found.hasNext();)
        EXPECT_TRUE(checked.contains(found.next().captured(1)));
}

TEST(DeliveryDocument, ListsEveryConstant)
{
    static const QRegularExpression definition(u"inline constexpr [\\w:]+ (k\\w+)"_s);
    QStringList defined;
    for (auto found = definition.globalMatch(contentOf(u"core/delivery/constants.h"_s)); found.hasNext();)
        defined.append(found.next().captured(1));
    EXPECT_FALSE(defined.isEmpty());
    EXPECT_EQ(defined, documentedConstants()) << "the same names in the same order";
}

} // namespace planb::delivery::test
