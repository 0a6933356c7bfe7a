// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>

#include <functional>

namespace planb {
class Messenger;
}

namespace planb::rpc {

/// Writes what happens in the messenger as notifications, one line each, for as long as it lives.
/// Make it before the profile is opened: nothing that comes in is missed then.
class Notifier : public QObject
{
    Q_OBJECT

public:
    /// `write` gets whole lines, on the thread this lives on, which is the messenger's.
    Notifier(Messenger &messenger, const std::function<void(const QByteArray &)> &write, QObject *parent = nullptr);
};

} // namespace planb::rpc
