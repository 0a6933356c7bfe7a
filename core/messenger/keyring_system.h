// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/messenger/keyring.h"

#include <QObject>

namespace planb {

/// The operating system's keyring through QtKeychain: Secret Service or KWallet, macOS Keychain, Windows Credential
/// Store; entries are named by service "PlanB" and the profile's id. The plain-text fallback of QtKeychain stays off.
///
/// Lives on any thread with an event loop. QtKeychain itself has one queue for the process, bound to the thread
/// that used it first, so its jobs always run on the application's thread, whose event loop must run too.
class SystemKeyring final
    : public QObject
    , public Keyring
{
    Q_OBJECT

public:
    /// After `patience` without an answer a call ends with KeyringUnavailable; a late answer is dropped.
    explicit SystemKeyring(Millis patience = Millis(10'000), QObject *parent = nullptr);

    void store(const QString &profileId, const SecretBytes &key, Stored done) override;
    void load(const QString &profileId, Loaded done) override;

private:
    Millis m_patience;
};

} // namespace planb
