// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite_failure.h"

#include <sqlite3.h>

namespace planb::store {

namespace {

using namespace Qt::StringLiterals;

// The low byte is the kind of error, the rest narrows it down.
int primary(int code)
{
    return code & 0xff;
}

FailureCode codeOf(int code)
{
    switch (primary(code)) {
    case SQLITE_FULL: return FailureCode::DiskFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return FailureCode::StoreCorrupt;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
    case SQLITE_TOOBIG: return FailureCode::InvalidArgument;
    default: return FailureCode::StoreUnavailable;
    }
}

} // namespace

Failure sqliteFailure(int code, sqlite3 *handle)
{
    if (primary(code) == SQLITE_NOTADB)
        return {codeOf(code), u"the key does not fit this file, or the file is damaged"_s, {}};
    const char *sentence = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    return {codeOf(code), u"%1 (SQLite %2)"_s.arg(QString::fromUtf8(sentence)).arg(code), {}};
}

bool needsReopenAfter(int code)
{
    const int kind = primary(code);
    return kind == SQLITE_IOERR || kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB;
}

} // namespace planb::store
