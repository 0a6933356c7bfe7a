// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_scene.h"

#include "tests/testkit/child_process.h"
#include "tests/testkit/wait_until.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <gtest/gtest.h>

namespace planb::test {

using namespace Qt::StringLiterals;

namespace {

void later(std::function<void()> work)
{
    QMetaObject::invokeMethod(QCoreApplication::instance(), std::move(work), Qt::QueuedConnection);
}

Unexpected<Failure> unavailable()
{
    return fail(FailureCode::KeyringUnavailable, u"no keyring today"_s);
}

} // namespace

void FakeKeyring::store(const QString &profileId, const SecretBytes &key, Stored done)
{
    offered.append(plain(key));
    if (mood == Mood::Unavailable)
        return later([done] { done(unavailable()); });
    if (mood == Mood::Works)
        entries.insert(profileId, plain(key));
    else if (mood == Mood::Garbles)
        entries.insert(profileId, QByteArray(kDatabaseKeyBytes, 'x'));
    later([done] { done({}); });
}

void FakeKeyring::load(const QString &profileId, Loaded done)
{
    ++loads;
    if (mood == Mood::Unavailable)
        return later([done] { done(unavailable()); });
    if (!entries.contains(profileId))
        return later([done] { done(fail(FailureCode::KeyMissing)); });
    later([done, entry = entries.value(profileId)] { done(SecretBytes::copyOf(std::as_bytes(std::span(entry)))); });
}

Result<ProfileKey> answerOf(const std::function<void(KeyVault::Answer)> &call)
{
    int answers = 0;
    Result<ProfileKey> answer = fail(FailureCode::Cancelled, u"there was no answer"_s);
    call([&](Result<ProfileKey> result) {
        ++answers;
        answer = std::move(result);
    });
    EXPECT_TRUE(waitUntil([&] { return answers > 0; }));
    EXPECT_EQ(answers, 1);
    return answer;
}

Result<ProfileKey> create(KeyVault &vault, std::optional<KeyStorage> storage, const QString &passphrase)
{
    return answerOf([&](const KeyVault::Answer &done) { vault.create(storage, passphrase, done); });
}

Result<ProfileKey> open(KeyVault &vault)
{
    return answerOf([&](const KeyVault::Answer &done) { vault.open(done); });
}

Result<ProfileKey> unlock(KeyVault &vault, const QString &passphrase)
{
    return answerOf([&](const KeyVault::Answer &done) { vault.unlock(passphrase, done); });
}

void makeHistory(const ProfileFolder &folder, const QByteArray &content)
{
    writeContent(folder.historyPath(), content);
}

QByteArray makeProfile(const QString &path, Keyring &keyring, std::optional<KeyStorage> storage,
                       const QString &passphrase)
{
    Start start(path, keyring);
    const auto key = create(start.vault, storage, passphrase);
    EXPECT_TRUE(key) << describe(key.error()).toStdString();
    makeHistory(start.folder);
    EXPECT_TRUE(start.vault.finishCreating());
    return key ? plain(key->key) : QByteArray();
}

QByteArray plain(const SecretBytes &key)
{
    return QByteArrayView(key.view()).toByteArray();
}

FailureCode codeOf(const Result<ProfileKey> &result)
{
    EXPECT_FALSE(result.has_value());
    return result ? FailureCode::Cancelled : result.error().code;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return file.readAll();
}

void writeContent(const QString &path, const QByteArray &content)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::WriteOnly)) << path.toStdString();
    EXPECT_EQ(file.write(content), content.size());
}

QMap<QString, QByteArray> snapshot(const QString &path)
{
    QMap<QString, QByteArray> files;
    for (const QString &name : QDir(path).entryList(QDir::Files | QDir::Hidden)) {
        if (name != u"lock")
            files.insert(name, contentOf(path + u'/' + name));
    }
    return files;
}

Tool::~Tool()
{
    kill();
    waitForFinished();
}

std::unique_ptr<Tool> startTool(const QStringList &arguments)
{
    auto tool = std::make_unique<Tool>();
    endWithParent(*tool);
    tool->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    tool->start(QStringLiteral(PLANB_PROFILE_TOOL), arguments);
    EXPECT_TRUE(waitUntil([&] { return tool->state() != QProcess::Starting; }));
    return tool;
}

QString lineOf(QProcess &tool)
{
    EXPECT_TRUE(waitUntil([&] { return tool.canReadLine() || tool.state() == QProcess::NotRunning; }));
    return QString::fromUtf8(tool.readLine()).trimmed();
}

} // namespace planb::test
