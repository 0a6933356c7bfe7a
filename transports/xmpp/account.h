// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace planb::xmpp {

/// Who logs in, and how this installation is called at the server.
struct Account {
    QString name; ///< "alice" of alice@example.org
    QString domain;
    QString password;
    QString resource;
    /// Make the account if the login is refused (XEP-0077).
    bool registers = false;
    /// The strongest mechanism by which this server has let us in; empty: none is known.
    QString strongestLogin = {};

    QString bareJid() const { return name + u'@' + domain; }
};

} // namespace planb::xmpp
