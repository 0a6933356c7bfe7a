// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/messenger.h"
#include "core/rpc/encode.h"
#include "core/rpc/methods.h"

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

Answer missing(const QString &name)
{
    return Unexpected(Error{ErrorCode::InvalidParameters, u"The parameter %1 is missing."_s.arg(quoted(name)), {}});
}

// What is written anew has to be an address by today's rules; those in use are taken as they are.
std::optional<Failure> refusalOf(const QList<Address> &addresses)
{
    for (const Address &address : addresses) {
        if (const auto parsed = Address::parse(address.kind, address.value); !parsed)
            return parsed.error();
    }
    return {};
}

void addContact(Messenger &messenger, const Parameters &in, const Reply &out)
{
    if (in.find<QString>(u"card"_s)) {
        const Failure failure{
            FailureCode::NotSupported, u"contacts are added by \"name\" and \"addresses\", not by card"_s, {}};
        return out.answer(Unexpected(errorOf(failure)));
    }
    const auto name = in.find<QString>(u"name"_s);
    const auto addresses = in.find<QList<Address>>(u"addresses"_s);
    if (!name)
        return out.answer(missing(u"name"_s));
    if (!addresses)
        return out.answer(missing(u"addresses"_s));
    if (const auto refusal = refusalOf(*addresses))
        return out.answer(Unexpected(errorOf(*refusal)));
    const QString invitation = in.find<QString>(u"invitation"_s).value_or(QString());
    out.answerWhen(messenger.addContact(*name, *addresses, invitation), [](const AddedContact &added) {
        return QJsonObject{{u"id"_s, added.contact.toString()}, {u"conversationId"_s, added.conversation.toString()}};
    });
}

} // namespace

QList<Method> contactMethods(Messenger &messenger)
{
    return {
        {u"contacts.add"_s,
         {optional(u"card"_s, ParameterType::Text), optional(u"name"_s, ParameterType::Text),
          optional(u"addresses"_s, ParameterType::Addresses), optional(u"invitation"_s, ParameterType::FilledText)},
         [&messenger](const Parameters &in, const Reply &out) { addContact(messenger, in, out); }},
        {u"contacts.list"_s,
         {},
         [&messenger](const Parameters &, const Reply &out) {
             out.answerWhen(messenger.contacts(), listToJson<Contact>);
         }},
        {u"contacts.update"_s,
         {required(u"id"_s, ParameterType::Contact), optional(u"name"_s, ParameterType::Text),
          optional(u"addresses"_s, ParameterType::Addresses)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.updateContact(in.get<ContactId>(u"id"_s), in.find<QString>(u"name"_s),
                                                    in.find<QList<Address>>(u"addresses"_s)));
         }},
        {u"contacts.remove"_s,
         {required(u"id"_s, ParameterType::Contact)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.removeContact(in.get<ContactId>(u"id"_s)));
         }},
    };
}

} // namespace planb::rpc
