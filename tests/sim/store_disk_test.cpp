// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store.h"
#include "tests/sim/crash_vfs.h"
#include "tests/sim/store_template.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace planb::sim::test {

namespace {

using namespace Qt::StringLiterals;

/// The real store on a disk that fails when it is told to.
class StoreOnABadDisk : public testing::Test
{
protected:
    StoreOnABadDisk()
    {
        m_disk.replace(storeFiles(m_fresh, m_path));
        m_vfs.mount(m_path, m_disk);
    }

    void open()
    {
        m_life = std::make_shared<Lifeline>();
        m_disk.setLifeline(m_life);
        // The store looks for its files before SQLite opens them.
        for (const std::string &name : {m_path, m_path + "-wal"}) {
            QFile marker(QString::fromStdString(name));
            if (m_disk.sizeOf(name) == 0)
                marker.remove();
            else
                ASSERT_TRUE(marker.open(QIODevice::WriteOnly) && marker.write("x") == 1);
        }
        auto opened = store::Store::open(QString::fromStdString(m_path), kStoreKey);
        ASSERT_TRUE(opened) << describe(opened.error()).toStdString();
        m_store = *std::move(opened);
    }
    void dieAtOnce()
    {
        m_life->end();
        m_store.reset();
        m_vfs.forgetLocks(m_path);
    }
    bool write(const QString &value) { return m_store->settings().set(u"value"_s, value).has_value(); }
    QString read()
    {
        const auto value = m_store->settings().get(u"value"_s);
        return value ? value->value_or(u"nothing"_s) : describe(value.error());
    }

    Disk &disk() { return m_disk; }

private:
    QTemporaryDir m_folder;
    std::vector<unsigned char> m_fresh = freshStoreBytes(m_folder.path());
    std::string m_path = m_folder.filePath(u"history.db"_s).toStdString();
    CrashVfs m_vfs;
    Disk m_disk{512};
    std::shared_ptr<Lifeline> m_life;
    std::unique_ptr<store::Store> m_store;
};

} // namespace

TEST_F(StoreOnABadDisk, NeverTakesBackWhatItShowedAfterASyncHadFailed)
{
    open();
    ASSERT_TRUE(write(u"old"_s));
    disk().setTrouble(Disk::Trouble::SyncFails);
    ASSERT_FALSE(write(u"new"_s));
    dieAtOnce();

    disk().setTrouble(Disk::Trouble::None);
    open();
    const QString shown = read();
    EXPECT_EQ(shown, u"new"_s); // it is in the system's cache
    dieAtOnce();

    const Disk::Files files = disk().files();
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        disk().replace(files);
        Dice dice(seed, 0);
        disk().cutPower(dice);
        open();
        EXPECT_EQ(read(), shown) << "power cut " << seed;
        dieAtOnce();
    }
}

} // namespace planb::sim::test
