// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>
#include <optional>

namespace planb {

/// While it lives, what is typed at the terminal is not shown. Does nothing, not even ask, when standard
/// input is no terminal.
class HiddenTyping
{
public:
    explicit HiddenTyping(const QString &prompt);
    ~HiddenTyping();
    HiddenTyping(const HiddenTyping &) = delete;
    HiddenTyping &operator=(const HiddenTyping &) = delete;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The next byte of standard input; blocks. One at a time, so that nothing behind a line is taken away.
/// Nothing at its end or when a signal came.
std::optional<char> readInputByte();

} // namespace planb
