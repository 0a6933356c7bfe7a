// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database_file.h"
#include "tests/core/store/store_fixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class Opening : public StoreTest
{
protected:
    QStringList files() const
    {
        return QDir(QFileInfo(path()).absolutePath()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    // As this program's next version would leave it.
    void makeNewer()
    {
        const auto database = must(Database::open(path(), testKey(), Database::Mode::ReadWrite));
        must(database->execute("PRAGMA user_version = 1000"));
    }
};

TEST_F(Opening, FindsWhatWasStoredBefore)
{
    const Contact contact = bob();
    outgoing(contact, u"hello"_s);
    reopen();
    EXPECT_EQ(must(store().contacts().byId(contact.id)), contact);
    EXPECT_EQ(page(contact), QList<QString>{u"hello"_s});
}

TEST_F(Opening, NeverMakesAFile)
{
    EXPECT_EQ(codeOf(Store::open(path(u"absent.db"_s), testKey())), FailureCode::StoreUnavailable);
    EXPECT_FALSE(QFileInfo::exists(path(u"absent.db"_s)));
}

TEST_F(Opening, NeverTakesAnEmptyFileForANewStore)
{
    putContent(path(u"empty.db"_s), {});
    EXPECT_EQ(codeOf(Store::open(path(u"empty.db"_s), testKey())), FailureCode::StoreCorrupt);
    EXPECT_EQ(QFileInfo(path(u"empty.db"_s)).size(), 0);
}

TEST_F(Opening, NeverTakesADatabaseWithoutTablesForANewStore)
{
    const QString bare = path(u"bare.db"_s);
    {
        const auto database = must(Database::open(bare, testKey(), Database::Mode::ReadWrite, Database::Create::Yes));
        must(database->execute("CREATE TABLE other (id INTEGER PRIMARY KEY)"));
    }
    EXPECT_EQ(codeOf(Store::open(bare, testKey())), FailureCode::StoreCorrupt);
}

TEST_F(Opening, RefusesToMakeAStoreWhereThereIsOne)
{
    bob();
    EXPECT_EQ(codeOf(Store::create(path(), testKey())), FailureCode::ProfileExists);
    reopen();
    EXPECT_EQ(must(store().contacts().all()).size(), 1);
}

TEST_F(Opening, RefusesToMakeAStoreNextToTheLogOfALostOne)
{
    putContent(path(u"lost.db-wal"_s), QByteArrayLiteral("what is left"));
    EXPECT_EQ(codeOf(Store::create(path(u"lost.db"_s), testKey())), FailureCode::ProfileExists);
    EXPECT_EQ(contentOf(path(u"lost.db-wal"_s)), QByteArrayLiteral("what is left"));
}

TEST_F(Opening, MakesAStoreInSpiteOfTheRestOfAnInterruptedTry)
{
    putContent(path(u"second.db.new"_s), QByteArrayLiteral("half a database"));
    putContent(path(u"second.db.new-wal"_s), QByteArrayLiteral("half a log"));
    EXPECT_TRUE(Store::create(path(u"second.db"_s), testKey()));
    close();
    EXPECT_EQ(files(), (QStringList{u"history.db"_s, u"second.db"_s}));
}

TEST_F(Opening, LeavesOneFileWhenItIsClosedInGoodOrder)
{
    bob();
    close();
    EXPECT_EQ(files(), QStringList{u"history.db"_s});
}

TEST_F(Opening, FailsInAFolderThatIsNotThere)
{
    EXPECT_EQ(codeOf(Store::create(path(u"no/such/folder.db"_s), testKey())), FailureCode::StoreUnavailable);
}

TEST_F(Opening, FailsOnAFolder)
{
    EXPECT_EQ(codeOf(Store::open(QFileInfo(path()).absolutePath(), testKey())), FailureCode::StoreUnavailable);
}

#ifdef Q_OS_UNIX
TEST_F(Opening, KeepsEveryFileFromOtherUsers)
{
    bob();
    for (const QString &name : files()) {
        const auto all = QFile::permissions(path(name));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        EXPECT_FALSE(all & others) << name.toStdString();
    }
    EXPECT_EQ(files().size(), 3); // the database, its log and the log's index
}

TEST_F(Opening, KeepsAFileFromOtherUsersFromTheFirstMoment)
{
    must(makeEmptyFile(path(u"fresh.db"_s)));
    const auto mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    EXPECT_EQ(QFile::permissions(path(u"fresh.db"_s)), mine);
}

TEST_F(Opening, TakesAwayAccessThatOthersWereGiven)
{
    close();
    QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    reopen();
    EXPECT_FALSE(QFile::permissions(path()) & QFile::ReadOther);
}
#endif

TEST_F(Opening, RefusesAnotherKeyAndLeavesEveryByte)
{
    bob();
    close();
    const QByteArray before = contentOf(path());
    const auto opened = Store::open(path(), otherKey());
    ASSERT_EQ(codeOf(opened), FailureCode::StoreCorrupt);
    EXPECT_TRUE(opened.error().detail.contains(u"key does not fit"_s));
    EXPECT_EQ(contentOf(path()), before);
    EXPECT_EQ(files(), QStringList{u"history.db"_s});
}

TEST_F(Opening, RefusesAnotherKeyAfterACrashAndLeavesEveryByte)
{
    bob();
    const QString copy = path(u"copy.db"_s);
    copyAsAfterCrash(path(), copy);
    const QByteArray database = contentOf(copy);
    const QByteArray log = contentOf(copy + u"-wal"_s);
    ASSERT_FALSE(log.isEmpty());
    EXPECT_EQ(codeOf(Store::open(copy, otherKey())), FailureCode::StoreCorrupt);
    EXPECT_EQ(contentOf(copy), database);
    EXPECT_EQ(contentOf(copy + u"-wal"_s), log);
    EXPECT_EQ(must(must(Store::open(copy, testKey()))->contacts().all()).size(), 1);
}

TEST_F(Opening, RefusesAFileThatIsNoDatabase)
{
    const QByteArray text = QByteArrayLiteral("Dear diary, ").repeated(1000);
    putContent(path(u"diary.txt"_s), text);
    EXPECT_EQ(codeOf(Store::open(path(u"diary.txt"_s), testKey())), FailureCode::StoreCorrupt);
    EXPECT_EQ(contentOf(path(u"diary.txt"_s)), text);
}

TEST_F(Opening, RefusesANewerVersionAndLeavesEveryByte)
{
    close();
    makeNewer();
    const QByteArray before = contentOf(path());
    EXPECT_EQ(codeOf(Store::open(path(), testKey())), FailureCode::StoreTooNew);
    EXPECT_EQ(contentOf(path()), before);
}

TEST_F(Opening, RefusesANewerVersionAfterACrashAndLeavesEveryByte)
{
    close();
    makeNewer();
    const QString copy = path(u"copy.db"_s);
    {
        const auto database = must(Database::open(path(), testKey(), Database::Mode::ReadWrite));
        must(database->run("INSERT INTO settings (name, value) VALUES ('a', 'b')"));
        copyAsAfterCrash(path(), copy);
    }
    const QByteArray before = contentOf(copy);
    const QByteArray log = contentOf(copy + u"-wal"_s);
    EXPECT_EQ(codeOf(Store::open(copy, testKey())), FailureCode::StoreTooNew);
    EXPECT_EQ(contentOf(copy), before);
    EXPECT_EQ(contentOf(copy + u"-wal"_s), log);
}

TEST_F(Opening, OffersAViewThatReadsAndDoesNotWrite)
{
    const Contact contact = bob();
    const auto view = must(Store::openReadOnly(path(), testKey()));
    EXPECT_EQ(must(view->contacts().all()), QList<Contact>{contact});
    EXPECT_EQ(codeOf(view->contacts().rename(contact.id, u"Robert"_s)), FailureCode::StoreUnavailable);
    outgoing(contact, u"written meanwhile"_s);
    EXPECT_EQ(must(view->messages().page(contact.conversation, {}, 10)).size(), 1);
}

TEST_F(Opening, WritesNothingReadableToTheDisk)
{
    const QByteArray canary = QByteArrayLiteral("canary-3f9a1c");
    const Contact contact = added(QString::fromUtf8(canary), u"canary-3f9a1c@a.example"_s);
    incoming(draft(contact, u"canary-3f9a1c"_s, QString::fromUtf8(canary)));
    must(store().settings().set(u"canary-3f9a1c"_s, QString::fromUtf8(canary)));
    for (const QString &name : files())
        EXPECT_FALSE(contentOf(path(name)).contains(canary)) << name.toStdString();
    close();
    EXPECT_FALSE(contentOf(path()).contains(canary));
    EXPECT_FALSE(contentOf(path()).contains("SQLite format 3"));
    // The same search finds it where there is no encryption, so it can fail.
    EXPECT_TRUE(QByteArray("x" + canary).contains(canary));
}

} // namespace
} // namespace planb::store
