// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// planb-failover: how PlanB stands up to faults, with real servers and real planbctl processes on this computer.
// Lines for people go to standard error, one JSON object to standard output; the exit status tells of violations, not
// of times: compare those with the goals in docs/testing.md on a machine that does nothing else.
#include "tests/demo/interruption.h"
#include "tests/failover/cluster.h"
#include "tests/failover/cuts.h"
#include "tests/failover/flapping.h"
#include "tests/failover/kill_loop.h"
#include "tests/failover/private_network.h"
#include "tests/failover/trials.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace planb;
using namespace planb::failover;
using planb::test::Outcome;
using planb::test::trouble;

namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongCall = 2;

void tell(const QString &line)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(line));
}

struct Options {
    QString scenario;
    int trials = 20;
    Millis roundTrip{-1}; ///< negative: the scenario's own
    bool byteAtATime = false;
    bool withoutEjabberd = false;
    KillPlan kills;
    ClusterPlan cluster;
    FlapPlan flapping;
    CutPlan cuts;
};

QString scenarioHelp()
{
    QStringList lines{u"kills: clients are killed at random"_s,
                      u"cluster: nodes of a cluster of two ejabberds are killed by turns"_s,
                      u"flapping: the network to the primary goes and comes each second"_s,
                      u"cuts: the network to the only server is away for some seconds, and comes back"_s};
    for (const Scenario &scenario : scenarios())
        lines.append(scenario.name + u": "_s + scenario.words);
    return lines.join(u"; "_s);
}

bool isKnown(const QString &scenario)
{
    const QStringList ownWays{u"kills"_s, u"cluster"_s, u"flapping"_s, u"cuts"_s};
    return ownWays.contains(scenario) || scenarioNamed(scenario);
}

/// The exit status if there is nothing to run.
std::optional<int> parse(const QCoreApplication &application, Options &options)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Kills clients and breaks servers and networks under two people who talk."_s);
    parser.addHelpOption();
    parser.addPositionalArgument(u"SCENARIO"_s, scenarioHelp());
    const QCommandLineOption count(u"count"_s, u"kills and cluster: how many (10)."_s, u"N"_s, u"10"_s);
    const QCommandLineOption seed(u"seed"_s, u"kills: who dies when (1)."_s, u"N"_s, u"1"_s);
    const QCommandLineOption trials(u"trials"_s, u"How often the primary is broken (20)."_s, u"N"_s, u"20"_s);
    const QCommandLineOption seconds(u"seconds"_s, u"flapping and cuts: how long (60)."_s, u"N"_s, u"60"_s);
    const QCommandLineOption reset(u"reset"_s, u"flapping and cuts: with resets instead of silence."_s);
    const QCommandLineOption rtt(u"rtt"_s, u"Round trip in ms instead of the scenario's own."_s, u"MS"_s, u"-1"_s);
    const QCommandLineOption bytes(u"byte-at-a-time"_s, u"Every byte between clients and servers travels alone."_s);
    const QCommandLineOption plain(u"without-ejabberd"_s, u"A second Prosody is the backup."_s);
    const QCommandLineOption ejabberd(u"ejabberd"_s, u"cuts: of an ejabberd, not a Prosody."_s);
    const QCommandLineOption keep(u"keep"_s, u"cuts: how long the server keeps a lost stream (300)."_s, u"S"_s,
                                  u"300"_s);
    parser.addOptions({count, seed, trials, seconds, reset, rtt, bytes, plain, ejabberd, keep});
    parser.process(application);

    options.scenario = parser.positionalArguments().value(0);
    options.trials = parser.value(trials).toInt();
    options.roundTrip = Millis(parser.value(rtt).toInt());
    options.byteAtATime = parser.isSet(bytes);
    options.withoutEjabberd = parser.isSet(plain);
    options.kills.kills = parser.value(count).toInt();
    options.cluster.kills = options.kills.kills;
    options.kills.seed = parser.value(seed).toULongLong();
    options.flapping.duration = std::chrono::seconds(parser.value(seconds).toInt());
    options.flapping.byReset = parser.isSet(reset);
    options.cuts = {options.flapping.duration, std::chrono::seconds(parser.value(keep).toInt()), parser.isSet(reset),
                    parser.isSet(ejabberd)};
    const bool positive = options.trials > 0 && options.kills.kills > 0 && options.flapping.duration.count() > 0;
    if (parser.positionalArguments().size() == 1 && isKnown(options.scenario) && positive)
        return {};
    tell(u"Unknown scenario, or a number that is not positive; see --help."_s);
    return kWrongCall;
}

/// Prints what was found; whether nothing was violated.
template<class Report>
Outcome<bool> conclude(const Outcome<Report> &report)
{
    if (!report)
        return trouble(report.error());
    tell(report->toText());
    std::printf("%s\n", QJsonDocument(report->toJson()).toJson(QJsonDocument::Compact).constData());
    return report->violations.areNone();
}

void adjust(ArenaOptions &arena, const Options &options)
{
    if (options.roundTrip >= Millis(0))
        arena.delay = options.roundTrip / 2;
    arena.byteAtATime = options.byteAtATime;
    arena.withoutEjabberd = options.withoutEjabberd;
}

Outcome<bool> run(const Options &options, const Audience &audience)
{
    if (const QString missing = test::Prosody::whatIsMissing(); !missing.isEmpty())
        return trouble(u"This needs a real server; %1. On Debian: apt install prosody openssl"_s.arg(missing));
    if (options.scenario == "kills"_L1)
        return conclude(runKillLoop(options.kills, audience));
    const auto known = scenarioNamed(options.scenario);
    if (!known || known->needsNetwork) {
        if (auto entered = PrivateNetwork::enter(); !entered) {
            tell(u"Skipped: "_s + entered.error() + u'.');
            return true;
        }
    }
    if (options.scenario == "cuts"_L1)
        return conclude(runCuts(options.cuts, audience));
    if (options.scenario == "cluster"_L1)
        return conclude(runCluster(options.cluster, audience));
    if (!known) {
        FlapPlan plan = options.flapping;
        adjust(plan.arena, options);
        return conclude(runFlapping(plan, audience));
    }
    Scenario scenario = *known;
    adjust(scenario.arena, options);
    return conclude(runTrials(scenario, options.trials, audience));
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    Options options;
    if (const auto status = parse(application, options))
        return *status;
    const demo::Interruption interruption;
    const auto isClean = run(options, {tell, [&] { return interruption.isWished(); }});
    if (!isClean)
        tell(isClean.error());
    return isClean.value_or(false) ? kDone : kFailed;
}
