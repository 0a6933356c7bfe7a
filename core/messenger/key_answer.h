// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>

#include <functional>
#include <optional>

namespace planb {

/// Calls `done` with the future's result on the context's thread, with nothing when the future was cancelled, and not
/// at all when the context is destroyed first. Call it on the context's thread.
///
/// Not QFuture::then(context, …): in Qt 6.4 that asserts when the context is gone before the future ends, and runs
/// twice when the result can only be moved.
template<class T>
void whenFinished(QObject *context, const QFuture<T> &future, std::function<void(std::optional<T>)> done)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        done(watcher->future().resultCount() > 0 ? std::optional<T>(watcher->result()) : std::nullopt);
    });
    watcher->setFuture(future);
}

} // namespace planb
