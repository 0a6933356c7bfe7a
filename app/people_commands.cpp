// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/run.h"
#include "app/text.h"
#include "core/rpc/encode.h"
#include "core/rpc/encode_people.h"

#include <algorithm>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

/// The addresses that the user wrote, all of them XMPP addresses; nothing after having ended the run.
std::optional<QList<Address>> addressesOf(Run &run, const Arguments &arguments)
{
    QList<Address> addresses;
    for (const QString &word : arguments.positional) {
        const Result<Address> address = Address::recognise(TransportKind::Xmpp, word);
        if (!address) {
            run.refuse(u"%1: %2."_s.arg(printable(word), address.error().detail));
            return {};
        }
        addresses.append(*address);
    }
    return addresses;
}

QString subscriptionsOf(const PersonStatus &person)
{
    QStringList words;
    for (const ListedPerson &listed : person.lists)
        words.append(nameOf(listed.entry.subscription) + (listed.entry.isAsked ? u" (asked)"_s : QString()));
    return words.join(u", "_s);
}

void listPeople(Run &run, const Arguments &)
{
    run.open(Reach::Offline, [&run] {
        run.ask(run.messenger().people(), [&run](const QList<PersonStatus> &people) {
            QList<QStringList> rows;
            for (const PersonStatus &status : people)
                rows.append({printable(status.person.address.value), printable(status.person.nickname),
                             subscriptionsOf(status), status.person.isBlocked ? u"blocked"_s : QString()});
            run.finish(rpc::peopleToJson(people), table(rows));
        });
    });
}

void listRequests(Run &run, const Arguments &)
{
    run.open(Reach::Offline, [&run] {
        run.ask(run.messenger().presenceRequests(), [&run](const QList<PresenceRequest> &requests) {
            QList<QStringList> rows;
            for (const PresenceRequest &request : requests)
                rows.append({printable(request.from.value), printable(request.nickname), printable(request.words),
                             request.from.mixesLookAlikes() ? u"mixes look-alike letters"_s : QString()});
            run.finish(rpc::requestsToJson(requests), table(rows));
        });
    });
}

/// Answers every request of this address, whichever account it came to; the servers hear of it at the next login.
void answerAll(Run &run, const Address &from, RequestAnswer answer, QList<PresenceRequest> requests)
{
    requests.removeIf([&](const PresenceRequest &request) { return request.from != from; });
    if (requests.isEmpty())
        return run.finish(QJsonObject(), {});
    const PresenceRequest first = requests.takeFirst();
    run.ask(run.messenger().answerRequest(first.transport, from, answer),
            [&run, from, answer, requests] { answerAll(run, from, answer, requests); });
}

auto answerWith(RequestAnswer answer)
{
    return [answer](Run &run, const Arguments &arguments) {
        const auto addresses = addressesOf(run, arguments);
        if (!addresses)
            return;
        run.open(Reach::Offline, [&run, from = addresses->first(), answer] {
            run.ask(run.messenger().presenceRequests(), [&run, from, answer](const QList<PresenceRequest> &requests) {
                const bool isThere = std::any_of(requests.begin(), requests.end(),
                                                 [&](const PresenceRequest &request) { return request.from == from; });
                if (!isThere)
                    return run.fail(Failure{FailureCode::UnknownRequest, from.value, {}});
                answerAll(run, from, answer, requests);
            });
        });
    };
}

void listBlocked(Run &run, const Arguments &)
{
    run.open(Reach::Offline, [&run] {
        run.ask(run.messenger().blocked(), [&run](const QList<Address> &addresses) {
            QList<QStringList> rows;
            for (const Address &address : addresses)
                rows.append({printable(address.value)});
            run.finish(rpc::listToJson(addresses), table(rows));
        });
    });
}

auto setBlocked(bool isBlocked)
{
    return [isBlocked](Run &run, const Arguments &arguments) {
        const auto addresses = addressesOf(run, arguments);
        if (!addresses)
            return;
        run.open(Reach::Offline, [&run, all = *addresses, isBlocked] {
            run.ask(run.messenger().setBlocked(all, isBlocked), [&run] { run.finish(QJsonObject(), {}); });
        });
    };
}

} // namespace

QList<Command> peopleCommands()
{
    constexpr qsizetype kMany = 1000;
    return {
        {u"person list"_s, {}, u"show who is on your accounts' lists, and who is blocked"_s, {}, 0, 0, listPeople},
        {u"request list"_s, {}, u"show who asks to see when you are there"_s, {}, 0, 0, listRequests},
        {u"request accept"_s, u"JID"_s, u"let them"_s, {}, 1, 1, answerWith(RequestAnswer::Accept)},
        {u"request decline"_s, u"JID"_s, u"do not; they can ask again"_s, {}, 1, 1, answerWith(RequestAnswer::Decline)},
        {u"block list"_s, {}, u"show who is blocked"_s, {}, 0, 0, listBlocked},
        {u"block add"_s, u"JID…"_s, u"hear nothing of them any more"_s, {}, 1, kMany, setBlocked(true)},
        {u"block remove"_s, u"JID…"_s, u"hear them again"_s, {}, 1, kMany, setBlocked(false)},
    };
}

} // namespace planb::ctl
