// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

/// What the store does to whole files. None of it may be used on a file that a connection of this process has
/// open: on POSIX, closing any descriptor of a file drops SQLite's locks on it. (The exception is marked.)
namespace planb::store {

/// Makes an empty file with mode 0600; ProfileExists if there is one, StoreUnavailable if it cannot be made.
Result<void> makeEmptyFile(const QString &path);
/// Sets mode 0600 on the database and the files SQLite keeps next to it. Safe on an open database.
void restrictToOwner(const QString &path);
/// True if a write-ahead log with content lies next to the file: its last user did not close it in good order,
/// or another one has it open. Safe on an open database.
bool hasUnfinishedLog(const QString &path);
/// Removes the file and what SQLite keeps next to it. Only ever for files that hold nothing of the user's.
void removeWithCompanions(const QString &path);
/// Makes a copy with mode 0600 and brings it to the disk.
Result<void> copyDurably(const QString &from, const QString &to);
/// Puts `from` in place of `to` in one step that survives a power cut: afterwards `to` is either the old file or
/// the new one.
Result<void> replaceDurably(const QString &from, const QString &to);
/// Brings the folder's list of names to the disk, so that a file made or renamed in it stays (POSIX; a no-op on
/// Windows, which has no such call).
Result<void> syncFolderOf(const QString &path);

} // namespace planb::store
