// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace planb {

/// Turns the system's wish that this program end (Ctrl+C, SIGTERM, a closing console) into a signal on the
/// thread of this object. At most one may exist. A second wish ends the program at once.
class Termination : public QObject
{
    Q_OBJECT

public:
    explicit Termination(QObject *parent = nullptr);
    ~Termination() override;

    /// Whether the wish has come, even before requested() was delivered.
    static bool isRequested();
    /// Unix: a descriptor that becomes readable with the wish, to be waited for beside another one. -1 elsewhere.
    static int descriptor();

Q_SIGNALS:
    void requested();
};

} // namespace planb
