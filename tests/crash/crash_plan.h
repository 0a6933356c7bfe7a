// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace planb::crash {

/// Environment variable with the path of the file that holds a CrashPlan.
inline constexpr const char *kPlanVariable = "PLANB_CRASH_PLAN";
/// The process ends with this status at its crash point, as no part of PlanB does.
inline constexpr int kCrashStatus = 86;

/// What a test and the shim in the process under test share: one mapped file, so that counting can be switched on in
/// the middle of a life and the count is right even after the end.
///
/// Counted are the calls that change a regular file or its place, and writes to standard output.
struct CrashPlan {
    std::atomic<std::int32_t> counting; ///< 0: calls are neither counted nor stopped
    std::atomic<std::int32_t> crashAt; ///< the process ends instead of the call of this number, from 1; 0: never
    std::atomic<std::int32_t> count; ///< calls since counting began
    std::array<char, 32> lastCall; ///< name of the last one counted
};
static_assert(std::atomic<std::int32_t>::is_always_lock_free, "two processes share it");

} // namespace planb::crash
