// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class DiskTrouble : public StoreTest
{
protected:
    MessageRepository::OutgoingDraft longText(const Contact &contact, int number) const
    {
        return {contact.conversation, contact.id, wire(QString::number(number)), QString(20'000, u'x'), at(number), {}};
    }

    // Writes until it fails; the number that succeeded and the failure.
    static std::pair<int, Failure> fill(MessageRepository &messages,
                                        const std::function<MessageRepository::OutgoingDraft(int)> &draft)
    {
        for (int i = 0; i < 1000; ++i) {
            if (const auto stored = messages.addOutgoing(draft(i)); !stored)
                return {i, stored.error()};
        }
        return {1000, {FailureCode::Cancelled, {}, {}}};
    }
};

TEST_F(DiskTrouble, AFullDiskLosesNothingAndHealsWhenThereIsRoom)
{
    const Contact contact = bob();
    close();
    auto database = must(Database::open(path(), testKey(), Database::Mode::ReadWrite));
    Database &raw = *database;
    const int pages = must(raw.query("PRAGMA page_count").value<int>());
    must(raw.execute(QByteArray("PRAGMA max_page_count = " + QByteArray::number(pages + 40)).constData()));
    Store full(std::move(database));

    const auto [stored, failure] = fill(full.messages(), [&](int i) { return longText(contact, i); });
    EXPECT_EQ(failure.code, FailureCode::DiskFull);
    EXPECT_GT(stored, 0);
    EXPECT_FALSE(full.writesBlockedBy());
    EXPECT_EQ(must(full.messages().page(contact.conversation, {}, 500)).size(), stored);

    must(raw.execute("PRAGMA max_page_count = 1000000"));
    EXPECT_TRUE(full.messages().addOutgoing(longText(contact, 5000)));
    EXPECT_EQ(must(full.messages().page(contact.conversation, {}, 500)).size(), stored + 1);
}

#ifdef Q_OS_UNIX

// No file may grow beyond `bytes`: writing fails with an I/O error.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(qint64 bytes) : m_oldHandler(std::signal(SIGXFSZ, SIG_IGN))
    {
        EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &m_old), 0);
        const rlimit limit{static_cast<rlim_t>(bytes), m_old.rlim_max};
        EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    }
    ~FileSizeLimit()
    {
        EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &m_old), 0);
        std::signal(SIGXFSZ, m_oldHandler);
    }

private:
    void (*m_oldHandler)(int);
    rlimit m_old{};
};

TEST_F(DiskTrouble, AnInputOutputErrorStopsAllWritingUntilTheStoreIsOpenedAgain)
{
    const Contact contact = bob();
    std::pair<int, Failure> filled;
    {
        const FileSizeLimit limit(QFileInfo(path() + u"-wal"_s).size() + 200'000);
        filled = fill(store().messages(), [&](int i) { return longText(contact, i); });
    }
    EXPECT_EQ(filled.second.code, FailureCode::StoreUnavailable);
    EXPECT_GT(filled.first, 0);
    // The disk is well again, but what the failed write left behind is unknown.
    ASSERT_TRUE(store().writesBlockedBy());
    EXPECT_EQ(codeOf(store().messages().addOutgoing(longText(contact, 5000))), FailureCode::StoreUnavailable);

    reopen();
    EXPECT_EQ(must(store().messages().page(contact.conversation, {}, 500)).size(), filled.first);
    EXPECT_TRUE(store().messages().addOutgoing(longText(contact, 5001)));
}

// Runs `work` in a process of an ordinary user, who is bound by permissions even where the tests run as root.
int inOrdinaryProcess(const std::function<int()> &work)
{
    const pid_t pid = ::fork();
    if (pid == 0) {
        constexpr uid_t nobody = 65534;
        ::_exit(::geteuid() == 0 && ::setuid(nobody) != 0 ? 99 : work());
    }
    int status = 0;
    EXPECT_EQ(::waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Gives the folder and all in it to that user, with these permissions for the folder.
void handOver(const QString &folder, const QStringList &files, mode_t mode)
{
    constexpr uid_t nobody = 65534;
    if (::geteuid() == 0) {
        for (const QString &file : files)
            EXPECT_EQ(::chown(QFile::encodeName(file).constData(), nobody, nobody), 0);
        EXPECT_EQ(::chown(QFile::encodeName(folder).constData(), nobody, nobody), 0);
    }
    EXPECT_EQ(::chmod(QFile::encodeName(folder).constData(), mode), 0);
}

TEST_F(DiskTrouble, AFolderWithoutPermissionToWriteIsReported)
{
    bob();
    close();
    const QByteArray before = contentOf(path());
    const QString folder = QFileInfo(path()).absolutePath();
    handOver(folder, {path()}, 0500);
    const int code = inOrdinaryProcess([this] {
        auto opened = Store::open(path(), testKey());
        // Where opening succeeds, the first write has to tell.
        const auto written = opened ? (*opened)->settings().set(u"a"_s, u"b"_s) : Result<void>(fail(opened.error()));
        const auto made = Store::create(path(u"new.db"_s), testKey());
        return codeOf(written) == FailureCode::StoreUnavailable && codeOf(made) == FailureCode::StoreUnavailable ? 0
                                                                                                                 : 1;
    });
    handOver(folder, {path()}, 0700);
    EXPECT_EQ(code, 0);
    EXPECT_EQ(contentOf(path()), before);
}

TEST_F(DiskTrouble, AnOrdinaryFolderIsNoTrouble)
{
    bob();
    close();
    const QString folder = QFileInfo(path()).absolutePath();
    handOver(folder, {path()}, 0700);
    const int code = inOrdinaryProcess([this] {
        const auto opened = Store::open(path(), testKey());
        return opened && (*opened)->settings().set(u"a"_s, u"b"_s) ? 0 : 1;
    });
    EXPECT_EQ(code, 0);
}

#endif

} // namespace
} // namespace planb::store
