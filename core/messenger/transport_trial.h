// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/messenger_types.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace planb {

/// One run of "test this transport": starts a transport of its own, collects its steps, stops it. A test that is not ok
/// ends with the step that failed.
/// Lives on the core thread and deletes itself when it is done.
class TransportTrial : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const TransportTest &)>;

    /// `done` is called exactly once, at the latest after `patience`, or when this object is destroyed.
    TransportTrial(std::unique_ptr<Transport> transport, Millis patience, Done done, QObject *parent = nullptr);
    ~TransportTrial() override;
    void start();

private:
    void onStepped(const ConnectStep &step);
    void onStateChanged(const LinkState &state);
    void finish(bool ok);
    void nameWhatFailed();

    std::unique_ptr<Transport> m_transport;
    QTimer m_patience;
    Done m_done;
    TransportTest m_test;
    Failure m_failure{FailureCode::Cancelled, {}, {}}; ///< of whatever was under way when it ended
};

} // namespace planb
