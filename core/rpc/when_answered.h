// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

namespace planb::rpc {

/// Calls `done(result)` once on the thread of `context`, which must be the calling one, later than now. An answer
/// that never comes, because who owed it is gone, is Cancelled. If the context goes first, nothing is called.
///
/// Not then() and onCanceled(): in Qt 6.4 a context that is destroyed while an answer is on its way to it cancels
/// the chain, whose next link then asserts that the context exists.
template<class T, class Done>
void whenAnswered(const QFuture<Result<T>> &future, QObject *context, Done done)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done] {
        watcher->deleteLater();
        const QFuture<Result<T>> answered = watcher->future();
        done(answered.resultCount() > 0 ? answered.result() : Result<T>(fail(FailureCode::Cancelled)));
    });
    watcher->setFuture(future);
}

} // namespace planb::rpc
