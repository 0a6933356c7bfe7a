// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/paths.h"

#include <QDir>
#include <QStandardPaths>

namespace planb {

QString defaultProfileFolder()
{
    // Not AppDataLocation: a roaming folder would copy an open database between computers.
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/PlanB");
}

QString profileFolder(const QString &named)
{
    return named.isEmpty() ? defaultProfileFolder() : QDir::cleanPath(QDir::current().absoluteFilePath(named));
}

} // namespace planb
