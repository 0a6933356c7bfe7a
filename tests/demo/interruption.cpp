// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/interruption.h"

#include <array>
#include <csignal>
#include <unistd.h>

namespace planb::demo {

namespace {

std::array<int, 2> s_pipe{-1, -1};
constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

// Only write() is allowed in a signal handler; the event loop does the rest.
void wish(int)
{
    const char word = 'x';
    [[maybe_unused]] const auto written = write(s_pipe[1], &word, 1);
}

} // namespace

Interruption::Interruption()
{
    if (pipe(s_pipe.data()) != 0)
        return;
    m_notifier = new QSocketNotifier(s_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        m_wished = true;
        m_notifier->setEnabled(false);
    });
    for (const int number : kSignals)
        std::signal(number, wish);
}

Interruption::~Interruption()
{
    for (const int number : kSignals)
        std::signal(number, SIG_DFL);
    for (int &end : s_pipe) {
        close(end);
        end = -1;
    }
}

} // namespace planb::demo
