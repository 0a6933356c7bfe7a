// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rpc/parameters.h"
#include "core/rpc/rpc_error.h"
#include "core/rpc/when_answered.h"

#include <QFuture>
#include <QJsonValue>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <utility>

namespace planb::rpc {

using Answer = Expected<QJsonValue, Error>;

/// Where a handler puts its answer: exactly once, at once or later, on the thread of the context.
class Reply
{
public:
    Reply(QObject *context, std::function<void(const Answer &)> done) : m_context(context), m_done(std::move(done)) {}

    void answer(const Answer &answer) const { m_done(answer); }

    /// Answers with `encode(value)` when the future has one, with its failure otherwise.
    template<class T, class Encode>
    void answerWhen(const QFuture<Result<T>> &future, Encode encode) const
    {
        whenAnswered(future, m_context, [done = m_done, encode](const Result<T> &result) {
            done(result ? Answer(QJsonValue(encode(*result))) : Answer(Unexpected(errorOf(result.error()))));
        });
    }

    /// The same for commands that answer with nothing: {}.
    void answerWhen(const QFuture<Result<void>> &future) const
    {
        whenAnswered(future, m_context, [done = m_done](const Result<void> &result) {
            done(result ? Answer(QJsonValue(QJsonObject())) : Answer(Unexpected(errorOf(result.error()))));
        });
    }

private:
    QObject *m_context;
    std::function<void(const Answer &)> m_done;
};

/// Whether requests behind this one wait for its answer.
enum class Pace {
    InOrder,
    Alongside, ///< takes seconds; answered whenever it is done
};

/// One row of the table of methods.
struct Method {
    QString name;
    QList<Parameter> parameters;
    std::function<void(const Parameters &, const Reply &)> handler;
    Pace pace = Pace::InOrder;
};

} // namespace planb::rpc
