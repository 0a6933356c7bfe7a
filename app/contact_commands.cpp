// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/name_lookup.h"
#include "app/run.h"
#include "core/rpc/encode.h"

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

/// The addresses in the order in which they were written, whatever their kinds.
Result<QList<Address>> addressesOf(const Arguments &arguments)
{
    QList<Address> addresses;
    for (const auto &[option, value] : arguments.options) {
        const std::optional<TransportKind> kind = transportKindFromName(option);
        if (!kind)
            continue;
        const Result<Address> address = Address::parse(*kind, value);
        if (!address)
            return fail(FailureCode::InvalidArgument,
                        u"--%1 %2: %3"_s.arg(option, printable(value), address.error().detail));
        addresses.append(*address);
    }
    return addresses;
}

void add(Run &run, const Arguments &arguments)
{
    if (!arguments.positional.isEmpty()) {
        return run.fail(Failure{
            FailureCode::NotSupported, u"contacts are added with --name and their addresses, not by card"_s, {}});
    }
    const QString name = arguments.value(u"name"_s).value_or(QString());
    if (name.trimmed().isEmpty())
        return run.refuse(u"The option --name is missing."_s);
    const Result<QList<Address>> addresses = addressesOf(arguments);
    if (!addresses)
        return run.refuse(addresses.error().detail + u'.');
    if (addresses->isEmpty())
        return run.refuse(u"An address is missing: --xmpp, --email or --sms."_s);
    run.open(Reach::Offline, [&run, name, all = *addresses] {
        run.ask(run.messenger().addContact(name, all), [&run, name](const AddedContact &added) {
            run.finish(
                QJsonObject{{u"id"_s, added.contact.toString()}, {u"conversationId"_s, added.conversation.toString()}},
                u"Added %1 as %2.\n"_s.arg(printable(name), added.contact.toString()));
        });
    });
}

QString addressesAsText(const Contact &contact)
{
    QStringList words;
    for (const Address &address : contact.addresses)
        words.append(nameOf(address.kind) + u':' + printable(address.value));
    return words.join(u' ');
}

void list(Run &run, const Arguments &)
{
    run.open(Reach::Offline, [&run] {
        run.ask(run.messenger().contacts(), [&run](const QList<Contact> &people) {
            QList<QStringList> rows;
            for (const Contact &person : people)
                rows.append({person.id.toString(), printable(person.name), addressesAsText(person)});
            run.finish(rpc::listToJson(people), table(rows));
        });
    });
}

void remove(Run &run, const Arguments &arguments)
{
    const QString wanted = arguments.positional.first();
    run.open(Reach::Offline, [&run, wanted] {
        run.ask(run.messenger().contacts(), [&run, wanted](const QList<Contact> &people) {
            const auto person = findByIdOrName<Contact>(people, wanted, FailureCode::UnknownContact,
                                                        [](const Contact &c) { return c.name; });
            if (!person)
                return run.fail(person.error());
            run.ask(run.messenger().removeContact(person->id), [&run] { run.finish(QJsonObject(), {}); });
        });
    });
}

} // namespace

QList<Command> contactCommands()
{
    using enum Option::Presence;
    return {
        {u"contact add"_s,
         u"[CARD]"_s,
         u"add a person; write the addresses in the order in which they shall be tried"_s,
         {{u"name"_s, u"NAME"_s, u"your name for them"_s, Optional},
          {u"xmpp"_s, u"JID"_s, u"an XMPP address, name@server"_s, Repeatable},
          {u"email"_s, u"ADDRESS"_s, u"a mailbox"_s, Repeatable},
          {u"sms"_s, u"NUMBER"_s, u"a phone number, +821012345678"_s, Repeatable}},
         0,
         1,
         add},
        {u"contact list"_s, {}, u"show all contacts"_s, {}, 0, 0, list},
        {u"contact remove"_s, u"NAME"_s, u"remove a person (name or id)"_s, {}, 1, 1, remove},
    };
}

} // namespace planb::ctl
