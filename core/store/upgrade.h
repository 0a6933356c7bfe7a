// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/migrations.h"

#include <QByteArrayView>
#include <QString>

namespace planb::store {

/// Brings an existing file, which nobody has open, to the newest version: migrates a copy, checks it and puts it in
/// the file's place in one step. Whatever fails, the file is as it was.
/// Needs as much free space as the file has. StoreUnavailable if somebody has the file open.
Result<void> upgradeFile(const QString &path, QByteArrayView key, std::span<const Migration> steps);

} // namespace planb::store
