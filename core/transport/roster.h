// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/model/person.h"

#include <QList>
#include <QMap>
#include <QObject>
#include <QString>

#include <optional>
#include <variant>

namespace planb {

/// The whole list; comes once after every login.
struct RosterListed {
    QList<RosterEntry> entries;
};
struct RosterChanged {
    RosterEntry entry;
    bool isRemoved = false;
};
/// Somebody asks to see when we are there. The user answers; until then the server repeats it at every login.
struct PresenceAsked {
    Address from;
    QString nickname; ///< what they call themselves; may be empty
    QString words; ///< may be empty
};
/// They do not ask any more.
struct PresenceWithdrawn {
    Address from;
};
struct PresenceChanged {
    Address of;
    Availability availability = Availability::Offline;
    std::optional<WallTime> activeAt; ///< since when they are away, or gone, by their own or a server's word
};
/// All who are blocked; comes once after every login where the server can block.
struct BlocksListed {
    QList<Address> addresses;
};
struct BlocksChanged {
    QList<Address> addresses;
    bool isBlocked = false; ///< else unblocked; with no address: all
};
struct NicknameChanged {
    Address of;
    QString nickname; ///< what they call themselves; empty: nothing any more
};
struct AvatarChanged {
    Address of;
    Avatar avatar;
};
using RosterNews = std::variant<RosterListed, RosterChanged, PresenceAsked, PresenceWithdrawn, PresenceChanged,
                                BlocksListed, BlocksChanged, NicknameChanged, AvatarChanged>;

/// The people around an account, as its server knows them. Lives on the core thread.
///
/// Does nothing until start(). Commands are sent once and only while the transport is ready; that one arrived shows
/// in the news (RosterChanged, BlocksChanged), also when another client of the account gave it. All texts are
/// foreign: cut to kMaxRosterText characters, without control characters, and nothing more.
class Roster : public QObject
{
    Q_OBJECT

public:
    struct Start {
        QString nickname; ///< ours, told to those whom we ask; may be empty
        QMap<Address, QString> avatars; ///< hashes of the pictures that are here already
        QList<Address> contacts = {}; ///< see setContacts()
    };

    using QObject::QObject;

    virtual void start(const Start &start) = 0;
    /// Puts somebody on the list and asks to see them. `token`: of their invitation, may be empty.
    virtual void add(const Address &address, const QString &name, const QString &token) = 0;
    /// Takes them off the list, which ends both directions.
    virtual void remove(const Address &address) = 0;
    /// To PresenceAsked.
    virtual void answer(const Address &address, bool accepts) = 0;
    /// Who is in the user's address book, whole. What comes from anybody else may be limited.
    virtual void setContacts(const QList<Address> &contacts) = 0;
    virtual void setBlocked(const QList<Address> &addresses, bool isBlocked) = 0;

Q_SIGNALS:
    void news(const planb::RosterNews &news);
};
inline constexpr qsizetype kMaxRosterText = 200;

} // namespace planb
