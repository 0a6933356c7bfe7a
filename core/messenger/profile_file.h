// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <span>

namespace planb {

/// Replaces the file as a whole: after a crash, also of the computer, there is the old content or the new one.
/// Only the owner may read it (mode 0600; on Windows what the folder's rights say). `bytes` may be secret:
/// no copy of them is kept. Fails with DiskFull or StoreUnavailable; the old file is untouched then, except that
/// when the last step (syncing the folder) fails either may be found after a crash.
Result<void> writeFileDurably(const QString &path, std::span<const std::byte> bytes);

/// Removes the files that are there, and makes their removal last. Fails with StoreUnavailable.
Result<void> removeFilesDurably(const QString &folder, std::span<const QString> paths);

} // namespace planb
