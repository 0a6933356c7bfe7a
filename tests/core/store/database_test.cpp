// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

#include <limits>

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class DatabaseTest : public ::testing::Test
{
protected:
    DatabaseTest() { must(database().execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT) STRICT")); }

    QString path() const { return m_folder.filePath(u"raw.db"_s); }
    Database &database() { return *m_database; }
    Result<void> insert(qint64 id) { return database().run("INSERT INTO t (id) VALUES (?1)", id); }
    qint64 count() { return must(database().query("SELECT COUNT(*) FROM t").value<qint64>()); }
    template<class T>
    T pragma(std::string_view sql)
    {
        return must(database().query(sql).value<T>());
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database = must(
        Database::open(path(), testKey(), Database::Mode::ReadWrite, Database::Create::Yes));
};

TEST_F(DatabaseTest, BringsBackEveryKindOfValue)
{
    const QString text = u"한글 \U0001F600 and a \0 zero"_s;
    must(database().run("INSERT INTO t (id, n, s) VALUES (?1, ?2, ?3)", ContactId(5),
                        std::numeric_limits<qint64>::min(), text));
    struct Row {
        ContactId id;
        qint64 n;
        QString s;
    };
    const auto row = must(database().query("SELECT id, n, s FROM t").first([](Statement &s) {
        return Row{s.get<ContactId>(0), s.get<qint64>(1), s.get<QString>(2)};
    }));
    ASSERT_TRUE(row);
    EXPECT_EQ(row->id, ContactId(5));
    EXPECT_EQ(row->n, std::numeric_limits<qint64>::min());
    EXPECT_EQ(row->s, text);
}

TEST_F(DatabaseTest, TellsAnEmptyTextFromNoText)
{
    must(database().run("INSERT INTO t (id, s) VALUES (1, ?1)", QString()));
    must(database().run("INSERT INTO t (id, s) VALUES (2, ?1)", std::optional<QString>()));
    const auto texts = must(database().query("SELECT s FROM t ORDER BY id").all([](Statement &s) {
        return s.get<std::optional<QString>>(0);
    }));
    EXPECT_EQ(texts, (QList<std::optional<QString>>{QString(u""_s), std::nullopt}));
}

TEST_F(DatabaseTest, ReportsAFailureToPrepareAtTheFirstStep)
{
    EXPECT_EQ(codeOf(database().run("INSERT INTO nowhere (id) VALUES (1)")), FailureCode::StoreUnavailable);
}

TEST_F(DatabaseTest, ReportsAFailureToBindAtTheFirstStep)
{
    EXPECT_EQ(codeOf(database().run("INSERT INTO t (id) VALUES (1)", 1)), FailureCode::InvalidArgument);
    EXPECT_EQ(count(), 0);
}

TEST_F(DatabaseTest, CallsABrokenConstraintAnInvalidArgument)
{
    must(insert(1));
    EXPECT_EQ(codeOf(insert(1)), FailureCode::InvalidArgument);
    EXPECT_FALSE(database().writesBlockedBy());
}

TEST_F(DatabaseTest, GivesTheSameStatementTwiceAtOnce)
{
    must(insert(1));
    must(insert(2));
    QList<QPair<qint64, qint64>> pairs;
    Statement outer = database().query("SELECT id FROM t ORDER BY id");
    while (must(outer.step())) {
        Statement inner = database().query("SELECT id FROM t ORDER BY id");
        while (must(inner.step()))
            pairs.append({outer.get<qint64>(0), inner.get<qint64>(0)});
    }
    EXPECT_EQ(pairs, (QList<QPair<qint64, qint64>>{{1, 1}, {1, 2}, {2, 1}, {2, 2}}));
}

TEST_F(DatabaseTest, ForgetsTheValuesOfAStatementItUsesAgain)
{
    must(database().run("INSERT INTO t (id, n) VALUES (?1, ?2)", 1, 10));
    // One value fewer: the second one must not be left over from before.
    must(database().run("INSERT INTO t (id, n) VALUES (?1, ?2)", 2));
    EXPECT_EQ(must(database().query("SELECT n FROM t WHERE id = 2").value<std::optional<qint64>>()), std::nullopt);
}

TEST_F(DatabaseTest, CallsAnUnknownNameCorruption)
{
    must(database().run("INSERT INTO t (id, s) VALUES (1, 'no such state')"));
    const auto state = database().query("SELECT s FROM t").first([](Statement &s) {
        return s.named(0, &messageStateFromName);
    });
    EXPECT_EQ(codeOf(state), FailureCode::StoreCorrupt);
}

TEST_F(DatabaseTest, TakesBackATransactionThatWasNotCommitted)
{
    {
        const auto transaction = Transaction::begin(database());
        ASSERT_TRUE(transaction);
        must(insert(1));
    }
    EXPECT_EQ(count(), 0);
    EXPECT_FALSE(database().isInTransaction());
}

TEST_F(DatabaseTest, KeepsATransactionThatWasCommitted)
{
    {
        auto transaction = must(Transaction::begin(database()));
        must(insert(1));
        must(transaction.commit());
    }
    EXPECT_EQ(count(), 1);
}

TEST_F(DatabaseTest, TakesBackOnlyTheInnerTransactionThatWasNotCommitted)
{
    auto outer = must(Transaction::begin(database()));
    must(insert(1));
    {
        const auto inner = must(Transaction::begin(database()));
        must(insert(2));
    }
    {
        auto inner = must(Transaction::begin(database()));
        must(insert(3));
        must(inner.commit());
    }
    must(outer.commit());
    const auto ids = must(
        database().query("SELECT id FROM t ORDER BY id").all([](Statement &s) { return s.get<int>(0); }));
    EXPECT_EQ(ids, (QList<int>{1, 3}));
}

TEST_F(DatabaseTest, TakesBackACommittedInnerTransactionWithTheOuterOne)
{
    {
        const auto outer = must(Transaction::begin(database()));
        auto inner = must(Transaction::begin(database()));
        must(insert(1));
        must(inner.commit());
    }
    EXPECT_EQ(count(), 0);
}

TEST_F(DatabaseTest, HasTheSettingsThatKeepAHistorySafe)
{
    EXPECT_EQ(pragma<QString>("PRAGMA journal_mode"), u"wal"_s);
    EXPECT_EQ(pragma<int>("PRAGMA synchronous"), 2);
    EXPECT_EQ(pragma<int>("PRAGMA wal_autocheckpoint"), 1000);
    EXPECT_EQ(pragma<int>("PRAGMA temp_store"), 2);
    EXPECT_EQ(pragma<int>("PRAGMA foreign_keys"), 1);
    EXPECT_EQ(pragma<int>("PRAGMA trusted_schema"), 0);
    EXPECT_EQ(pragma<int>("PRAGMA cell_size_check"), 1);
    EXPECT_EQ(pragma<int>("PRAGMA secure_delete"), 1);
    EXPECT_EQ(pragma<int>("PRAGMA fullfsync"), 1);
    EXPECT_EQ(pragma<int>("PRAGMA cache_size"), -32768);
    // Off, or not even compiled in.
    const auto mapped = must(database().query("PRAGMA mmap_size").first([](Statement &s) { return s.get<int>(0); }));
    EXPECT_EQ(mapped.value_or(0), 0);
}

TEST_F(DatabaseTest, KeepsSqlFromDamagingItsOwnSchema)
{
    EXPECT_FALSE(database().execute("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema"));
    EXPECT_EQ(count(), 0);
}

TEST_F(DatabaseTest, RefusesASecondWriterWhileOneIsWriting)
{
    const auto second = must(Database::open(path(), testKey(), Database::Mode::ReadWrite));
    const auto writing = must(Transaction::begin(database()));
    EXPECT_EQ(codeOf(Transaction::begin(*second)), FailureCode::StoreUnavailable);
    EXPECT_FALSE(second->writesBlockedBy()); // it may try again
}

TEST_F(DatabaseTest, ShowsAReaderWhatIsCommittedAndNothingElse)
{
    const auto reader = must(Database::open(path(), testKey(), Database::Mode::ReadOnly));
    const auto seen = [&reader] { return must(reader->query("SELECT COUNT(*) FROM t").value<qint64>()); };
    auto transaction = must(Transaction::begin(database()));
    must(insert(1));
    EXPECT_EQ(seen(), 0);
    must(transaction.commit());
    EXPECT_EQ(seen(), 1);
}

TEST_F(DatabaseTest, LetsAReaderWriteNothing)
{
    const auto reader = must(Database::open(path(), testKey(), Database::Mode::ReadOnly));
    EXPECT_EQ(codeOf(reader->run("INSERT INTO t (id) VALUES (1)")), FailureCode::StoreUnavailable);
    EXPECT_EQ(count(), 0);
}

TEST_F(DatabaseTest, RefusesAKeyOfAnotherLength)
{
    const auto opened = Database::open(path(), QByteArray(31, 'k'), Database::Mode::ReadOnly);
    EXPECT_EQ(codeOf(opened), FailureCode::InvalidArgument);
}

} // namespace
} // namespace planb::store
