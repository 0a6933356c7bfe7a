// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/invitation.h"

#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace planb::xmpp {

/// A link of the scheme "xmpp" (RFC 5122, with the query of XEP-0147), percent-decoded.
struct XmppUri {
    QString node; ///< empty: a server
    QString domain;
    QString action; ///< "roster", "register", …; empty: none
    QList<std::pair<QString, QString>> parameters;

    /// Nothing where it is no such link, is longer than kMaxUri, or holds a control character.
    static std::optional<XmppUri> parse(const QString &text);
    /// Empty where there is none.
    QString parameter(const QString &name) const;
};
inline constexpr qsizetype kMaxUri = 2'048;

/// What a link invites to: "register" to an account (XEP-0445), "roster" and "subscribe" to a contact (XEP-0379), the
/// same with ibr=y to both (XEP-0401); any other link that names a person, to a contact. InvalidArgument otherwise.
Result<Invitation> readInvitation(const QString &link);

} // namespace planb::xmpp
