// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/show.h"

using namespace Qt::StringLiterals;

namespace planb::demo {

using test::Outcome;
using test::trouble;

namespace {

constexpr Millis kBefore{3'000}; ///< talk over the primary alone
constexpr Millis kOutage{5'000}; ///< a fault lasts at least this long
constexpr Millis kAfter{1'500}; ///< talk once it is back
constexpr Millis kSwitchLimit{20'000};
constexpr Millis kReturnLimit{45'000};
constexpr Millis kDeliveryLimit{30'000};

MonoTime now()
{
    return SystemClock().now();
}

} // namespace

Show::Show(test::Stage &stage, Talk &talk, const Timeline &timeline, const Interruption &interruption, Millis limit)
    : m_stage(stage), m_talk(talk), m_timeline(timeline), m_interruption(interruption), m_deadline(limit)
{
    narrate(m_stage.alice());
    narrate(m_stage.bob());
    QObject::connect(&m_talk, &Talk::settled, &m_context, [this](const Spoken &line) {
        m_timeline.message(line, m_talk.readerOf(line.author), line.arrivedBy != test::primaryLabel());
    });
}

void Show::narrate(test::Person &person)
{
    const QString who = person.name();
    QObject::connect(
        &person, &test::Person::linkChanged, &m_context,
        [this, who](const QString &label, const QJsonObject &transport) { onLinkChanged(who, label, transport); });
    QObject::connect(&person, &test::Person::switched, &m_context,
                     [this, who](const QString &from, const QString &to, const QString &reason) {
                         m_timeline.event(now(), u"%1 goes on by %2 instead of %3 (%4)"_s.arg(who, to, from, reason),
                                          to == test::primaryLabel() ? Timeline::Tone::Good : Timeline::Tone::Detour);
                     });
}

// Reconnecting flickers between connecting and waiting; only what a person would care about is told.
void Show::onLinkChanged(const QString &who, const QString &label, const QJsonObject &transport)
{
    const QString state = transport["state"_L1].toString();
    if (state == "connecting"_L1)
        return;
    QString &told = m_told[who + label];
    const QString before = std::exchange(told, state);
    if (before == state || (before.isEmpty() && state == "ready"_L1))
        return;
    const QString why = transport["failure"_L1].toObject()["code"_L1].toString();
    m_timeline.event(now(), u"%1: %2 is %3%4"_s.arg(who, label, state, why.isEmpty() ? QString() : u", "_s + why),
                     Timeline::Tone::Quiet);
}

Outcome<void> Show::play()
{
    const QString domain = m_stage.primary().domain();
    const Fault killed{u"killed"_s, domain + u" is killed with SIGKILL while messages are under way"_s,
                       domain + u" is started again"_s, [this] { m_stage.primary().kill9(); },
                       [this] { return m_stage.primary().start(); }};
    const Fault frozen{u"frozen"_s, domain + u" is frozen with SIGSTOP: connections stay open, nothing answers"_s,
                       domain + u" is thawed with SIGCONT"_s, [this] { m_stage.primary().freeze(); },
                       [this]() -> Outcome<void> {
                           m_stage.primary().thaw();
                           return {};
                       }};

    for (test::Person *person : {&m_stage.alice(), &m_stage.bob()}) {
        if (auto ready = person->waitUntilReady(); !ready)
            return ready;
    }
    m_timeline.heading(u"Both talk over %1"_s.arg(domain));
    m_timeline.header();
    m_talk.begin();
    if (auto talked = letThemTalk(kBefore); !talked)
        return talked;
    m_timeline.heading(u"Round 1: the server dies"_s);
    if (auto played = playRound(killed); !played)
        return played;
    m_timeline.heading(u"Round 2: the server hangs"_s);
    if (auto played = playRound(frozen); !played)
        return played;
    return finish();
}

Outcome<void> Show::strike(const Fault &fault)
{
    m_talk.bothSpeakNow();
    const qsizetype last = m_talk.ledger().spoken().size() - 1;
    const auto isOnDisk = [&] {
        const QList<Spoken> &spoken = m_talk.ledger().spoken();
        return !spoken.at(last).messageId.isEmpty() && !spoken.at(last - 1).messageId.isEmpty();
    };
    if (auto stored = await(u"two messages to be stored"_s, isOnDisk, test::kPatience); !stored)
        return stored;
    fault.strike();
    m_rounds.append({fault.name, now(), MonoTime::max()});
    m_timeline.event(now(), fault.announcement, Timeline::Tone::Bad);
    m_talk.bothSpeakNow();
    return {};
}

Outcome<void> Show::playRound(const Fault &fault)
{
    if (auto struck = strike(fault); !struck)
        return struck;
    if (auto talked = letThemTalk(kOutage); !talked)
        return talked;
    const auto hasSwitched = [this] { return newest().switchTime.has_value(); };
    if (auto switched = await(u"a message over the backup"_s, hasSwitched, kSwitchLimit); !switched)
        return switched;

    if (auto repaired = fault.repair(); !repaired)
        return repaired;
    m_rounds.last().backAt = now();
    m_timeline.event(now(), fault.repairAnnouncement, Timeline::Tone::Good);
    const auto hasReturned = [this] { return newest().returnTime.has_value(); };
    if (auto returned = await(u"messages over the primary again"_s, hasReturned, kReturnLimit); !returned)
        return returned;
    return letThemTalk(kAfter);
}

Outcome<void> Show::finish()
{
    m_talk.pause();
    return await(
        u"the last messages to be delivered"_s, [this] { return m_talk.ledger().undelivered() == 0; }, kDeliveryLimit);
}

Outcome<void> Show::letThemTalk(Millis time)
{
    const QDeadlineTimer until(time);
    return await(
        u"the conversation to go on"_s, [&] { return until.hasExpired(); }, time + test::kPatience);
}

Outcome<void> Show::await(const QString &what, const std::function<bool()> &condition, Millis limit)
{
    const Millis left = std::min(limit, Millis(m_deadline.remainingTime()));
    const auto isOver = [&] { return condition() || m_interruption.isWished() || !m_talk.complaint().isEmpty(); };
    test::waitUntil(isOver, left);
    if (m_interruption.isWished())
        return trouble(u"Interrupted."_s);
    if (!m_talk.complaint().isEmpty())
        return trouble(m_talk.complaint());
    if (condition())
        return {};
    return trouble(u"Waited %1 s in vain for %2."_s.arg(double(left.count()) / 1000).arg(what));
}

RoundFigures Show::newest() const
{
    return figuresOf(m_rounds.last(), m_talk.ledger().spoken(), test::primaryLabel());
}

QList<RoundFigures> Show::figures() const
{
    QList<RoundFigures> all;
    for (const RoundTimes &round : m_rounds)
        all.append(figuresOf(round, m_talk.ledger().spoken(), test::primaryLabel()));
    return all;
}

} // namespace planb::demo
