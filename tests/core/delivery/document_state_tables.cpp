// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/document_tables.h"
#include "tests/core/delivery/engine_world.h"

#include "core/delivery/constants.h"

#include <functional>

namespace planb::delivery::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr MonoTime kStart{1h};
constexpr TransportId kId{1};
constexpr AttemptId kOpen{1};

using Step = std::function<void(Link &, MonoTime)>;

struct Named {
    QString name;
    Step step;
};

LinkChanged sight(LinkSight to, std::optional<FailureCode> code = {})
{
    return {kId, to, code ? std::optional(Failure{*code, {}, {}}) : std::nullopt, {}};
}

Step seen(LinkSight to, std::optional<FailureCode> code = {})
{
    return [=](Link &link, MonoTime now) { link.onSight(sight(to, code), now); };
}

QList<Named> linkStates()
{
    const auto ready = [](Link &link, MonoTime now) {
        link.onSight(sight(LinkSight::Ready), now);
        link.onAttemptStarted(kOpen, now);
    };
    return {
        {u"Down, never lost"_s, [](Link &, MonoTime) {}},
        {u"Down, lost"_s,
         [ready](Link &link, MonoTime now) {
             ready(link, now);
             link.onSight(sight(LinkSight::Down, FailureCode::ConnectionLost), now);
         }},
        {u"Ready"_s, ready},
        {u"Suspect"_s,
         [ready](Link &link, MonoTime now) {
             ready(link, now);
             link.onHopTimeout(now);
         }},
    };
}

QList<Named> linkEvents()
{
    return {
        {u"comes up"_s, seen(LinkSight::Ready)},
        {u"transport doubts it"_s, seen(LinkSight::Suspect)},
        {u"goes down without a failure"_s, seen(LinkSight::Down)},
        {u"goes down by the server's fault"_s, seen(LinkSight::Down, FailureCode::ServerClosed)},
        {u"goes down, no network"_s, seen(LinkSight::Down, FailureCode::NetworkUnreachable)},
        {u"hop timeout"_s,
         [](Link &link, MonoTime now) {
             if (link.hopDeadline()) // nobody waits otherwise
                 link.onHopTimeout(now);
         }},
        {u"open attempt accepted"_s, [](Link &link, MonoTime now) { link.onAttemptAccepted(kOpen, now); }},
        {u"open attempt refused by the recipient"_s,
         [](Link &link, MonoTime now) {
             link.onAttemptFailed(kOpen, Failure{FailureCode::RecipientUnknown, {}, {}}, now);
         }},
        {u"the loss was one of the local network"_s, [](Link &link, MonoTime now) { link.forgiveLoss(now); }},
    };
}

QString textOf(LinkSight sight)
{
    switch (sight) {
    case LinkSight::Down: return u"Down"_s;
    case LinkSight::Ready: return u"Ready"_s;
    case LinkSight::Suspect: return u"Suspect"_s;
    }
    Q_UNREACHABLE();
}

QString outcomeOf(const Named &state, const Named &event)
{
    Link link({kId, TransportKind::Xmpp, u"one.example"_s, 10'000, false}, kReturnAfter);
    state.step(link, kStart);
    const LinkSight before = link.sight();
    const std::size_t losses = link.losses();
    const MonoTime now = kStart + 1s;
    event.step(link, now);
    QStringList words;
    if (link.sight() != before)
        words.append(textOf(link.sight()));
    if (link.losses() > losses)
        words.append(u"a loss"_s);
    if (link.losses() < losses)
        words.append(u"one loss less"_s);
    if (const auto held = link.heldUntil(now))
        words.append(u"held for "_s + durationText(std::chrono::round<Millis>(*held - now).count()));
    return words.isEmpty() ? u"-"_s : words.join(u", "_s);
}

QString textOf(const std::vector<AttemptState> &ends)
{
    return ends.empty() ? u"open"_s : nameOf(ends.back());
}

QString restOf(const EngineWorld &world)
{
    for (const PathReport &path : world.engine().report(world.now()).paths) {
        if (path.route != Route{kPrimary, bobAtOne()} || path.state != PathState::Resting)
            continue;
        const qint64 rest = std::chrono::round<Millis>(*path.until - world.now()).count();
        return rest < 1'000 ? u"by backoff"_s : durationText(rest);
    }
    return u"-"_s;
}

QStringList rowFor(const QString &answer, const QString &blame,
                   const std::function<void(EngineWorld &, MessageId)> &step)
{
    EngineWorld world;
    const MessageId message = world.send();
    const AttemptId first = world.attempt(message, kPrimary);
    step(world, message);
    const auto attempts = world.attempts(message);
    const bool wentOn = attempts.size() > 1;
    return {answer,
            blame,
            textOf(world.endsOf(first)),
            restOf(world),
            wentOn ? attempts[1].reason : u"-"_s,
            nameOf(world.shown(message))};
}

} // namespace

DocumentTable linkTable()
{
    QStringList head{u"event \\ state"_s};
    for (const Named &state : linkStates())
        head.append(state.name);
    QList<QStringList> rows;
    for (const Named &event : linkEvents()) {
        QStringList row{event.name};
        for (const Named &state : linkStates())
            row.append(outcomeOf(state, event));
        rows.append(row);
    }
    return {u"links"_s, markdownTable(head, rows)};
}

DocumentTable attemptTable()
{
    QList<QStringList> rows{
        rowFor(u"none yet"_s, u"-"_s, [](EngineWorld &, MessageId) {}),
        rowFor(u"the hop takes it"_s, u"-"_s,
               [](EngineWorld &world, MessageId message) { world.accepts(message, kPrimary); }),
        rowFor(u"none within the hop timeout"_s, u"-"_s,
               [](EngineWorld &world, MessageId) { world.advance(constantsOf(TransportKind::Xmpp).hop.first); }),
        rowFor(u"the link is lost"_s, u"-"_s, [](EngineWorld &world, MessageId) { world.link(kPrimary).goesDown(); }),
        rowFor(u"the person confirms it"_s, u"-"_s,
               [](EngineWorld &world, MessageId message) { world.confirms(message, kPrimary); }),
    };
    for (const FailureTraits &traits : allFailureTraits()) {
        if (traits.blame == Blame::Device || traits.blame == Blame::Request)
            continue; // never an answer to an attempt
        rows.append(rowFor(nameOf(traits.code), nameOf(traits.blame), [&](EngineWorld &world, MessageId message) {
            world.refuses(message, kPrimary, traits.code);
        }));
    }
    return {u"attempts"_s,
            markdownTable({u"answer"_s, u"blame"_s, u"attempt"_s, u"path rests"_s, u"next attempt, with the reason"_s,
                           u"message"_s},
                          rows)};
}

} // namespace planb::delivery::test
