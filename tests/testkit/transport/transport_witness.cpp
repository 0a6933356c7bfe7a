// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/transport/transport_witness.h"

#include <algorithm>

namespace planb::test {

TransportWitness::TransportWitness(Transport &transport, Core role) : core(role), m_transport(transport)
{
    QObject::connect(&transport, &Transport::stateChanged, &m_context,
                     [this](const LinkState &state) { states.push_back(state); });
    QObject::connect(
        &transport, &Transport::handedOver, &m_context,
        [this](AttemptId attempt, const std::optional<Failure> &failure) { handed[attempt].push_back(failure); });
    QObject::connect(&transport, &Transport::received, &m_context, [this](const QList<Incoming> &incoming) {
        for (const Incoming &one : incoming) {
            received.push_back(one);
            if (core != Core::Waits)
                m_transport.handled(one.token, core == Core::Stores ? Disposition::Committed : Disposition::Dropped);
        }
    });
    QObject::connect(&transport, &Transport::acknowledged, &m_context,
                     [this](const Acknowledgement &one) { acknowledgements.push_back(one); });
    QObject::connect(&transport, &Transport::reported, &m_context,
                     [this](const Report &report) { reports.push_back(report); });
    QObject::connect(&transport, &Transport::stepped, &m_context,
                     [this](const ConnectStep &step) { steps.push_back(step); });
}

bool TransportWitness::isAccepted(AttemptId attempt) const
{
    return isAnswered(attempt) && !handed.at(attempt).front();
}

std::optional<FailureCode> TransportWitness::failureOf(AttemptId attempt) const
{
    if (!isAnswered(attempt) || !handed.at(attempt).front())
        return {};
    return handed.at(attempt).front()->code;
}

bool TransportWitness::isDelivered(const WireId &id) const
{
    return std::any_of(reports.begin(), reports.end(), [&](const Report &report) {
        return report.kind == Report::Kind::Delivered && report.wireId == id;
    });
}

} // namespace planb::test
