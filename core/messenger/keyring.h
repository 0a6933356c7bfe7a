// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/secret_bytes.h"

#include <QString>

#include <functional>

namespace planb {

/// A place outside the profile that keeps its key: the operating system's keyring, or a fake of it.
///
/// Every call answers through `done`, once, later or at once, on the thread the keyring lives on and within a
/// bounded time, unless the keyring is destroyed first; then `done` is dropped. A keyring that cannot be
/// reached, does not answer or refuses answers with KeyringUnavailable.
class Keyring
{
public:
    using Stored = std::function<void(Result<void>)>;
    using Loaded = std::function<void(Result<SecretBytes>)>;

    virtual ~Keyring() = default;
    /// Replaces what was stored for this profile.
    virtual void store(const QString &profileId, const SecretBytes &key, Stored done) = 0;
    /// Answers with KeyMissing when there is nothing for this profile. (Some keyrings say so too when they are locked
    /// and the user does not unlock them.)
    virtual void load(const QString &profileId, Loaded done) = 0;
};

} // namespace planb
