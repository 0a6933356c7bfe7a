// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/model/address.h"

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <optional>

namespace planb {

/// Who of two people sees when the other one is there.
enum class Subscription {
    None,
    To, ///< we see them
    From, ///< they see us
    Both,
};

/// Somebody on the list of contacts that an account's server keeps.
struct RosterEntry {
    Address address;
    QString name; ///< may be empty
    Subscription subscription = Subscription::None;
    bool isAsked = false; ///< we asked to see them, and they have not answered

    bool operator==(const RosterEntry &) const = default;
};

enum class Availability { Offline, Away, Busy, Online };

/// A picture as it came, checked only as far as its kind, size and hash.
struct Avatar {
    QString hash; ///< SHA-1 of the bytes in hexadecimal; empty: they have no picture
    QString type; ///< "image/png" or "image/jpeg"
    QByteArray bytes; ///< at most kMaxAvatarBytes

    bool operator==(const Avatar &) const = default;
};
inline constexpr qsizetype kMaxAvatarBytes = 131'072;

/// What is known of whoever is at an address, by their own or a server's word.
struct Person {
    Address address;
    QString nickname; ///< what they call themselves; may be empty
    std::optional<WallTime> activeAt; ///< when they were last seen
    QString avatarHash; ///< empty: no picture
    QString avatarType;
    bool isBlocked = false;

    bool operator==(const Person &) const = default;
};

/// Somebody on the list of one of our accounts.
struct ListedPerson {
    TransportId transport;
    RosterEntry entry;

    bool operator==(const ListedPerson &) const = default;
};

/// Somebody who wants to see when we are there.
struct PresenceRequest {
    TransportId transport; ///< whose account was asked
    Address from;
    QString nickname;
    QString words;
    WallTime askedAt;

    bool operator==(const PresenceRequest &) const = default;
};

QString nameOf(Subscription subscription); ///< "none", "to", "from", "both"
std::optional<Subscription> subscriptionFromName(QStringView name);
QString nameOf(Availability availability); ///< "offline", "away", "busy", "online"

} // namespace planb
