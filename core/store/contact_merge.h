// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"

namespace planb::store {

class Database;

/// Makes `stranger` a part of `contact`: its messages, seen ids, incoming streams, outbox rows and former addresses
/// move over, then the stranger, its conversation and its addresses are gone. A message that both have (same wire id, same text) stays
/// once. Runs inside the caller's transaction.
Result<void> mergeStranger(Database &database, ContactId contact, ContactId stranger);

} // namespace planb::store
