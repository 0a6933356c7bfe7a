// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/timeline.h"

#include "tests/demo/columns.h"

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace planb::demo {

namespace {
constexpr int kTimeColumns = 8;
constexpr int kWhoColumns = 13;
constexpr int kTextColumns = 44;
constexpr int kWayColumns = 18;
constexpr int kTriesColumns = 5;
constexpr int kTravelColumns = 8;

/// What was tried before the way it came by, or after it where the answer was lost.
QString wayOf(const Spoken &line)
{
    if (line.ways.size() < 2)
        return line.arrivedBy;
    if (line.ways.first() == line.arrivedBy)
        return line.arrivedBy + u" + "_s + line.ways.last();
    return line.ways.first() + u" → "_s + line.arrivedBy;
}

} // namespace

Timeline::Timeline()
    : m_start(SystemClock().now()), m_colours(isatty(STDOUT_FILENO) != 0 && qEnvironmentVariableIsEmpty("NO_COLOR"))
{}

void Timeline::print(const QString &line)
{
    std::fputs(line.toUtf8().append('\n').constData(), stdout);
    std::fflush(stdout); // live also through a pipe
}

QString Timeline::painted(const QString &text, Tone tone) const
{
    if (!m_colours)
        return text;
    switch (tone) {
    case Tone::Plain: return text;
    case Tone::Quiet: return u"\033[2m"_s + text + u"\033[0m"_s;
    case Tone::Good: return u"\033[32m"_s + text + u"\033[0m"_s;
    case Tone::Detour: return u"\033[33m"_s + text + u"\033[0m"_s;
    case Tone::Bad: return u"\033[1;31m"_s + text + u"\033[0m"_s;
    }
    Q_UNREACHABLE();
}

QString Timeline::stamp(MonoTime at) const
{
    const double seconds = std::chrono::duration<double>(at - m_start).count();
    return QString::number(seconds, 'f', 3).rightJustified(kTimeColumns) + u"  "_s;
}

void Timeline::heading(const QString &text) const
{
    print({});
    print(painted(u"── %1 "_s.arg(text) + QString(qMax(2, 92 - displayWidth(text)), u'─'), Tone::Good));
}

void Timeline::header() const
{
    const QString line = u" arrived"_s + u"  "_s + fitted(u"who"_s, kWhoColumns) + fitted(u"text"_s, kTextColumns)
        + u"  "_s + fitted(u"way"_s, kWayColumns) + fitted(u"tries"_s, kTriesColumns)
        + u"took"_s.rightJustified(kTravelColumns);
    print(painted(line, Tone::Quiet));
}

void Timeline::message(const Spoken &line, const QString &reader, bool detour) const
{
    const QString way = wayOf(line);
    const QString took = QString::number(line.travelTime().count()) + u" ms"_s;
    print(stamp(line.arrivedAt.value()) + fitted(line.author + u" → "_s + reader, kWhoColumns)
          + fitted(line.text, kTextColumns) + u"  "_s
          + painted(fitted(way, kWayColumns), detour ? Tone::Detour : Tone::Good)
          + QString::number(line.ways.size()).rightJustified(kTriesColumns) + took.rightJustified(kTravelColumns));
}

void Timeline::event(MonoTime at, const QString &text, Tone tone) const
{
    print(stamp(at) + painted(u"▸ "_s + text, tone));
}

void Timeline::note(const QString &text, Tone tone) const
{
    print(painted(text, tone));
}

} // namespace planb::demo
