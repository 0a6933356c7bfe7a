// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rpc/dispatcher.h"
#include "core/rpc/line_splitter.h"

#include <QObject>

#include <functional>

namespace planb::rpc {

/// One caller on one pair of streams: bytes in, answers out. Owns no stream: whoever does feeds it.
class Session : public QObject
{
    Q_OBJECT

public:
    /// `write` gets whole lines; it may be called from within feed() and finish().
    Session(QList<Method> methods, std::function<void(const QByteArray &)> write, QObject *parent = nullptr);

    void feed(QByteArrayView bytes);
    /// The end of input. What has been asked is still answered; ended() follows.
    void finish();
    /// False while so many requests wait that reading on would only fill the memory.
    bool wantsInput() const;

Q_SIGNALS:
    /// wantsInput() has become true again.
    void inputWanted();
    /// Emitted once, after finish() and the last answer.
    void ended();

private:
    void take(const LineSplitter::Line &line);
    void onAdvanced();

    Dispatcher m_dispatcher;
    LineSplitter m_splitter;
    bool m_isFull = false;
    bool m_isFinished = false;
    bool m_hasEnded = false;
};

} // namespace planb::rpc
