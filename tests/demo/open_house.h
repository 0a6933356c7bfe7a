// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/demo/interruption.h"
#include "tests/demo/timeline.h"
#include "tests/testkit/stage.h"

namespace planb::demo {

/// Leaves servers and people running, tells how to join as a third person and answers her, until Ctrl+C.
test::Outcome<void> keepOpen(test::Stage &stage, const Timeline &timeline, const Interruption &interruption);

} // namespace planb::demo
