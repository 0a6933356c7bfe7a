// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/fixed_bytes.h"

#include <QString>

namespace planb {

/// What two people compare to know that nobody stands between them: 60 decimal digits, the same for both.
/// Whoever wants to give both the same number without being them has to find two keys that collide in 199 bits.
QString safetyNumberOf(const IdentityKey &one, const IdentityKey &other);

/// For reading aloud: twelve groups of five.
QString groupedSafetyNumber(const QString &digits);

} // namespace planb
