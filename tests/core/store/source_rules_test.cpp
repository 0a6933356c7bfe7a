// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QString>

#include <gtest/gtest.h>

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

// Names of the production files with one of these endings that contain `text`, one per occurrence.
QStringList occurrences(const QByteArray &text, const QStringList &endings)
{
    QStringList found;
    for (const QString &folder : {u"core"_s, u"transports"_s, u"ui"_s, u"app"_s}) {
        QDirIterator files(QStringLiteral(PLANB_SOURCE_DIR "/") + folder, endings, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            EXPECT_TRUE(file.open(QIODevice::ReadOnly));
            for (qsizetype i = file.readAll().count(text); i > 0; --i)
                found.append(files.fileName());
        }
    }
    return found;
}

const QStringList kAllSources{u"*.cpp"_s, u"*.h"_s};

// A second read-write connection anywhere would be a second checkpointer: see the WAL-reset bug of SQLite before 3.51.3.
TEST(StoreSources, OpenDatabasesInOnePlace)
{
    EXPECT_EQ(occurrences("sqlite3_open", kAllSources), QStringList{u"database.cpp"_s});
    EXPECT_EQ(occurrences("SQLITE_OPEN_READWRITE", kAllSources), QStringList{u"database.cpp"_s});
    EXPECT_EQ(occurrences("QSqlDatabase", kAllSources), QStringList());
}

TEST(StoreSources, NeverLetSqlite3HeaderIntoAHeader)
{
    EXPECT_EQ(occurrences("#include <sqlite3.h>", {u"*.h"_s}), QStringList());
    EXPECT_FALSE(occurrences("#include <sqlite3.h>", {u"*.cpp"_s}).isEmpty());
}

} // namespace
} // namespace planb::store
