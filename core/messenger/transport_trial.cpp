// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/transport_trial.h"

#include <utility>

namespace planb {

TransportTrial::TransportTrial(std::unique_ptr<Transport> transport, Millis patience, Done done, QObject *parent)
    : QObject(parent), m_transport(std::move(transport)), m_done(std::move(done))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] { finish(false); });
    connect(m_transport.get(), &Transport::stepped, this, &TransportTrial::onStepped);
    connect(m_transport.get(), &Transport::stateChanged, this, &TransportTrial::onStateChanged);
}

TransportTrial::~TransportTrial()
{
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
    if (state.phase == LinkPhase::Waiting || state.phase == LinkPhase::Blocked)
        finish(false);
}

void TransportTrial::finish(bool ok)
{
    // The steps of one failure may follow its state: they are taken along before the answer goes out.
    m_patience.stop();
    m_test.ok = ok;
    deleteLater();
}

} // namespace planb
