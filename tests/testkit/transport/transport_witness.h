// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/transport.h"

#include <QList>

#include <map>
#include <vector>

namespace planb::test {

/// Writes down everything a transport tells, and plays its core: stores what comes in, if told so.
class TransportWitness
{
public:
    enum class Core {
        Stores, ///< every message is committed at once
        Drops,
        Waits, ///< the test calls handled() itself
    };

    explicit TransportWitness(Transport &transport, Core core = Core::Stores);

    bool isReady() const { return m_transport.state().phase == LinkPhase::Ready; }
    bool hasPhase(LinkPhase phase) const { return m_transport.state().phase == phase; }
    /// Whether an attempt was answered; answers are in `handed`.
    bool isAnswered(AttemptId attempt) const { return handed.contains(attempt); }
    bool isAccepted(AttemptId attempt) const;
    std::optional<FailureCode> failureOf(AttemptId attempt) const;
    bool isDelivered(const WireId &id) const;

    std::vector<LinkState> states;
    std::map<AttemptId, std::vector<std::optional<Failure>>> handed; ///< every answer, so that a second one shows
    std::vector<Incoming> received;
    std::vector<Acknowledgement> acknowledgements;
    std::vector<Report> reports;
    std::vector<ConnectStep> steps;
    Core core;

private:
    Transport &m_transport;
    QObject m_context; // disconnects with us
};

} // namespace planb::test
