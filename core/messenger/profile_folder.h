// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/secret_bytes.h"
#include "core/messenger/profile_description.h"

#include <QLockFile>
#include <QString>

#include <memory>

namespace planb {

/// The folder of one profile, held against every other process and every other object while this one lives:
///
/// | file         | what                                                                                  |
/// |--------------|---------------------------------------------------------------------------------------|
/// | lock         | who holds the folder; a holder that died is noticed by the system's own lock on it     |
/// | profile.json | ProfileDescription                                                                     |
/// | key          | the database's key, 32 bytes, mode 0600; only with KeyStorage::File                    |
/// | history.db   | the store's; never opened here                                                         |
///
/// A profile is made in this order: beginCreating() writes profile.json in state Creating, the key is put away,
/// the store makes history.db, finishCreating() turns the state to Ready. A crash anywhere before the last step
/// leaves no profile, and the next beginCreating() clears what is left; only files beside a description in state
/// Creating are ever removed, and that description is only written where there was no profile.
///
/// Used from one thread at a time. Never makes a key, never opens the keyring.
class ProfileFolder
{
public:
    /// Fails with ProfileMissing (nothing is made then), ProfileInUse (the detail names the other process), or
    /// StoreUnavailable when the folder cannot be written.
    static Result<ProfileFolder> lock(const QString &path);
    /// The same, but makes the folder, with mode 0700, where there is none.
    static Result<ProfileFolder> makeAndLock(const QString &path);

    const QString &path() const { return m_path; }
    QString historyPath() const;

    /// The finished profile in the folder. Fails with ProfileMissing where there is none or one whose making was
    /// interrupted, with ProfileDamaged when parts of one are missing or unreadable, with StoreTooNew when a later
    /// version wrote it. Changes nothing.
    Result<ProfileDescription> read() const;

    /// Prepares the folder for a new profile and returns its id, in state Creating. Fails with ProfileExists, and with
    /// ProfileDamaged where parts of a profile are left.
    Result<ProfileDescription> beginCreating();
    Result<void> writeKey(const SecretBytes &key);
    /// The last step, when history.db is there. The profile exists when this returns.
    Result<void> finishCreating(ProfileDescription description);
    /// Undoes beginCreating() and what followed. Does nothing to a finished profile.
    Result<void> abandonCreating();

    /// Fails with KeyMissing when the key's file is gone or is no key.
    Result<SecretBytes> readKey() const;

private:
    ProfileFolder(QString path, std::unique_ptr<QLockFile> lock);
    QString filePath(const QString &name) const;
    bool hasHistory() const;
    Result<ProfileDescription> readDescription() const;
    Result<void> writeDescription(const ProfileDescription &description);
    Result<void> removeUnfinished();

    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace planb
