// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/document_tables.h"

#include "core/delivery/constants.h"
#include "core/delivery/path.h"
#include "core/model/message.h"

#include <array>

namespace planb::delivery::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Constant {
    QString name;
    QString value;
};

QString valueText(Millis value)
{
    return durationText(value.count());
}

template<class Number>
QString valueText(Number value)
{
    return QString::number(value);
}

QString valueText(const BackoffPolicy &policy)
{
    return u"%1, × %2, ± %3 %, at most %4"_s.arg(valueText(policy.first))
        .arg(policy.factor)
        .arg(policy.jitter * 100)
        .arg(valueText(policy.cap));
}

#define CONSTANT(name)                                                                                                 \
    Constant                                                                                                           \
    {                                                                                                                  \
        QStringLiteral(#name), valueText(name)                                                                         \
    }

QList<Constant> constants()
{
    return {
        CONSTANT(kOnlineWithin),
        CONSTANT(kRecentWithin),
        CONSTANT(kRecentPatience),
        CONSTANT(kAwayPatience),
        CONSTANT(kLongestRound),
        CONSTANT(kAckAtOnce),
        CONSTANT(kRepeatAckInterval),
        CONSTANT(kMissingAfterLater),
        CONSTANT(kMostMissingRepeats),
        CONSTANT(kReturnAfter),
        CONSTANT(kLossMemory),
        CONSTANT(kLongestHold),
        CONSTANT(kHeldProbeInterval),
        CONSTANT(kUnknownRest),
        CONSTANT(kUnavailableRest),
        CONSTANT(kLongestRest),
        CONSTANT(kBusyBackoff),
        CONSTANT(kNudgeInterval),
        CONSTANT(kWindow),
        CONSTANT(kHedgeCapacity),
        CONSTANT(kDeliveriesPerHedge),
        CONSTANT(kEjectAfterFailures),
        CONSTANT(kEjectBelow),
        CONSTANT(kEjectMinOutcomes),
        CONSTANT(kOutcomeWeight),
        CONSTANT(kEjection),
        CONSTANT(kLongestEjection),
        CONSTANT(kOutcomesPerReview),
        CONSTANT(kSpuriousShare),
        CONSTANT(kRaisedFloor),
        CONSTANT(kHighestFloor),
        CONSTANT(kOutageWithin),
        CONSTANT(kOutageSpacing),
        CONSTANT(kMeteredAfter),
        CONSTANT(kSpendingDay),
        CONSTANT(kSpendingMonth),
        CONSTANT(kGiveUpAfter),
    };
}

#undef CONSTANT

DocumentTable constantTable()
{
    QList<QStringList> rows;
    for (const Constant &constant : constants())
        rows.append({u'`' + constant.name + u'`', constant.value});
    return {u"constants"_s, markdownTable({u"constant"_s, u"value"_s}, rows)};
}

QString boundsText(const TimeoutBounds &bounds)
{
    return u"%1, %2 to %3"_s.arg(valueText(bounds.first), valueText(bounds.floor), valueText(bounds.cap));
}

DocumentTable kindTable()
{
    QList<QStringList> rows;
    for (const TransportKind kind :
         {TransportKind::Xmpp, TransportKind::Email, TransportKind::Lan, TransportKind::Sms}) {
        const KindConstants &of = constantsOf(kind);
        rows.append({nameOf(kind), boundsText(of.hop), boundsText(of.endToEnd), valueText(of.latencyClass),
                     valueText(of.ackDelay)});
    }
    return {u"kinds"_s,
            markdownTable({u"kind"_s, u"hop timeout: first, bounds"_s, u"end-to-end timeout: first, bounds"_s,
                           u"latency class"_s, u"acknowledgement waits"_s},
                          rows)};
}

DocumentTable messageTable()
{
    constexpr std::array kStates{MessageState::Queued,  MessageState::Sending, MessageState::Sent,
                                 MessageState::Stalled, MessageState::Failed,  MessageState::Delivered,
                                 MessageState::Read};
    QStringList head{u"from \\ to"_s};
    QList<QStringList> rows;
    for (const MessageState from : kStates) {
        head.append(nameOf(from));
        QStringList row{nameOf(from)};
        for (const MessageState to : kStates)
            row.append(mayFollow(from, to) ? u"yes"_s : u"-"_s);
        rows.append(row);
    }
    return {u"messages"_s, markdownTable(head, rows)};
}

QString restText(const Path &path, MonoTime now)
{
    const Millis rest = std::chrono::round<Millis>(path.restsUntil() - now);
    return path.isOpen(now) ? u"-"_s : durationText(rest.count());
}

// How long a path rests after the first, second and twentieth refusal, each after the rest before.
QStringList restsAfter(FailureCode code)
{
    SeededRandom random(1);
    Path path(TransportKind::Xmpp);
    MonoTime now(1h);
    QStringList rests;
    for (int refusal = 1; refusal <= 20; ++refusal) {
        path.onFailure(Failure{code, {}, {}}, now, random);
        if (refusal <= 2 || refusal == 20)
            rests.append(restText(path, now));
        now = std::max(now, path.restsUntil());
    }
    return rests;
}

QStringList ejections()
{
    PathHealth health;
    MonoTime now(1h);
    QStringList times;
    for (int ejection = 1; ejection <= 20; ++ejection) {
        while (!health.isEjected(now))
            health.onFailure(now);
        if (ejection <= 2 || ejection == 20)
            times.append(durationText(std::chrono::round<Millis>(health.ejectedUntil() - now).count()));
        now = health.ejectedUntil();
    }
    return times;
}

DocumentTable pathTable()
{
    QList<QStringList> rows;
    for (const FailureCode code :
         {FailureCode::RecipientUnknown, FailureCode::RecipientRefused, FailureCode::RecipientUnavailable})
        rows.append(QStringList{nameOf(code), u"resting"_s} + restsAfter(code));
    rows.append(QStringList{u"%1 unconfirmed in a row"_s.arg(kEjectAfterFailures), u"ejected"_s} + ejections());
    return {u"paths"_s,
            markdownTable({u"what happens"_s, u"state"_s, u"first time"_s, u"second time"_s, u"at most"_s}, rows)};
}

} // namespace

QStringList documentedConstants()
{
    QStringList names;
    for (const Constant &constant : constants())
        names.append(constant.name);
    return names;
}

QString durationText(qint64 millis)
{
    struct Unit {
        qint64 millis;
        QString name;
    };
    const std::array units{Unit{86'400'000, u"d"_s}, Unit{3'600'000, u"h"_s}, Unit{60'000, u"min"_s},
                           Unit{1'000, u"s"_s}};
    for (const Unit &unit : units) {
        if (millis >= 2 * unit.millis && millis % unit.millis == 0)
            return u"%1 %2"_s.arg(millis / unit.millis).arg(unit.name);
    }
    return millis == 1'000 ? u"1 s"_s : u"%1 ms"_s.arg(millis);
}

QString markdownTable(const QStringList &head, const QList<QStringList> &rows)
{
    const auto line = [](const QStringList &cells) { return u"| "_s + cells.join(u" | "_s) + u" |\n"_s; };
    QString table = line(head) + u'|' + u"---|"_s.repeated(head.size()) + u'\n';
    for (const QStringList &row : rows)
        table += line(row);
    return table;
}

QList<DocumentTable> documentTables()
{
    return {linkTable(), messageTable(), attemptTable(), pathTable(), kindTable(), constantTable()};
}

} // namespace planb::delivery::test
