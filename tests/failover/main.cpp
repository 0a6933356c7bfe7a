// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// planb-failover: how PlanB stands up to faults, with real servers and real planbctl processes on this computer.
// Lines for people go to standard error, one JSON object to standard output; the exit status tells of violations.
#include "tests/failover/kill_loop.h"

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
    KillPlan kills;
};

/// The exit status if there is nothing to run.
std::optional<int> parse(const QCoreApplication &application, Options &options)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Kills clients and breaks servers and networks under two people who talk."_s);
    parser.addHelpOption();
    parser.addPositionalArgument(u"SCENARIO"_s, u"kills"_s);
    const QCommandLineOption count(u"count"_s, u"kills: how many (10)."_s, u"N"_s, u"10"_s);
    const QCommandLineOption seed(u"seed"_s, u"kills: who dies when (1)."_s, u"N"_s, u"1"_s);
    parser.addOptions({count, seed});
    parser.process(application);

    options.kills.kills = parser.value(count).toInt();
    options.kills.seed = parser.value(seed).toULongLong();
    if (parser.positionalArguments() == QStringList{u"kills"_s} && options.kills.kills > 0)
        return {};
    tell(u"Unknown scenario, or a number that is not positive; see --help."_s);
    return kWrongCall;
}

Outcome<bool> run(const Options &options)
{
    if (const QString missing = test::Prosody::whatIsMissing(); !missing.isEmpty())
        return trouble(u"This needs a real server; %1. On Debian: apt install prosody openssl"_s.arg(missing));
    const auto report = runKillLoop(options.kills, tell);
    if (!report)
        return trouble(report.error());
    tell(report->violations.toText());
    std::printf("%s\n", QJsonDocument(report->toJson()).toJson(QJsonDocument::Compact).constData());
    return report->violations.areNone();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    Options options;
    if (const auto status = parse(application, options))
        return *status;
    const auto isClean = run(options);
    if (!isClean)
        tell(isClean.error());
    return isClean.value_or(false) ? kDone : kFailed;
}
