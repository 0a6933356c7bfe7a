// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/transport_trial.h"

#include <utility>

namespace planb {

namespace {

// The step that follows those that are done.
ConnectStep::Name nextStep(const QList<ConnectStep> &done)
{
    if (done.isEmpty())
        return ConnectStep::Name::Lookup;
    switch (done.last().name) {
    case ConnectStep::Name::Lookup: return ConnectStep::Name::Connect;
    case ConnectStep::Name::Connect: return ConnectStep::Name::Tls;
    case ConnectStep::Name::Tls: return ConnectStep::Name::Login;
    case ConnectStep::Name::Login:
    case ConnectStep::Name::RoundTrip: return ConnectStep::Name::RoundTrip;
    }
    Q_UNREACHABLE();
}

} // namespace

TransportTrial::TransportTrial(std::unique_ptr<Transport> transport, Millis patience, Done done, QObject *parent)
    : QObject(parent), m_transport(std::move(transport)), m_done(std::move(done))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_failure = {FailureCode::ConnectTimeout, QStringLiteral("it takes too long"), {}};
        finish(false);
    });
    connect(m_transport.get(), &Transport::stepped, this, &TransportTrial::onStepped);
    connect(m_transport.get(), &Transport::stateChanged, this, &TransportTrial::onStateChanged);
}

TransportTrial::~TransportTrial()
{
    nameWhatFailed();
    if (m_done)
        m_done(m_test);
    // Stopping says goodbye to the server and may still signal.
    m_transport->disconnect(this);
    m_transport->stop();
}

void TransportTrial::start()
{
    m_patience.start();
    m_transport->start();
}

void TransportTrial::onStepped(const ConnectStep &step)
{
    m_test.steps.append(step);
    if (step.failure)
        finish(false);
    else if (step.name == ConnectStep::Name::RoundTrip)
        finish(true);
}

void TransportTrial::onStateChanged(const LinkState &state)
{
    if (state.phase != LinkPhase::Waiting && state.phase != LinkPhase::Blocked)
        return;
    m_failure = state.failure.value_or(Failure{FailureCode::ConnectionLost, {}, {}});
    finish(false);
}

void TransportTrial::nameWhatFailed()
{
    const bool isNamed = !m_test.steps.isEmpty() && m_test.steps.last().failure;
    if (!m_test.ok && !isNamed)
        m_test.steps.append({nextStep(m_test.steps), Micros(0), {}, m_failure});
}

void TransportTrial::finish(bool ok)
{
    // The steps of one failure may follow its state: they are taken along before the answer goes out.
    m_patience.stop();
    m_test.ok = ok;
    deleteLater();
}

} // namespace planb
