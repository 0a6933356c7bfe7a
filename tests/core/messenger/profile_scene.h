// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/key_vault.h"
#include "tests/testkit/temporary_profile.h"

#include <QMap>
#include <QProcess>

#include <memory>

namespace planb::test {

/// A keyring in memory that can go wrong. Answers from the event loop, as a real one does.
class FakeKeyring final : public Keyring
{
public:
    enum class Mood {
        Works,
        Unavailable, ///< refuses everything
        Forgets, ///< says that it stored, and has not
        Garbles, ///< gives back something else
    };
    Mood mood = Mood::Works;
    QMap<QString, QByteArray> entries;
    QList<QByteArray> offered; ///< every key it was ever shown
    int loads = 0; ///< how often it was asked for one

    void store(const QString &profileId, const SecretBytes &key, Stored done) override;
    void load(const QString &profileId, Loaded done) override;
};

/// The least that Argon2id allows.
inline constexpr PassphraseCost kCheapCost{1, 8192};

/// One start of the product on a profile folder: what dies with the process.
struct Start {
    Start(const QString &path, Keyring &keyring)
        : folder(ProfileFolder::makeAndLock(path).value()), vault(folder, keyring, kCheapCost)
    {}
    ProfileFolder folder;
    KeyVault vault;
};

/// Waits for the one answer of a call of the vault: `answerOf([&](auto done) { vault.open(done); })`.
Result<ProfileKey> answerOf(const std::function<void(KeyVault::Answer)> &call);

Result<ProfileKey> create(KeyVault &vault, std::optional<KeyStorage> storage, const QString &passphrase = {});
Result<ProfileKey> open(KeyVault &vault);
Result<ProfileKey> unlock(KeyVault &vault, const QString &passphrase);

/// Stands for the store: an empty history.db.
void makeHistory(const ProfileFolder &folder, const QByteArray &content = {});

/// A whole profile, made and closed; returns its key.
QByteArray makeProfile(const QString &path, Keyring &keyring, std::optional<KeyStorage> storage,
                       const QString &passphrase = {});

QByteArray plain(const SecretBytes &key);
FailureCode codeOf(const Result<ProfileKey> &result);

QByteArray contentOf(const QString &path);
void writeContent(const QString &path, const QByteArray &content);
/// Every file in the folder but the lock, with its content.
QMap<QString, QByteArray> snapshot(const QString &path);

/// A second process: profile_tool.cpp says what it can do. Killed, if it still runs, with the object.
class Tool : public QProcess
{
public:
    ~Tool() override;
};
std::unique_ptr<Tool> startTool(const QStringList &arguments);
QString lineOf(QProcess &tool); ///< the next line, waited for

} // namespace planb::test
