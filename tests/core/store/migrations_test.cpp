// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations.h"
#include "core/store/upgrade.h"
#include "tests/core/store/store_fixture.h"

#include <QDir>

#include <array>

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

Result<void> doubleAll(Database &database)
{
    return database.run("UPDATE notes SET n = n * 2");
}

Result<void> failHalfway(Database &database)
{
    if (const auto done = database.run("DELETE FROM notes"); !done)
        return done;
    return fail(FailureCode::InvalidArgument, u"on purpose"_s);
}

constexpr Migration kMake{1, "CREATE TABLE notes (n INTEGER NOT NULL) STRICT; INSERT INTO notes (n) VALUES (21)"};
constexpr std::array kOld{kMake};
constexpr std::array kNew{kMake, Migration{3, nullptr, &doubleAll}};
constexpr std::array kFailing{kMake, Migration{3, nullptr, &doubleAll}, Migration{4, nullptr, &failHalfway}};

constexpr bool isRising(std::initializer_list<int> versions)
{
    std::array<Migration, 3> steps{};
    std::size_t count = 0;
    for (const int version : versions)
        steps[count++] = {version, "SELECT 1"};
    return isInOrder(std::span(steps).first(count));
}

TEST(MigrationList, IsInOrderOnlyIfVersionsStartAboveZeroAndRise)
{
    EXPECT_TRUE(isRising({1, 2, 10}));
    EXPECT_FALSE(isRising({0, 1}));
    EXPECT_FALSE(isRising({1, 1}));
    EXPECT_FALSE(isRising({2, 1}));
}

TEST(MigrationList, HasStepsOfOneFormOnly)
{
    constexpr std::array neither{Migration{1}};
    constexpr std::array both{Migration{1, "SELECT 1", &doubleAll}};
    EXPECT_FALSE(isInOrder(neither));
    EXPECT_FALSE(isInOrder(both));
}

class Migrations : public ::testing::Test
{
protected:
    QString path() const { return m_folder.filePath(u"notes.db"_s); }

    std::unique_ptr<Database> open(Database::Create create = Database::Create::No)
    {
        return must(Database::open(path(), testKey(), Database::Mode::ReadWrite, create));
    }
    void makeOld() { must(migrate(*open(Database::Create::Yes), kOld)); }
    static int note(Database &database) { return must(database.query("SELECT n FROM notes").value<int>()); }
    QStringList files() const { return QDir(m_folder.path()).entryList(QDir::Files, QDir::Name); }

private:
    QTemporaryDir m_folder;
};

TEST_F(Migrations, RunEveryStepOnANewFile)
{
    const auto database = open(Database::Create::Yes);
    must(migrate(*database, kNew));
    EXPECT_EQ(must(database->userVersion()), 3);
    EXPECT_EQ(note(*database), 42);
}

TEST_F(Migrations, RunOnlyTheStepsTheFileHasNotSeen)
{
    makeOld();
    const auto database = open();
    must(migrate(*database, kNew));
    must(migrate(*database, kNew));
    EXPECT_EQ(note(*database), 42);
}

TEST_F(Migrations, LeaveNothingOfAStepThatFails)
{
    const auto database = open(Database::Create::Yes);
    EXPECT_EQ(codeOf(migrate(*database, kFailing)), FailureCode::InvalidArgument);
    EXPECT_EQ(must(database->userVersion()), 3);
    EXPECT_EQ(note(*database), 42);
}

TEST_F(Migrations, GiveEveryStoreTheNewestVersion)
{
    const auto database = open(Database::Create::Yes);
    must(migrate(*database, migrations()));
    EXPECT_EQ(must(database->userVersion()), newestVersion(migrations()));
    must(database->quickCheck());
}

TEST_F(Migrations, MakeOnlyStrictTables)
{
    const auto database = open(Database::Create::Yes);
    must(migrate(*database, migrations()));
    const auto lax = must(database
                              ->query("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 "
                                      "AND name NOT LIKE 'sqlite_%'")
                              .all([](Statement &s) { return s.get<QString>(0); }));
    EXPECT_EQ(lax, QList<QString>());
}

TEST_F(Migrations, UpgradeAFileInOneStep)
{
    makeOld();
    must(upgradeFile(path(), testKey(), kNew));
    const auto database = open();
    EXPECT_EQ(must(database->userVersion()), 3);
    EXPECT_EQ(note(*database), 42);
}

TEST_F(Migrations, LeaveEveryByteOfAFileThatCannotBeUpgraded)
{
    makeOld();
    const QByteArray before = contentOf(path());
    EXPECT_EQ(codeOf(upgradeFile(path(), testKey(), kFailing)), FailureCode::InvalidArgument);
    EXPECT_EQ(contentOf(path()), before);
    EXPECT_EQ(files(), QStringList{u"notes.db"_s});
}

TEST_F(Migrations, UpgradeInSpiteOfTheRestOfAnInterruptedTry)
{
    makeOld();
    putContent(path() + u".upgrade"_s, QByteArrayLiteral("half a copy"));
    putContent(path() + u".upgrade-wal"_s, QByteArrayLiteral("half a log"));
    must(upgradeFile(path(), testKey(), kNew));
    EXPECT_EQ(note(*open()), 42);
    EXPECT_EQ(files(), QStringList{u"notes.db"_s});
}

TEST_F(Migrations, RefuseToUpgradeAFileThatIsOpen)
{
    makeOld();
    const auto database = open();
    must(database->run("INSERT INTO notes (n) VALUES (1)"));
    EXPECT_EQ(codeOf(upgradeFile(path(), testKey(), kNew)), FailureCode::StoreUnavailable);
    EXPECT_EQ(must(database->userVersion()), 1);
}

} // namespace
} // namespace planb::store
