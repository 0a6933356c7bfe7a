// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>

namespace planb {

/// What a transport would like to know again after a restart: where it last got through, what its server was like. Small,
/// no secrets, and no harm if it is gone. Optional beside Transport; lives and dies with it. It is forgotten when the
/// user gives the transport new settings.
class TransportMemory : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Before the transport's start(), at most once: what changed() told last.
    virtual void recall(const QJsonObject &memory) = 0;

Q_SIGNALS:
    void changed(const QJsonObject &memory);
};

} // namespace planb
