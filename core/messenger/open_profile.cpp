// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/open_profile.h"

#include "core/base/log.h"
#include "core/model/message_text.h"

#include <algorithm>

namespace planb {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxName = 100;
constexpr qsizetype kMaxAddresses = 16;
constexpr int kMaxPage = 500;
constexpr Millis kMaxReturnAfter{3'600'000};

Result<QString> checkedName(const QString &name)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > kMaxName)
        return fail(FailureCode::InvalidArgument, u"a name has 1 to %1 characters"_s.arg(kMaxName));
    return trimmed;
}

Result<void> checkAddresses(const QList<Address> &addresses)
{
    if (addresses.isEmpty() || addresses.size() > kMaxAddresses)
        return fail(FailureCode::InvalidArgument, u"a contact has 1 to %1 addresses"_s.arg(kMaxAddresses));
    for (qsizetype i = 0; i < addresses.size(); ++i) {
        if (addresses.indexOf(addresses[i]) != i)
            return fail(FailureCode::InvalidArgument, u"the address %1 is there twice"_s.arg(addresses[i].value));
    }
    return {};
}

// The round trip changes with every answer; it alone is no news.
bool looksTheSame(const TransportStatus &a, const TransportStatus &b)
{
    return a.id == b.id && a.label == b.label && a.address == b.address && a.enabled == b.enabled && a.since == b.since
        && a.inUse == b.inUse && a.link.phase == b.link.phase && a.link.failure == b.link.failure
        && a.link.retryAt == b.link.retryAt;
}

} // namespace

OpenProfile::OpenProfile(std::unique_ptr<store::Store> store, const Context &context)
    : m_store(std::move(store)), m_context(context)
{}

OpenProfile::~OpenProfile() = default;

Result<std::unique_ptr<OpenProfile>> OpenProfile::open(std::unique_ptr<store::Store> store, const Context &context)
{
    std::unique_ptr<OpenProfile> profile(new OpenProfile(std::move(store), context));
    if (const auto loaded = profile->load(); !loaded)
        return fail(loaded.error());
    return profile;
}

Result<void> OpenProfile::load()
{
    const auto name = m_store->settings().get(setting::kProfileName.toString());
    if (!name)
        return fail(name.error());
    m_name = name->value_or(QString());
    const auto device = deviceName();
    if (!device)
        return fail(device.error());
    m_deviceName = *device;
    const auto lastAttempt = m_store->attempts().lastId();
    if (!lastAttempt)
        return fail(lastAttempt.error());
    const auto rules = policy();
    if (!rules)
        return fail(rules.error());

    m_chain = std::make_unique<Chain>(
        Chain::Context{*m_store, m_context.factory, m_context.clock, m_deviceName, m_context.online});
    if (const auto loaded = m_chain->load(); !loaded)
        return loaded;
    m_courier = std::make_unique<Courier>(*m_store, *m_chain, m_context.clock, m_context.random, *lastAttempt);
    connect(m_courier.get(), &Courier::messageAdded, this, &OpenProfile::messageAdded);
    connect(m_courier.get(), &Courier::messageUpdated, this, &OpenProfile::messageUpdated);
    connect(m_courier.get(), &Courier::routeSwitched, this, &OpenProfile::routeSwitched);
    connect(m_courier.get(), &Courier::settled, this, &OpenProfile::publishChangedTransports);
    m_courier->setReturnAfter(rules->returnAfter);
    if (const auto loaded = m_courier->load(); !loaded)
        return loaded;
    m_chain->start();
    return {};
}

// Stable, so that the server replaces a dead session of ours instead of keeping a ghost beside the new one.
Result<QString> OpenProfile::deviceName()
{
    const QString key = setting::kDeviceName.toString();
    const auto stored = m_store->settings().get(key);
    if (!stored)
        return fail(stored.error());
    if (*stored)
        return **stored;
    const QString made = u"planb."_s + QString::fromLatin1(m_context.random.bytes(4).toHex());
    if (const auto set = m_store->settings().set(key, made); !set)
        return fail(set.error());
    return made;
}

Result<void> OpenProfile::checkWorking() const
{
    return m_courier->brokenBy() ? Result<void>(fail(*m_courier->brokenBy())) : Result<void>();
}

Result<TransportId> OpenProfile::addTransport(TransportKind kind, const QString &label, const QJsonObject &settings,
                                              std::optional<int> position)
{
    return m_chain->add(kind, label, settings, position);
}

Result<QList<TransportStatus>> OpenProfile::transports() const
{
    QList<TransportStatus> all = m_chain->statuses();
    for (TransportStatus &status : all)
        status.inUse = m_courier->isInUse(status.id);
    return all;
}

Result<void> OpenProfile::reorderTransports(const QList<TransportId> &order)
{
    return m_chain->reorder(order);
}

Result<void> OpenProfile::updateTransport(TransportId id, const std::optional<QString> &label,
                                          std::optional<bool> enabled, const std::optional<QJsonObject> &settings)
{
    return m_chain->update(id, label, enabled, settings);
}

Result<void> OpenProfile::removeTransport(TransportId id)
{
    return m_chain->remove(id);
}

Result<std::unique_ptr<Transport>> OpenProfile::twinOf(TransportId id)
{
    const auto config = m_chain->configOf(id);
    if (!config)
        return fail(config.error());
    // A name of its own: the server would end the living session for a second one of the same name.
    return m_context.factory.create(*config, m_deviceName + u".test"_s);
}

Result<AddedContact> OpenProfile::addContact(const QString &name, const QList<Address> &addresses)
{
    if (const auto working = checkWorking(); !working)
        return fail(working.error());
    const auto checked = checkedName(name);
    if (!checked)
        return fail(checked.error());
    if (const auto valid = checkAddresses(addresses); !valid)
        return fail(valid.error());
    const auto strangers = strangersAt(addresses);
    if (!strangers)
        return fail(strangers.error());
    const auto contact = m_store->contacts().add(*checked, addresses, true, m_context.clock.wall());
    if (!contact)
        return fail(contact.error());
    announce(*contact, *strangers);
    return AddedContact{contact->id, contact->conversation};
}

// Who wrote to us from one of these addresses without having been added: the store joins them with the contact.
Result<QList<ContactId>> OpenProfile::strangersAt(const QList<Address> &addresses)
{
    QList<ContactId> strangers;
    for (const Address &address : addresses) {
        const auto known = m_store->contacts().byAddress(address);
        if (!known)
            return fail(known.error());
        if (*known && !(*known)->isAdded)
            strangers.append((*known)->id);
    }
    return strangers;
}

void OpenProfile::announce(const Contact &contact, const QList<ContactId> &joined)
{
    m_courier->onContactChanged(contact);
    for (const ContactId stranger : joined) {
        if (stranger != contact.id)
            m_courier->onContactJoined(stranger, contact.id);
    }
}

Result<QList<Contact>> OpenProfile::contacts()
{
    return m_store->contacts().all();
}

Result<void> OpenProfile::updateContact(ContactId id, const std::optional<QString> &name,
                                        const std::optional<QList<Address>> &addresses)
{
    if (const auto working = checkWorking(); !working)
        return working;
    auto transaction = m_store->begin();
    if (!transaction)
        return fail(transaction.error());
    if (const auto known = m_store->contacts().byId(id); !known)
        return fail(known.error());
    if (name) {
        const auto checked = checkedName(*name);
        if (!checked)
            return fail(checked.error());
        if (auto renamed = m_store->contacts().rename(id, *checked); !renamed)
            return renamed;
    }
    QList<ContactId> joined;
    if (addresses) {
        if (auto valid = checkAddresses(*addresses); !valid)
            return valid;
        const auto strangers = strangersAt(*addresses);
        if (!strangers)
            return fail(strangers.error());
        joined = *strangers;
        if (auto set = m_store->contacts().setAddresses(id, *addresses); !set)
            return set;
    }
    if (auto committed = transaction->commit(); !committed)
        return committed;
    const auto changed = m_store->contacts().byId(id);
    if (!changed)
        return fail(changed.error());
    announce(*changed, joined);
    return {};
}

Result<void> OpenProfile::removeContact(ContactId id)
{
    if (const auto working = checkWorking(); !working)
        return working;
    const auto failed = m_store->contacts().remove(id);
    if (!failed)
        return fail(failed.error());
    m_courier->onContactRemoved(id);
    announceStates(*failed);
    return {};
}

Result<SentMessage> OpenProfile::send(ContactId to, const QString &text, std::optional<MessageId> replyTo,
                                      std::optional<TransportId> via)
{
    const auto contact = m_store->contacts().byId(to);
    if (!contact)
        return fail(contact.error());
    return queue(*contact, text, replyTo, via);
}

Result<SentMessage> OpenProfile::send(ConversationId to, const QString &text, std::optional<MessageId> replyTo,
                                      std::optional<TransportId> via)
{
    const auto conversation = m_store->conversations().byId(to);
    if (!conversation)
        return fail(conversation.error());
    return send(conversation->contact, text, replyTo, via);
}

Result<SentMessage> OpenProfile::queue(const Contact &contact, const QString &text, std::optional<MessageId> replyTo,
                                       std::optional<TransportId> via)
{
    if (const auto working = checkWorking(); !working)
        return fail(working.error());
    const auto normal = normalizedMessageText(text);
    if (!normal)
        return fail(normal.error());
    if (via && !m_chain->labelOf(*via))
        return fail(FailureCode::UnknownTransport, via->toString());
    if (replyTo) {
        const auto quoted = m_store->messages().byId(*replyTo);
        if (!quoted)
            return fail(quoted.error());
        if (quoted->conversation != contact.conversation)
            return fail(FailureCode::InvalidArgument, u"replyTo is a message of another conversation"_s);
    }
    auto transaction = m_store->begin();
    if (!transaction)
        return fail(transaction.error());
    const WallTime now = m_context.clock.wall();
    const auto message = m_store->messages().addOutgoing(
        {contact.conversation, contact.id, WireId::random(m_context.random), *normal, now, replyTo});
    if (!message)
        return fail(message.error());
    if (const auto kept = m_store->outbox().add({message->id, contact.id, via, now, false, normal->toUtf8().size()});
        !kept)
        return fail(kept.error());
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    Q_EMIT messageAdded(*message);
    m_courier->onQueued(*message, via);
    return SentMessage{message->id, message->conversation};
}

Result<QList<Message>> OpenProfile::messages(ConversationId conversation, std::optional<MessageId> before, int limit)
{
    if (limit < 1 || limit > kMaxPage)
        return fail(FailureCode::InvalidArgument, u"limit must be from 1 to %1"_s.arg(kMaxPage));
    if (const auto known = m_store->conversations().byId(conversation); !known)
        return fail(known.error());
    return m_store->messages().page(conversation, before, limit);
}

Result<Message> OpenProfile::message(MessageId id)
{
    return m_store->messages().byId(id);
}

Result<MessageWay> OpenProfile::messageWay(MessageId id)
{
    const auto message = m_store->messages().byId(id);
    if (!message)
        return fail(message.error());
    auto attempts = m_store->attempts().ofMessage(id);
    if (!attempts)
        return fail(attempts.error());
    return MessageWay{message->state, std::move(*attempts)};
}

Result<void> OpenProfile::markRead(ConversationId conversation, MessageId upTo)
{
    if (const auto working = checkWorking(); !working)
        return working;
    const auto message = m_store->messages().byId(upTo);
    if (!message)
        return fail(message.error());
    if (message->conversation != conversation)
        return fail(FailureCode::InvalidArgument, u"upTo is a message of another conversation"_s);
    const auto changed = m_store->messages().markRead(conversation, upTo);
    if (!changed)
        return fail(changed.error());
    announceStates(*changed);
    return {};
}

void OpenProfile::announceStates(const QList<MessageId> &changed)
{
    for (const MessageId id : changed) {
        if (const auto message = m_store->messages().byId(id))
            Q_EMIT messageUpdated(id, message->state, message->route);
    }
}

Result<QList<ConversationSummary>> OpenProfile::conversations()
{
    const auto rows = m_store->conversations().all();
    if (!rows)
        return fail(rows.error());
    QList<ConversationSummary> all;
    for (const auto &row : *rows)
        all.append({row.id, row.contact, row.title, row.unread, row.last});
    return all;
}

Result<StatusSummary> OpenProfile::status()
{
    const auto all = transports();
    const auto queued = m_store->messages().queuedCount();
    if (!queued)
        return fail(queued.error());
    const auto oldest = m_store->messages().oldestQueuedAt();
    if (!oldest)
        return fail(oldest.error());
    StatusSummary summary{*all, *queued, *oldest, 0, {}};
    const delivery::Independence independence = delivery::independenceOf(m_chain->footings());
    summary.independentRoutes = independence.routes;
    for (const delivery::SharedFooting &shared : independence.shared) {
        summary.sharedRoutes.append(
            {QList<TransportId>(shared.transports.begin(), shared.transports.end()), nameOf(shared.what), shared.name});
    }
    return summary;
}

Result<DeliveryPolicy> OpenProfile::policy()
{
    const auto stored = m_store->settings().get(setting::kReturnAfter.toString());
    if (!stored)
        return fail(stored.error());
    DeliveryPolicy rules;
    if (*stored)
        rules.returnAfter = std::clamp(Millis((*stored)->toLongLong()), Millis(0), kMaxReturnAfter);
    return rules;
}

Result<void> OpenProfile::setPolicy(const DeliveryPolicy &rules)
{
    if (rules.returnAfter < Millis(0) || rules.returnAfter > kMaxReturnAfter)
        return fail(FailureCode::InvalidArgument, u"returnAfterMs must be from 0 to %1"_s.arg(kMaxReturnAfter.count()));
    const auto set = m_store->settings().set(setting::kReturnAfter.toString(),
                                             QString::number(rules.returnAfter.count()));
    if (!set)
        return set;
    m_courier->setReturnAfter(rules.returnAfter);
    return {};
}

void OpenProfile::publishChangedTransports()
{
    const QList<TransportStatus> before = m_published;
    const auto now = transports();
    m_published = *now;
    for (const TransportStatus &status : m_published) {
        const bool isKnown = std::ranges::any_of(before,
                                                 [&](const TransportStatus &old) { return looksTheSame(old, status); });
        if (!isKnown)
            Q_EMIT transportChanged(status);
    }
}

} // namespace planb
