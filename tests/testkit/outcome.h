// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace planb::test {

/// Result of setting a scene: its error is a sentence for a person, not a Failure of the product.
template<class T>
using Outcome = Expected<T, QString>;

inline Unexpected<QString> trouble(QString sentence)
{
    return Unexpected<QString>(std::move(sentence));
}

} // namespace planb::test
