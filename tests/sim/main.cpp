// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/request.h"
#include "tests/sim/theatre.h"

#include <QCoreApplication>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <vector>

namespace {

using namespace planb;
using namespace planb::sim;

struct Totals {
    std::uint64_t stories = 0;
    std::uint64_t violations = 0;
    std::uint64_t messages = 0;
    std::int64_t virtualMicros = 0;
    std::int64_t realMicros = 0;

    void add(const Totals &other)
    {
        stories += other.stories;
        violations += other.violations;
        messages += other.messages;
        virtualMicros += other.virtualMicros;
        realMicros += other.realMicros;
    }
};

void print(const Plan &plan, const Outcome &outcome)
{
    std::printf("VIOLATION seed %llu (%s), commit %s, at %s\n  %s\n  replay: planb-sim --seed %llu --mode %s --trace\n",
                static_cast<unsigned long long>(plan.seed), nameOf(plan.mode), PLANB_COMMIT,
                textOf(outcome.brokenAt).c_str(), outcome.complaint.c_str(), static_cast<unsigned long long>(plan.seed),
                nameOf(plan.mode));
    std::fflush(stdout);
}

void play(Theatre &theatre, const Plan &plan, const Request &request, Totals &totals)
{
    const Outcome outcome = theatre.play(plan, request.trace ? Trace::Keep::Print : Trace::Keep::Hash);
    ++totals.stories;
    totals.messages += outcome.messages;
    totals.virtualMicros += outcome.virtualTime.count();
    if (!outcome.complaint.empty()) {
        ++totals.violations;
        print(plan, outcome);
        if (request.shrink)
            std::printf("The smallest story that breaks it:\n%s", textOf(theatre.shrunk(plan)).c_str());
    }
    if (request.checkDeterminism && theatre.play(plan).traceHash != outcome.traceHash) {
        ++totals.violations;
        std::printf("VIOLATION seed %llu (%s): I16: played twice it is not the same story\n",
                    static_cast<unsigned long long>(plan.seed), nameOf(plan.mode));
    }
}

/// Every `stride`-th story from the `start`-th on.
Totals playShare(const Request &request, std::uint64_t start, std::uint64_t stride)
{
    int argc = 1;
    char name[] = "planb-sim";
    char *argv[] = {name, nullptr};
    const QCoreApplication application(argc, argv);
    const auto began = std::chrono::steady_clock::now();
    Totals totals;
    Theatre theatre;
    for (std::uint64_t i = start; i < request.count; i += stride) {
        for (const Mode mode : request.modes)
            play(theatre, planFor(request.first + i, mode), request, totals);
    }
    totals.realMicros = std::chrono::duration_cast<Micros>(std::chrono::steady_clock::now() - began).count();
    return totals;
}

/// A process for each share: SQLite's file system and Qt's queue of events are one to a process.
bool playInProcesses(const Request &request, Totals &totals)
{
    std::vector<int> readers;
    for (int job = 0; job < request.jobs; ++job) {
        int ends[2];
        if (pipe(ends) != 0)
            return false;
        const pid_t child = fork();
        if (child < 0)
            return false;
        if (child == 0) {
            const Totals share = playShare(request, static_cast<std::uint64_t>(job),
                                           static_cast<std::uint64_t>(request.jobs));
            std::fflush(stdout);
            const bool isWritten = write(ends[1], &share, sizeof share) == static_cast<ssize_t>(sizeof share);
            _exit(isWritten ? 0 : 1);
        }
        close(ends[1]);
        readers.push_back(ends[0]);
    }
    bool isWhole = true;
    for (const int reader : readers) {
        Totals share;
        isWhole = read(reader, &share, sizeof share) == static_cast<ssize_t>(sizeof share) && isWhole;
        totals.add(share);
        close(reader);
    }
    while (wait(nullptr) > 0) {}
    return isWhole;
}

} // namespace

int main(int argc, char *argv[])
{
    std::string complaint;
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words == std::vector<std::string>{"--help"}) {
        std::fputs(usage(), stdout);
        return 0;
    }
    const auto request = parseRequest(words, complaint);
    if (!request) {
        std::fprintf(stderr, "planb-sim: %s\n\n%s", complaint.c_str(), usage());
        return 2;
    }
    Totals totals;
    bool isWhole = true;
    if (request->jobs == 1)
        totals = playShare(*request, 0, 1);
    else
        isWhole = playInProcesses(*request, totals);
    const double virtualSeconds = static_cast<double>(totals.virtualMicros) / 1e6;
    const double realSeconds = static_cast<double>(totals.realMicros) / 1e6;
    std::printf("%llu stories, %llu violations, %llu messages; %.1f days in %.1f s of one core: %.0f times real time, "
                "%.1f ms each\n",
                static_cast<unsigned long long>(totals.stories), static_cast<unsigned long long>(totals.violations),
                static_cast<unsigned long long>(totals.messages), virtualSeconds / 86'400, realSeconds,
                virtualSeconds / realSeconds,
                1e3 * realSeconds / static_cast<double>(std::max<std::uint64_t>(totals.stories, 1)));
    if (!isWhole)
        std::fputs("planb-sim: a process ended before its share was done\n", stderr);
    return isWhole && totals.violations == 0 ? 0 : 1;
}
