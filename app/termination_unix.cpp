// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/termination.h"

#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace planb {

namespace {

// A signal handler may do next to nothing (POSIX, 2.4.3): it writes one byte into a pipe of our own.
std::array<int, 2> s_pipe{-1, -1};
std::atomic<bool> s_isRequested{false};
constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

void onSignal(int)
{
    s_isRequested = true;
    const char byte = 0;
    [[maybe_unused]] const auto written = write(s_pipe[1], &byte, 1);
}

} // namespace

Termination::Termination(QObject *parent) : QObject(parent)
{
    Q_ASSERT(s_pipe[0] < 0);
    if (pipe(s_pipe.data()) != 0)
        return;
    for (const int end : s_pipe)
        fcntl(end, F_SETFD, FD_CLOEXEC); // NOLINT(cppcoreguidelines-pro-type-vararg)
    auto *notifier = new QSocketNotifier(s_pipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false); // the byte stays, so that descriptor() stays readable
        Q_EMIT requested();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    // No SA_RESTART: a blocking read or write must come back. SA_RESETHAND: the second signal ends the program.
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    for (const int signal : kSignals) {
        struct sigaction before = {};
        sigaction(signal, nullptr, &before);
        // nohup and a shell's "&" ignore some on purpose.
        if (before.sa_handler != SIG_IGN)
            sigaction(signal, &action, nullptr);
    }
}

Termination::~Termination()
{
    for (const int signal : kSignals)
        std::signal(signal, SIG_DFL);
    for (int &end : s_pipe) {
        if (end >= 0)
            close(end);
        end = -1;
    }
}

bool Termination::isRequested()
{
    return s_isRequested;
}

int Termination::descriptor()
{
    return s_pipe[0];
}

} // namespace planb
