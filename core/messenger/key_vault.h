// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/key_wrap.h"
#include "core/messenger/keyring.h"
#include "core/messenger/profile_folder.h"

#include <QObject>

#include <functional>
#include <optional>

namespace planb {

/// The key of a profile's database and where it is kept.
struct ProfileKey {
    SecretBytes key;
    KeyStorage storage = KeyStorage::File;
};

/// Makes the key of a profile's database and finds it again, wherever it is kept. A key that is gone is reported,
/// never replaced.
///
/// Lives on the core thread, which it does not hold up: Argon2id runs on the global thread pool, the keyring answers
/// later. One question at a time. Every answer comes once, on this object's thread, possibly before the call
/// returns; none comes after this object is destroyed. Folder and keyring must outlive it.
class KeyVault : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<void(Result<ProfileKey>)>;

    KeyVault(ProfileFolder &folder, Keyring &keyring, PassphraseCost cost = {}, QObject *parent = nullptr);

    /// Begins a profile in the folder: makes its key and puts it away. The caller then makes the store with it and
    /// calls finishCreating(), or abandonCreating() if that fails.
    ///
    /// With a passphrase the key is wrapped by it. Without, `storage` says where it goes; absent, it goes into the
    /// keyring if that gives back what it was given, else into a file. Fails with ProfileExists, ProfileDamaged,
    /// InvalidArgument (storage and passphrase do not fit together), KeyringUnavailable (only if the keyring was
    /// asked for), DiskFull, StoreUnavailable; the folder is as before then.
    void create(std::optional<KeyStorage> storage, const QString &passphrase, const Answer &done);
    Result<void> finishCreating();
    Result<void> abandonCreating();

    /// Fails with ProfileMissing, ProfileDamaged, StoreTooNew, ProfileLocked (unlock() must follow), KeyMissing,
    /// KeyringUnavailable. Nothing is changed by it.
    void open(const Answer &done);
    /// Fails like open(), with WrongPassphrase, and with InvalidArgument where no passphrase protects the profile.
    void unlock(const QString &passphrase, const Answer &done);

private:
    void createInKeyring(bool mayFallBack, const Answer &done);
    void createInFile(const Answer &done);
    void createWrapped(const QString &passphrase, const Answer &done);
    void keep(SecretBytes key, KeyStorage storage, const Answer &done);
    void giveUp(const Failure &failure, const Answer &done);

    ProfileFolder &m_folder;
    Keyring &m_keyring;
    PassphraseCost m_cost;
    ProfileDescription m_created; ///< between create() and finishCreating()
};

} // namespace planb
