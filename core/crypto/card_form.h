// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/card.h"

namespace planb::cardform {

/// Keys of the card's map, and what is the same in writing and reading.
enum Key : quint64 { Identity = 1, Name, Sequence, Created, Expires, Devices, Removed, Routes, FirstIgnorable = 64 };

inline constexpr quint64 kVersion = 1;
inline constexpr qsizetype kDeviceFields = 11;
inline constexpr qsizetype kRouteFields = 5;
inline constexpr qsizetype kMaxKindLength = 16;

/// What a device signs of its entry.
QByteArray signedEntry(const CardDevice &entry);
/// What is wrong with the card, in words for a developer; empty if nothing is. Signatures of the devices included.
QString faultOf(const Card &card);

} // namespace planb::cardform
