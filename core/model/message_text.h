// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace planb {

/// The longest text one message carries, in bytes of UTF-8; leaves room for sealing within 32 KiB.
inline constexpr qsizetype kMaxTextBytes = 30'000;

/// The text as it is stored, sent and shown: line ends are "\n"; what no transport can carry (XML 1.0,
/// section 2.2: control characters, lone surrogates, non-characters) is dropped or, where a character was
/// broken, replaced by U+FFFD. Both sides therefore store the same text.
/// Fails with EmptyText when nothing visible is left and with MessageTooLarge above kMaxTextBytes.
Result<QString> normalizedMessageText(const QString &text);

} // namespace planb
