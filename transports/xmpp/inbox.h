// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/transport.h"

#include <QHash>
#include <QString>

#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace planb::xmpp {

/// A receipt we owe an author.
struct Receipt {
    quint64 number = 0;
    QString to; ///< bare JID
    QString id; ///< of the author's message stanza
};

/// Numbers incoming messages, and keeps the receipts owed for them until the server has them. Outlives connections:
/// a message may be stored after the connection it came by is gone, and a receipt lost with a connection is
/// sent again on the next (receipts may be repeated without harm).
class Inbox
{
public:
    /// A message came; `receipt` is what to send once it is stored. Returns its token.
    quint64 open(std::optional<Receipt> receipt);
    void handled(quint64 token, Disposition disposition);

    /// The receipts to send now; each stays with us until confirmed().
    std::vector<Receipt> takeDue();
    bool hasDue() const { return !m_due.empty(); }
    void confirmed(quint64 number);
    /// What was sent and not confirmed is due again.
    void onConnectionLost();

private:
    void makeDue(Receipt receipt);

    quint64 m_lastToken = 0;
    quint64 m_lastReceipt = 0;
    QHash<quint64, Receipt> m_expected; // by token
    std::deque<Receipt> m_due;
    std::map<quint64, Receipt> m_underWay; // by number, oldest first
};

} // namespace planb::xmpp
