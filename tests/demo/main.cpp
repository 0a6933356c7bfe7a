// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// planb-demo: two people talk while their server dies. Real servers, real planbctl processes, nothing pretended.
#include "tests/demo/open_house.h"
#include "tests/demo/show.h"
#include "tests/demo/summary.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace planb;
using namespace planb::demo;
using planb::test::Outcome;
using planb::test::Stage;
using planb::test::trouble;

namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongCall = 2;
constexpr Millis kReturnAfter{3'000};
constexpr int kDefaultReturnSeconds = 30;

struct Options {
    bool keep = false;
    QString jsonFile;
    Millis limit{120'000};
};

/// The exit status if there is nothing to run.
std::optional<int> parse(const QCoreApplication &application, Options &options)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Two people talk over PlanB while their primary server is killed and then frozen. Starts two real Prosody\n"
        "servers on this computer, uses temporary profiles only, and cleans up after itself."_s);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption keep(u"keep"_s, u"Leave all running afterwards and tell how to join, until Ctrl+C."_s);
    const QCommandLineOption json(u"json"_s, u"Write the figures to FILE."_s, u"FILE"_s);
    const QCommandLineOption limit(u"limit"_s, u"End after SECONDS at the latest (120)."_s, u"SECONDS"_s, u"120"_s);
    parser.addOptions({keep, json, limit});

    const bool understood = parser.parse(application.arguments()) && parser.positionalArguments().isEmpty();
    const int seconds = parser.value(limit).toInt();
    if (!understood || seconds <= 0) {
        std::fprintf(stderr, "%s\n", qPrintable(understood ? u"--limit wants seconds."_s : parser.errorText()));
        return kWrongCall;
    }
    if (parser.isSet(help)) {
        std::fputs(qPrintable(parser.helpText()), stdout);
        return kDone;
    }
    options = {parser.isSet(keep), parser.value(json), std::chrono::seconds(seconds)};
    return {};
}

Outcome<void> checkMachine()
{
    if (const QString missing = test::Prosody::whatIsMissing(); !missing.isEmpty())
        return trouble(
            u"The demo needs a real server and certificates; %1. On Debian: apt install prosody openssl"_s.arg(
                missing));
    if (!QFileInfo(test::planbctlProgram()).isExecutable())
        return trouble(u"%1 is not there; build it first."_s.arg(test::planbctlProgram()));
    return {};
}

Outcome<void> writeJson(const QString &path, const Summary &summary)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(toJson(summary)).toJson()) < 0)
        return trouble(u"%1 could not be written: %2"_s.arg(path, file.errorString()));
    return {};
}

void introduce(Stage &stage, const Timeline &timeline)
{
    timeline.note(
        u"%1 on port %2, %3 on port %4. Messages return to a better way %5 s after it is back (usually %6 s), so "
        "that there is less to wait for."_s.arg(stage.primary().domain())
            .arg(stage.primary().starttlsPort())
            .arg(stage.backup().domain())
            .arg(stage.backup().starttlsPort())
            .arg(kReturnAfter.count() / 1000)
            .arg(kDefaultReturnSeconds));
}

/// Prints and writes the figures, also of a show that was broken off.
Outcome<void> conclude(Stage &stage, const Talk &talk, const Show &show, const Timeline &timeline,
                       const Options &options)
{
    auto summary = summarise(talk.ledger(), stage.alice(), stage.bob());
    if (!summary)
        return trouble(summary.error());
    summary->rounds = show.figures();
    summary->returnAfter = kReturnAfter;
    print(*summary, timeline);
    if (!options.jsonFile.isEmpty()) {
        if (auto written = writeJson(options.jsonFile, *summary); !written)
            return written;
    }
    return summary->isFlawless() ? Outcome<void>() : trouble(u"Not every message arrived exactly once."_s);
}

Outcome<void> perform(Stage &stage, Timeline &timeline, const Options &options, const Interruption &interruption)
{
    timeline.setStart(SystemClock().now());
    Talk talk(stage.alice(), stage.bob());
    Show show(stage, talk, timeline, interruption, options.limit);
    auto played = show.play();
    talk.pause();
    if (interruption.isWished())
        return played;
    auto concluded = conclude(stage, talk, show, timeline, options);
    return played ? concluded : played;
}

Outcome<void> run(const Options &options, const Interruption &interruption)
{
    if (auto able = checkMachine(); !able)
        return able;
    Timeline timeline;
    timeline.note(u"Starting two servers and two people …"_s);
    auto stage = Stage::build();
    if (!stage)
        return trouble(stage.error());
    if (auto chosen = (*stage)->setReturnAfter(kReturnAfter); !chosen)
        return chosen;
    introduce(**stage, timeline);
    if (auto performed = perform(**stage, timeline, options, interruption); !performed)
        return performed;
    return options.keep ? keepOpen(**stage, timeline, interruption) : Outcome<void>();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    Options options;
    if (const auto status = parse(application, options))
        return *status;
    const Interruption interruption;
    const auto outcome = run(options, interruption);
    if (outcome)
        return kDone;
    std::fprintf(stderr, "%s\n", qPrintable(outcome.error()));
    return kFailed;
}
