// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sim/disk.h"

#include <QByteArray>
#include <QString>

namespace planb::sim {

inline const QByteArray kStoreKey{32, 'k'};

/// The bytes of a store that has just been made and holds nothing; made once, on a real disk in `folder`, and before
/// any simulated one is mounted. The file is called `path` in the result.
std::vector<unsigned char> freshStoreBytes(const QString &folder);
Disk::Files storeFiles(const std::vector<unsigned char> &bytes, const std::string &path);

} // namespace planb::sim
