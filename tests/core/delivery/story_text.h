// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delivery/effect.h"
#include "core/delivery/event.h"

#include <string>

namespace planb::delivery::test {

/// One line for a developer who reads how a story went wrong.
std::string textOf(const Event &event);
std::string textOf(const Effect &effect);

} // namespace planb::delivery::test
