// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

namespace planb {

/// How far the history that the server keeps has been read: everything up to this message is in the store.
struct ArchiveMark {
    QString id; ///< by which the server calls the message
    WallTime at; ///< when the server stored it

    bool operator==(const ArchiveMark &) const = default;
};

} // namespace planb
