// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace planb {

/// A file that lies at a server for whoever has its address. Not encrypted: the server can read it.
struct SharedFile {
    QString url; ///< https
    QString name; ///< without folders; may be empty
    QString type; ///< "image/png"; may be empty
    qint64 size = -1; ///< in bytes; -1: unknown

    bool operator==(const SharedFile &) const = default;
};

} // namespace planb
