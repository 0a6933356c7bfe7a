// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/text.h"
#include "core/base/result.h"

#include <QList>
#include <QString>

#include <functional>

namespace planb::ctl {

/// Finds the one item that a user means by its id or by its name (upper and lower case are the same; an id wins).
/// Fails with `ifUnknown`; with InvalidArgument and the ids to choose from when several have that name.
template<class Item>
Result<Item> findByIdOrName(const QList<Item> &items, const QString &wanted, FailureCode ifUnknown,
                            const std::function<QString(const Item &)> &nameOfItem)
{
    QList<Item> found;
    QStringList ids;
    for (const Item &item : items) {
        if (item.id.toString() == wanted)
            return item;
        if (nameOfItem(item).compare(wanted, Qt::CaseInsensitive) == 0) {
            found.append(item);
            ids.append(item.id.toString());
        }
    }
    if (found.isEmpty())
        return fail(ifUnknown, QStringLiteral("\"%1\"").arg(printable(wanted)));
    if (found.size() > 1) {
        return fail(FailureCode::InvalidArgument,
                    QStringLiteral("several are called \"%1\", name one by its id: %2")
                        .arg(printable(wanted), ids.join(QStringLiteral(", "))));
    }
    return found.first();
}

} // namespace planb::ctl
