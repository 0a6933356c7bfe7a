// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rpc/method.h"
#include "core/rpc/request.h"

#include <QObject>

#include <deque>
#include <functional>

namespace planb::rpc {

/// Carries requests out, one after the other in the order they came, so that sends keep their order; only
/// methods that run Alongside hold nothing up. Every request with an id is answered exactly once.
/// Knows nothing of what the methods do.
class Dispatcher : public QObject
{
    Q_OBJECT

public:
    /// `write` gets whole lines.
    Dispatcher(QList<Method> methods, std::function<void(const QByteArray &)> write, QObject *parent = nullptr);

    void handle(Expected<Request, NotARequest> request);
    /// Requests that wait for their turn.
    qsizetype waiting() const { return static_cast<qsizetype>(m_queue.size()); }
    /// Everything that came has been carried out and answered.
    bool isIdle() const { return m_queue.empty() && !m_isBusy && m_alongside == 0; }

Q_SIGNALS:
    /// One request less is on its way.
    void advanced();

private:
    void drain();
    void carryOut(const Request &request);
    Expected<Parameters, Error> parametersOf(const Method &method, const Request &request) const;
    const Method *find(const QString &name) const;
    void answer(const std::optional<QJsonValue> &id, const Answer &answer);

    const QList<Method> m_methods;
    const std::function<void(const QByteArray &)> m_write;
    std::deque<Expected<Request, NotARequest>> m_queue;
    bool m_isBusy = false; ///< a request that others wait for is being carried out
    bool m_isDraining = false;
    int m_alongside = 0;
};

} // namespace planb::rpc
