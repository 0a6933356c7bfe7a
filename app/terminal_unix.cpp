// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminal.h"

#include <cstdio>

#include <termios.h>
#include <unistd.h>

namespace planb {

struct HiddenTyping::State {
    termios before;
};

HiddenTyping::HiddenTyping(const QString &prompt)
{
    termios settings = {};
    if (isatty(STDIN_FILENO) == 0 || tcgetattr(STDIN_FILENO, &settings) != 0)
        return;
    m_state = std::make_unique<State>(State{settings});
    std::fputs(prompt.toLocal8Bit().constData(), stderr);
    settings.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings);
}

HiddenTyping::~HiddenTyping()
{
    if (!m_state)
        return;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_state->before);
    std::fputc('\n', stderr); // the one that was typed was not shown
}

std::optional<char> readInputByte()
{
    char byte = 0;
    return read(STDIN_FILENO, &byte, 1) == 1 ? std::optional(byte) : std::nullopt;
}

} // namespace planb
