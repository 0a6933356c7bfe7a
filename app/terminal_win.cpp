// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminal.h"

#include <cstdio>

#include <io.h>
#include <windows.h>

namespace planb {

struct HiddenTyping::State {
    HANDLE input;
    DWORD before;
};

HiddenTyping::HiddenTyping(const QString &prompt)
{
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    DWORD mode = 0;
    if (!GetConsoleMode(input, &mode))
        return;
    m_state = std::make_unique<State>(State{input, mode});
    std::fputs(prompt.toLocal8Bit().constData(), stderr);
    SetConsoleMode(input, mode & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
}

HiddenTyping::~HiddenTyping()
{
    if (!m_state)
        return;
    SetConsoleMode(m_state->input, m_state->before);
    std::fputc('\n', stderr);
}

std::optional<char> readInputByte()
{
    char byte = 0;
    return _read(_fileno(stdin), &byte, 1) == 1 ? std::optional(byte) : std::nullopt;
}

} // namespace planb
