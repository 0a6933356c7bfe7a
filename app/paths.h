// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace planb {

/// Where the profile is when the user names no other place: "PlanB" in the platform's folder for application
/// data that stays on this computer (~/.local/share, ~/Library/Application Support, %LOCALAPPDATA%).
QString defaultProfileFolder();

/// The folder a user named, as an absolute path; the default for an empty name.
QString profileFolder(const QString &named);

} // namespace planb
