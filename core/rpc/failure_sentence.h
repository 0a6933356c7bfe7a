// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/failure.h"

#include <QString>

namespace planb::rpc {

/// One plain English sentence about a failure, with its detail behind a colon: what planbctl says on
/// standard error and what stands in `message` of an error. Not translated: it is part of a protocol.
QString sentenceFor(const Failure &failure);

} // namespace planb::rpc
