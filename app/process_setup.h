// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace planb {

/// What must hold before anything else runs; call first in main().
///  - Descriptors 0 to 2 are open, so that no database file is opened in their place and printed into.
///  - A reader of our output that goes away is an error of write(), not a signal that ends us half-way.
///  - No core dump: it would hold keys, passwords and texts. On Linux other programs of the same user cannot
///    read our memory either.
///  - Arguments and file names are UTF-8, whatever the locale is set to.
void setUpProcess();

} // namespace planb
