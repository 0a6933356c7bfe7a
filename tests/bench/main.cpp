// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// planb-bench: how long things take, with real servers and real planbctl processes on this computer.
// It measures and asserts nothing: compare the figures of one run with each other, not with another computer's.
#include "tests/bench/parts.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace planb;
using namespace planb::bench;
using planb::test::Outcome;
using planb::test::Stage;
using planb::test::trouble;

namespace {

struct Options {
    QStringList parts{u"latency"_s, u"switch"_s, u"burst"_s, u"throughput"_s, u"sealing"_s};
    int messages = 500;
    int trials = 5;
    int burst = 1'000;
    int throughput = 10'000;
    int sealing = 5'000;
};

/// The exit status if there is nothing to run.
std::optional<int> parse(const QCoreApplication &application, Options &options)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Measures PlanB against real servers on this computer. Prints lines for people to\n"
        "standard error and one JSON object to standard output."_s);
    parser.addHelpOption();
    const QCommandLineOption parts(u"parts"_s, u"Comma-separated: latency,switch,burst,throughput,sealing (all)."_s,
                                   u"LIST"_s, options.parts.join(u','));
    const QCommandLineOption messages(u"messages"_s, u"Messages of the latency part (500)."_s, u"N"_s, u"500"_s);
    const QCommandLineOption trials(u"trials"_s, u"Kills, and as many freezes (5)."_s, u"N"_s, u"5"_s);
    const QCommandLineOption burst(u"burst"_s, u"Messages of the burst (1000)."_s, u"N"_s, u"1000"_s);
    parser.addOptions({parts, messages, trials, burst});
    parser.process(application);

    options = {parser.value(parts).split(u',', Qt::SkipEmptyParts), parser.value(messages).toInt(),
               parser.value(trials).toInt(), parser.value(burst).toInt()};
    const QStringList known = Options().parts;
    const bool allKnown = std::all_of(options.parts.begin(), options.parts.end(),
                                      [&](const QString &part) { return known.contains(part); });
    if (allKnown && options.messages > 0 && options.trials > 0 && options.burst > 0)
        return {};
    std::fputs("Unknown part, or a number that is not positive; see --help.\n", stderr);
    return 2;
}

Outcome<std::unique_ptr<Stage>> setUp()
{
    if (const QString missing = test::Prosody::whatIsMissing(); !missing.isEmpty())
        return trouble(u"The benchmark needs a real server; %1. On Debian: apt install prosody openssl"_s.arg(missing));
    auto stage = Stage::build();
    if (!stage)
        return stage;
    for (test::Person *person : {&(*stage)->alice(), &(*stage)->bob()}) {
        if (auto ready = person->waitUntilReady(); !ready)
            return trouble(ready.error());
    }
    return stage;
}

/// Adds a part's figures under its name and prints its lines.
Outcome<void> keep(QJsonObject &all, const QString &name, const Outcome<Finding> &finding)
{
    if (!finding)
        return trouble(name + u": "_s + finding.error());
    all.insert(name, finding->json);
    for (const QString &line : finding->lines)
        std::fprintf(stderr, "%s\n", qUtf8Printable(line));
    return {};
}

/// With real servers and planbctl processes.
Outcome<void> runOnStage(const Options &options, QJsonObject &all)
{
    auto built = setUp();
    if (!built)
        return trouble(built.error());
    Stage &stage = **built;
    Outcome<void> done;
    if (options.parts.contains(u"latency"_s))
        done = keep(all, u"latency"_s, measureLatency(stage, options.messages));
    if (done && options.parts.contains(u"burst"_s))
        done = keep(all, u"burst"_s, measureBurst(stage, options.burst));
    if (done && options.parts.contains(u"switch"_s)) {
        // The pause before a return doubles with each loss; none at all keeps many trials short.
        done = stage.setReturnAfter(Millis(0));
        if (done)
            done = keep(all, u"switchKilled"_s, measureSwitch(stage, Fault::Killed, options.trials));
        if (done)
            done = keep(all, u"switchFrozen"_s, measureSwitch(stage, Fault::Frozen, options.trials));
    }
    return done;
}

Outcome<QJsonObject> run(const Options &options)
{
    QJsonObject all;
    Outcome<void> done;
    if (options.parts.contains(u"throughput"_s))
        done = keep(all, u"throughput"_s, measureThroughput(options.throughput));
    if (done && options.parts.contains(u"sealing"_s))
        done = keep(all, u"sealing"_s, measureSealing(options.sealing));
    const bool needsServers = std::any_of(options.parts.begin(), options.parts.end(), [](const QString &part) {
        return part != u"throughput"_s && part != u"sealing"_s;
    });
    if (done && needsServers)
        done = runOnStage(options, all);
    if (!done)
        return trouble(done.error());
    return all;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    Options options;
    if (const auto status = parse(application, options))
        return *status;
    const auto found = run(options);
    if (!found) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(found.error()));
        return 1;
    }
    std::printf("%s\n", QJsonDocument(*found).toJson(QJsonDocument::Compact).constData());
    return 0;
}
