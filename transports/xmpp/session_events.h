// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/chat_state.h"
#include "core/transport/archive.h"
#include "core/transport/roster.h"
#include "core/transport/transport.h"

#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace planb::xmpp {

struct LoggedIn {
    QString mechanism;
    QByteArray certificate; ///< the server's, DER
};
struct CameOnline {
    bool isResumed = false; ///< the stream of the last connection goes on
};
/// The first answer of the server after login.
struct RoundTrip {
    Micros took{0};
    bool isResumed = false;
};
struct HandedOver {
    AttemptId attempt;
    std::optional<Failure> failure;
};

/// What somebody is doing in the conversation with this user.
struct ShownState {
    Address from;
    ChatState state = ChatState::Active;
};

/// The report before this one came with a stanza of this token. It has none of its own: what it says is on disk when
/// those who were told of it return.
struct NewsTold {
    quint64 token = 0;
};

/// What a session has to tell its transport, in order.
using Event = std::variant<LoggedIn, CameOnline, RoundTrip, HandedOver, Incoming, Acknowledgement, Report, NewsTold,
                           ShownState, RosterNews, ArchivePage>;
using Events = std::vector<Event>;

} // namespace planb::xmpp
