// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace planb {

enum class OutputState {
    Open,
    ReaderGone, ///< nobody reads any more: an ordinary way for a pipe to end
    Failed, ///< closed, disk full, …
    Interrupted, ///< the program shall end, and the reader does not take the bytes
};

/// Writes all bytes to standard output. May wait for a slow reader, but no longer than until the program is
/// asked to end (Termination).
OutputState writeOutput(QByteArrayView bytes);

} // namespace planb
