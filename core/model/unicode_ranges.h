// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>

/// The few properties of Unicode characters that Qt does not tell, as ranges.
namespace planb::precis {

struct Range {
    char32_t first;
    char32_t last;
};

/// Noncharacter_Code_Point, beside the last two of each plane.
inline constexpr std::array kNoncharacters = {Range{0xFDD0, 0xFDEF}};

/// Hangul_Syllable_Type L, V and T (RFC 8264, 9.9): parts of syllables, which NFC puts together where it can.
inline constexpr std::array kOldHangulJamo = {Range{0x1100, 0x11FF}, Range{0xA960, 0xA97C}, Range{0xD7B0, 0xD7C6},
                                              Range{0xD7CB, 0xD7FB}};

/// Default_Ignorable_Code_Point (RFC 8264, 9.13): what is not shown at all.
inline constexpr std::array kIgnorable = {
    Range{0x00AD, 0x00AD},   Range{0x034F, 0x034F}, Range{0x061C, 0x061C},   Range{0x115F, 0x1160},
    Range{0x17B4, 0x17B5},   Range{0x180B, 0x180F}, Range{0x200B, 0x200F},   Range{0x202A, 0x202E},
    Range{0x2060, 0x206F},   Range{0x3164, 0x3164}, Range{0xFE00, 0xFE0F},   Range{0xFEFF, 0xFEFF},
    Range{0xFFA0, 0xFFA0},   Range{0xFFF0, 0xFFF8}, Range{0x1BCA0, 0x1BCA3}, Range{0x1D173, 0x1D17A},
    Range{0xE0000, 0xE0FFF},
};

// RFC 8264, 9.6.
inline constexpr std::array kAlwaysValid = {Range{0x00DF, 0x00DF}, Range{0x03C2, 0x03C2}, Range{0x06FD, 0x06FE},
                                            Range{0x0F0B, 0x0F0B}, Range{0x3007, 0x3007}};
inline constexpr std::array kContextual = {Range{0x00B7, 0x00B7}, Range{0x0375, 0x0375}, Range{0x05F3, 0x05F4},
                                           Range{0x0660, 0x0669}, Range{0x06F0, 0x06F9}, Range{0x30FB, 0x30FB}};
inline constexpr std::array kNeverValid = {Range{0x0640, 0x0640}, Range{0x07FA, 0x07FA}, Range{0x302E, 0x302F},
                                           Range{0x3031, 0x3035}, Range{0x303B, 0x303B}};

template<class Ranges>
constexpr bool isIn(const Ranges &ranges, char32_t c)
{
    return std::any_of(ranges.begin(), ranges.end(),
                       [c](const Range &range) { return c >= range.first && c <= range.last; });
}

} // namespace planb::precis
