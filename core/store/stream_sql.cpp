// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/stream_sql.h"

#include "core/store/statement.h"

#include <algorithm>

namespace planb::store {

std::optional<StreamPlace> readPlace(Statement &row, int first)
{
    if (row.isNull(first))
        return {};
    const auto stream = StreamId::parse(row.get<QString>(first));
    if (!stream) {
        row.reportUnreadable(first);
        return {};
    }
    const auto number = row.get<quint64>(first + 1);
    const auto waiting = row.get<std::optional<quint64>>(first + 2);
    return StreamPlace{*stream, number, std::min(number, waiting.value_or(number))};
}

} // namespace planb::store
