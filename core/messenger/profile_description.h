// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/messenger/key_storage.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace planb {

/// What profile.json says: which profile this is and where the key of its database is. Nothing in it is secret.
struct ProfileDescription {
    enum class State {
        Creating, ///< being made, or its making was interrupted: there is nothing of the user's in it
        Ready,
    };

    QString id; ///< 32 hexadecimal digits, random; names the key in the keyring
    State state = State::Creating;
    KeyStorage keyStorage = KeyStorage::File;
    QJsonObject wrappedKey; ///< as wrapKey() made it; only with KeyStorage::Passphrase

    QByteArray toJson() const;
    /// Fails with ProfileDamaged, or with StoreTooNew when a later version wrote it.
    static Result<ProfileDescription> parse(const QByteArray &json);

    bool operator==(const ProfileDescription &) const = default;
};

} // namespace planb
