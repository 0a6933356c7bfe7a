// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace planb::demo {

/// Turns Ctrl+C, SIGTERM and SIGHUP into a wish to stop, so that servers and folders are cleared away in good order.
/// One per program.
class Interruption : public QObject
{
    Q_OBJECT

public:
    Interruption();
    ~Interruption() override;

    bool isWished() const { return m_wished; }

private:
    QSocketNotifier *m_notifier = nullptr;
    bool m_wished = false;
};

} // namespace planb::demo
