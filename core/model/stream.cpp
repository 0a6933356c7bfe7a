// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/stream.h"

#include <algorithm>

namespace planb {

std::optional<StreamId> StreamId::parse(QStringView text)
{
    const bool isHex = std::ranges::all_of(
        text, [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
    if (text.size() != kLength || !isHex)
        return {};
    return StreamId(text.toString());
}

} // namespace planb
