// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/failure.h"

struct sqlite3;

namespace planb::store {

/// The one translation of SQLite's result codes:
///
/// | SQLite                            | ours             |
/// |-----------------------------------|------------------|
/// | FULL                              | DiskFull         |
/// | CORRUPT, NOTADB                   | StoreCorrupt     |
/// | CONSTRAINT, MISMATCH, RANGE, TOOBIG | InvalidArgument |
/// | everything else                   | StoreUnavailable |
///
/// The detail is SQLite's own sentence about `handle` (may be null) with the extended code; it names tables and
/// columns, never values. A key that does not fit looks like a damaged file: the detail says both.
Failure sqliteFailure(int code, sqlite3 *handle);

/// True for codes after which the connection must not write again before it was closed, reopened and checked.
/// After a failed fsync the operating system may have dropped the pages and call the next fsync a success.
bool needsReopenAfter(int code);

} // namespace planb::store
