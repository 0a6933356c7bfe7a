// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class Crash : public StoreTest
{
protected:
    QString copy() const { return path(u"copy.db"_s); }

    // More than fits into the cache's first pages, and all of it in the main file.
    Contact longHistory()
    {
        const Contact contact = bob();
        auto transaction = must(store().begin());
        for (int i = 0; i < 2000; ++i)
            outgoing(contact, u"message %1"_s.arg(i));
        must(transaction.commit());
        reopen();
        return contact;
    }

    // One bit of one page in the middle.
    static void damage(const QString &path)
    {
        QByteArray content = contentOf(path);
        char &byte = content[content.size() / 2];
        byte = static_cast<char>(byte ^ 0x10);
        putContent(path, content);
    }
};

TEST_F(Crash, LosesNothingThatWasCommitted)
{
    const Contact contact = bob();
    for (int i = 0; i < 20; ++i)
        outgoing(contact, QString::number(i));
    copyAsAfterCrash(path(), copy());
    const auto found = must(Store::open(copy(), testKey()));
    EXPECT_EQ(must(found->messages().page(contact.conversation, {}, 100)).size(), 20);
}

// A log that a killed process left may be in the system's cache only, and nothing would sync it before the next change.
TEST_F(Crash, IsFollowedByBringingToTheDiskWhatTheLogHolds)
{
    outgoing(bob(), u"perhaps not synced"_s);
    copyAsAfterCrash(path(), copy());
    ASSERT_FALSE(contentOf(copy() + u"-wal"_s).isEmpty());
    const auto found = must(Store::open(copy(), testKey()));
    EXPECT_TRUE(contentOf(copy() + u"-wal"_s).isEmpty());
}

TEST_F(Crash, LeavesNothingOfWhatWasNotCommitted)
{
    const Contact contact = bob();
    outgoing(contact, u"whole"_s);
    const auto transaction = must(store().begin());
    outgoing(contact, u"half"_s);
    copyAsAfterCrash(path(), copy());
    const auto found = must(Store::open(copy(), testKey()));
    EXPECT_EQ(textsOf(must(found->messages().page(contact.conversation, {}, 100))), QList<QString>{u"whole"_s});
}

TEST_F(Crash, IsFollowedByACheckThatFindsDamageAndLeavesEveryByte)
{
    const Contact contact = longHistory();
    outgoing(contact, u"one more, in the log"_s);
    copyAsAfterCrash(path(), copy());
    damage(copy());
    const QByteArray database = contentOf(copy());
    const QByteArray log = contentOf(copy() + u"-wal"_s);
    EXPECT_EQ(codeOf(Store::open(copy(), testKey())), FailureCode::StoreCorrupt);
    EXPECT_EQ(contentOf(copy()), database);
    EXPECT_EQ(contentOf(copy() + u"-wal"_s), log);
}

TEST_F(Crash, IsFollowedByACheckThatPassesAWholeFile)
{
    const Contact contact = longHistory();
    outgoing(contact, u"one more, in the log"_s);
    copyAsAfterCrash(path(), copy());
    EXPECT_TRUE(Store::open(copy(), testKey()));
}

TEST_F(Crash, DamageFoundWhileReadingStopsAllWriting)
{
    const Contact contact = longHistory();
    close();
    damage(path());
    reopen(); // closed in good order, so nothing is checked
    std::optional<MessageId> before;
    Result<QList<Message>> page = QList<Message>();
    do {
        page = store().messages().page(contact.conversation, before, 100);
        if (page && !page->isEmpty())
            before = page->first().id;
    } while (page && !page->isEmpty());
    ASSERT_EQ(codeOf(page), FailureCode::StoreCorrupt);
    ASSERT_TRUE(store().writesBlockedBy());
    EXPECT_EQ(codeOf(store().begin()), FailureCode::StoreCorrupt);
    EXPECT_EQ(codeOf(store().settings().set(u"a"_s, u"b"_s)), FailureCode::StoreCorrupt);
}

#ifdef Q_OS_UNIX

// A process that stores one message after the other and tells each id once it is stored.
class Writer
{
public:
    Writer(const QString &path, const Contact &contact)
    {
        EXPECT_EQ(::pipe(m_pipe), 0);
        m_pid = ::fork();
        if (m_pid != 0)
            return;
        auto store = Store::open(path, testKey());
        for (qint64 i = 0; store; ++i) {
            const auto message = (*store)->messages().addOutgoing(
                {contact.conversation, contact.id, wire(QString::number(i)), u"text"_s, at(i), {}});
            const qint64 id = message ? message->id.value() : 0;
            if (::write(m_pipe[1], &id, sizeof id) != sizeof id)
                break;
        }
        ::_exit(1);
    }
    ~Writer()
    {
        ::close(m_pipe[0]);
        ::close(m_pipe[1]);
    }

    MessageId next() const
    {
        qint64 id = 0;
        EXPECT_EQ(::read(m_pipe[0], &id, sizeof id), ssize_t(sizeof id));
        return MessageId(id);
    }
    void kill() const
    {
        ::kill(m_pid, SIGKILL);
        int status = 0;
        EXPECT_EQ(::waitpid(m_pid, &status, 0), m_pid);
        EXPECT_TRUE(WIFSIGNALED(status));
    }

private:
    int m_pipe[2] = {};
    pid_t m_pid = 0;
};

TEST_F(Crash, OfAKilledProcessLosesNoMessageItHadTold)
{
    const Contact contact = bob();
    close();
    QList<MessageId> told;
    for (int round = 0; round < 5; ++round) {
        const Writer writer(path(), contact);
        for (int i = 0; i < 20 + round; ++i)
            told.append(writer.next());
        writer.kill();
    }
    reopen();
    for (const MessageId id : told)
        EXPECT_TRUE(store().messages().byId(id)) << id.value();
}

#endif

} // namespace
} // namespace planb::store
