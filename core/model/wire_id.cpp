// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/wire_id.h"

#include <algorithm>

namespace planb {

WireId WireId::random(Random &random)
{
    return WireId(QString::fromLatin1(random.bytes(16).toHex()));
}

std::optional<WireId> WireId::parse(QStringView text)
{
    if (text.isEmpty() || text.size() > kMaxLength)
        return {};
    const bool hasControl = std::any_of(text.begin(), text.end(),
                                        [](QChar c) { return c.category() == QChar::Other_Control; });
    if (hasControl)
        return {};
    return WireId(text.toString());
}

} // namespace planb
