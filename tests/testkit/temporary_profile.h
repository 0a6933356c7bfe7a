// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>

namespace planb::test {

/// Room for a profile that does not exist yet; gone with everything in it when the object goes.
class TemporaryProfile
{
public:
    bool isValid() const { return m_folder.isValid(); }
    /// Not made: that is the business of whoever creates the profile.
    QString folder() const { return m_folder.filePath(QStringLiteral("profile")); }

private:
    QTemporaryDir m_folder;
};

} // namespace planb::test
