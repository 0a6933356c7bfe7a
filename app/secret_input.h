// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace planb {

/// The value of an environment variable that holds a secret, which is then removed from the environment.
/// Nothing when it is not set or empty.
std::optional<QString> takeSecretFromEnvironment(const char *variable);

/// One line from standard input, without its line end. At a terminal it asks with `prompt` on standard error
/// and does not show what is typed. Blocks. Nothing at the end of input, when interrupted, or when the line is
/// empty, longer than 4 KiB or not UTF-8.
std::optional<QString> readSecretLine(const QString &prompt);

} // namespace planb
