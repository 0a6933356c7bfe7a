// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/messenger/chain.h"
#include "core/store/store.h"

#include <QObject>

#include <functional>
#include <set>

namespace planb {

/// Changes of the accounts behind the transports: another password, or the end of the account.
///
/// A new password is on disk before the server hears of it, and a server that then refuses the old one is given the
/// new one: whatever is lost in between, connection or process, nobody is locked out. A server that then lets the user
/// in with the old one has not made the change, and the new one is forgotten.
class AccountChanges : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const Result<void> &)>;

    using RemoveTransport = std::function<Result<void>(TransportId)>;

    AccountChanges(store::Store &store, Chain &chain, RemoveTransport removeTransport);

    /// The transport logs in with it from then on. See OwnAccount for what can go wrong.
    void changePassword(TransportId id, const QString &password, const Done &done);
    /// Takes the account off its server, then the transport out of the chain.
    void deleteAccount(TransportId id, const Done &done);
    /// Forgets what was not settled.
    Result<void> transportRemoved(TransportId id);

private:
    Result<OwnAccount *> accountOf(TransportId id) const;
    void onPasswordAnswer(TransportId id, const QString &password, const Result<void> &answer, const Done &done);
    void forgetIfRefuted(TransportId id, LinkPhase phase);
    void onLink(TransportId id, const LinkState &state);
    Result<void> takeIntoUse(TransportId id, const QString &password);

    store::Store &m_store;
    Chain &m_chain;
    RemoveTransport m_removeTransport;
    std::set<TransportId> m_asked; ///< over the connection that is there now
};

} // namespace planb
