// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/status_text.h"

#include "app/text.h"
#include "core/rpc/failure_sentence.h"

#include <algorithm>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

QString millis(Micros duration)
{
    return u"%1 ms"_s.arg(std::chrono::round<Millis>(duration).count());
}

QStringList notesOn(const LinkStatus &link)
{
    QStringList notes;
    if (link.sight != u"down"_s)
        notes.append(u"hop timeout "_s + millis(link.hopTimeout));
    if (link.open > 0)
        notes.append(u"%1 unanswered"_s.arg(link.open));
    if (link.losses > 0)
        notes.append(u"lost %1× lately"_s.arg(link.losses));
    if (link.heldUntil)
        notes.append(u"held until "_s + localTime(*link.heldUntil));
    return notes;
}

QString notesOn(const TransportStatus &transport, const QList<LinkStatus> &links)
{
    QStringList notes;
    if (transport.inUse)
        notes.append(u"in use"_s);
    if (!transport.enabled)
        notes.append(u"disabled"_s);
    if (transport.link.rtt)
        notes.append(millis(*transport.link.rtt));
    for (const LinkStatus &link : links) {
        if (link.transport == transport.id)
            notes += notesOn(link);
    }
    if (transport.link.failure)
        notes.append(rpc::sentenceFor(*transport.link.failure));
    return printable(notes.join(u", "_s));
}

QString chainText(const StatusSummary &status)
{
    QList<QStringList> rows;
    for (const TransportStatus &transport : status.transports) {
        rows.append({transport.id.toString(), printable(transport.label), nameOf(transport.kind),
                     printable(transport.address), nameOf(transport.link.phase),
                     notesOn(transport, status.delivery.links)});
    }
    return table(rows);
}

QString labelOf(TransportId id, const QList<TransportStatus> &transports)
{
    const auto found = std::ranges::find(transports, id, &TransportStatus::id);
    return found == transports.end() ? id.toString() : printable(found->label);
}

QString sharedText(const StatusSummary &status)
{
    QString text = u"Independent routes: %1\n"_s.arg(status.independentRoutes);
    for (const SharedRoutes &shared : status.sharedRoutes) {
        QStringList labels;
        for (const TransportId id : shared.transports)
            labels.append(labelOf(id, status.transports));
        const QString what = shared.what == u"addressRange"_s ? u"address range"_s : shared.what;
        text += u"  %1 share the %2 %3\n"_s.arg(labels.join(u", "_s), what, printable(shared.name));
    }
    return text;
}

bool isWorthALine(const PathStatus &path)
{
    return path.inUse || path.state != u"open"_s || path.lastFailure || path.successRate < 1.0;
}

QString notesOn(const PathStatus &path)
{
    QStringList notes;
    if (path.inUse)
        notes.append(u"in use"_s);
    if (path.until)
        notes.append(u"until "_s + localTime(*path.until));
    notes.append(u"%1 % confirmed"_s.arg(qRound(path.successRate * 100)));
    notes.append(u"end-to-end timeout "_s + millis(path.endToEndTimeout));
    if (path.lastFailure)
        notes.append(nameOf(*path.lastFailure));
    return notes.join(u", "_s);
}

QString pathsText(const StatusSummary &status, const QList<Contact> &people)
{
    const QList<PathStatus> &paths = status.delivery.paths;
    QStringList counts;
    for (const QString &state : {u"open"_s, u"ejected"_s, u"resting"_s})
        counts.append(u"%1 %2"_s.arg(std::ranges::count(paths, state, &PathStatus::state)).arg(state));
    QList<QStringList> rows;
    for (const PathStatus &path : paths) {
        if (!isWorthALine(path))
            continue;
        const auto person = std::ranges::find(people, path.contact, &Contact::id);
        rows.append({u"  "_s + (person == people.end() ? path.contact.toString() : printable(person->name)),
                     labelOf(path.transport, status.transports), printable(path.address.value), path.state,
                     notesOn(path)});
    }
    return u"Paths: "_s + counts.join(u", "_s) + u'\n' + table(rows);
}

} // namespace

QString statusText(const StatusSummary &status, const QList<Contact> &people)
{
    const OutboxStatus &outbox = status.delivery.outbox;
    return chainText(status) + sharedText(status) + pathsText(status, people)
        + u"Outbox: %1 waiting, %2 under way, %3 unconfirmed, %4 stalled\n"_s.arg(outbox.waiting)
              .arg(outbox.open)
              .arg(outbox.unconfirmed)
              .arg(outbox.stalled)
        + u"Waiting to be sent: %1\n"_s.arg(status.queued);
}

} // namespace planb::ctl
