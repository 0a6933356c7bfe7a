// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A second process for the tests of profiles:
//   hold FOLDER           locks the folder, says so, and keeps it until standard input ends
//   die FOLDER STEP       makes a profile up to a step and is then gone like a process that crashed
//   create FOLDER [KIND]  makes a profile on a core thread of its own and prints "KIND KEY"
//   open FOLDER           opens it likewise
// Failures are printed as describe() puts them.
#include "core/messenger/key_vault.h"
#include "core/messenger/keyring_system.h"

#include <QCoreApplication>
#include <QFile>
#include <QThread>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <memory>

namespace {

using namespace planb;
using namespace Qt::StringLiterals;

void say(const QString &line)
{
    std::puts(line.toUtf8().constData());
    std::fflush(stdout);
}

int hold(const QString &path)
{
    const auto folder = ProfileFolder::lock(path);
    say(folder ? u"locked"_s : describe(folder.error()));
    std::string line;
    std::getline(std::cin, line);
    return 0;
}

[[noreturn]] void die()
{
    std::raise(SIGKILL);
    std::abort();
}

int dieAfter(const QString &path, const QString &step)
{
    auto folder = ProfileFolder::makeAndLock(path);
    if (step == u"lock")
        die();
    const auto begun = folder->beginCreating();
    if (step == u"begin")
        die();
    [[maybe_unused]] const auto written = folder->writeKey(SecretBytes::random(kDatabaseKeyBytes).value());
    if (step == u"key")
        die();
    QFile history(folder->historyPath());
    history.open(QIODevice::WriteOnly);
    history.write("half a store");
    history.close();
    if (step == u"history")
        die();
    [[maybe_unused]] const auto finished = folder->finishCreating(*begun);
    die();
}

QString outcomeOf(const Result<ProfileKey> &key)
{
    if (!key)
        return describe(key.error());
    return nameOf(key->storage) + u' ' + QString::fromLatin1(QByteArrayView(key->key.view()).toByteArray().toHex());
}

// What the core thread of the product has: folder, keyring and vault live and die on it.
struct Core {
    explicit Core(const QString &path)
        : folder(ProfileFolder::makeAndLock(path).value()), vault(folder, keyring, PassphraseCost{1, 8192})
    {}
    ProfileFolder folder;
    SystemKeyring keyring;
    KeyVault vault;
};

int onCoreThread(const std::function<void(Core &)> &work, const QString &path)
{
    QThread thread;
    QObject context;
    context.moveToThread(&thread);
    std::unique_ptr<Core> core;
    QObject::connect(&thread, &QThread::started, &context, [&] {
        core = std::make_unique<Core>(path);
        work(*core);
    });
    QObject::connect(
        &thread, &QThread::finished, &context, [&] { core.reset(); }, Qt::DirectConnection);
    thread.start();
    const int code = QCoreApplication::exec();
    thread.quit();
    thread.wait();
    return code;
}

void finish(const QString &line)
{
    say(line);
    QCoreApplication::quit();
}

int create(const QString &path, std::optional<KeyStorage> storage)
{
    return onCoreThread(
        [storage](Core &core) {
            core.vault.create(storage, QString(), [&core](const Result<ProfileKey> &key) {
                if (key) {
                    QFile history(core.folder.historyPath());
                    history.open(QIODevice::WriteOnly);
                    history.close();
                    if (const auto done = core.vault.finishCreating(); !done)
                        return finish(describe(done.error()));
                }
                finish(outcomeOf(key));
            });
        },
        path);
}

int open(const QString &path)
{
    return onCoreThread(
        [](Core &core) { core.vault.open([](const Result<ProfileKey> &key) { finish(outcomeOf(key)); }); }, path);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString command = arguments.value(1);
    const QString folder = arguments.value(2);
    if (command == u"hold")
        return hold(folder);
    if (command == u"die")
        return dieAfter(folder, arguments.value(3));
    if (command == u"create")
        return create(folder, keyStorageFromName(arguments.value(3)));
    if (command == u"open")
        return open(folder);
    return 2;
}
