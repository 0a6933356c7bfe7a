// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/account_changes.h"
#include "core/messenger/chain.h"
#include "core/messenger/courier.h"
#include "core/messenger/messenger_types.h"
#include "core/messenger/people_desk.h"
#include "core/messenger/self_desk.h"
#include "core/store/store.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <variant>
#include <vector>

namespace planb {

/// An unlocked profile at work: its store, its transports, its courier, and what front ends can ask of it.
/// Lives on the core thread; every method answers at once. See Messenger for what the methods promise.
class OpenProfile : public QObject
{
    Q_OBJECT

public:
    struct Context {
        TransportFactory &factory;
        const Clock &clock;
        Random &random;
        bool online = true;
    };

    /// Loads everything and starts the transports.
    static Result<std::unique_ptr<OpenProfile>> open(std::unique_ptr<store::Store> store, const Context &context);
    ~OpenProfile() override;

    QString name() const { return m_name; }
    /// Gives what is under way a moment to be answered, so that the next run need not send it again, and says goodbye to
    /// the servers. Calls `gone` when they know, perhaps never.
    void leave(const std::function<void()> &gone);

    /// See Courier.
    std::optional<MonoTime> nextWake() const { return m_courier->nextWake(); }
    void wake() { m_courier->wake(); }
    const std::optional<Failure> &brokenBy() const { return m_courier->brokenBy(); }

    Result<TransportId> addTransport(TransportKind kind, const QString &label, const QJsonObject &settings,
                                     std::optional<int> position);
    Result<QList<TransportStatus>> transports() const;
    Result<void> reorderTransports(const QList<TransportId> &order);
    Result<void> updateTransport(TransportId id, const std::optional<QString> &label, std::optional<bool> enabled,
                                 const std::optional<QJsonObject> &settings);
    Result<void> removeTransport(TransportId id);
    /// A second transport with the same settings, off, for a test of its own.
    Result<std::unique_ptr<Transport>> twinOf(TransportId id);
    AccountChanges &accounts() { return *m_accounts; }
    PeopleDesk &people() { return *m_people; }

    Result<AddedContact> addContact(const QString &name, const QList<Address> &addresses, const QString &token = {});
    Result<QList<Contact>> contacts();
    Result<void> updateContact(ContactId id, const std::optional<QString> &name,
                               const std::optional<QList<Address>> &addresses);
    Result<void> removeContact(ContactId id);

    struct Outgoing {
        std::variant<ContactId, ConversationId> to;
        QString text;
        std::optional<MessageId> replyTo;
        std::optional<TransportId> via;
    };
    /// One result for each, in order. One commit for all that can be sent: they are all stored, or none of them.
    std::vector<Result<SentMessage>> send(const std::vector<Outgoing> &messages);
    Result<SentMessage> send(ContactId to, const QString &text, std::optional<MessageId> replyTo,
                             std::optional<TransportId> via)
    {
        return send({{to, text, replyTo, via}}).front();
    }
    // open_profile_items.cpp
    Result<SentMessage> correct(MessageId id, const QString &text);
    Result<SentMessage> retract(MessageId id);
    Result<SentMessage> react(MessageId id, const QStringList &reactions);
    Result<QList<MessageVersion>> versions(MessageId id);
    Result<void> showState(ConversationId to, ChatState state);
    Result<PrivacyPolicy> privacy();
    Result<void> setPrivacy(const PrivacyPolicy &privacy);
    Result<void> setActive(bool isActive);

    Result<QList<Message>> messages(ConversationId conversation, std::optional<MessageId> before, int limit);
    Result<Message> message(MessageId id);
    Result<MessageWay> messageWay(MessageId id);
    Result<void> markRead(ConversationId conversation, MessageId upTo);
    Result<QList<ConversationSummary>> conversations();

    Result<StatusSummary> status();
    Result<DeliveryPolicy> policy();
    Result<void> setPolicy(const DeliveryPolicy &policy);

Q_SIGNALS:
    void messageAdded(const planb::Message &message);
    void messageUpdated(planb::MessageId id, planb::MessageState state, const std::optional<planb::RouteLabel> &route);
    void messageChanged(const planb::Message &message);
    void stateShown(planb::ContactId contact, planb::ChatState state);
    void transportChanged(const planb::TransportStatus &status);
    void routeSwitched(const planb::RouteSwitch &change);
    void personChanged(const planb::PersonStatus &person);
    void requestAdded(const planb::PresenceRequest &request);
    void requestRemoved(planb::TransportId id, const planb::Address &from);

private:
    OpenProfile(std::unique_ptr<store::Store> store, const Context &context);
    Result<void> load();
    Result<QString> deviceName();
    Result<void> checkWorking() const;
    Result<QList<ContactId>> strangersAt(const QList<Address> &addresses);
    void announce(const Contact &contact, const QList<ContactId> &joined);
    using Draft = store::MessageRepository::OutgoingDraft;
    Result<Draft> draftOf(const Outgoing &message);
    Result<SentMessage> queueItem(MessageId target, ContentKind kind, const QString &text);
    /// Then the courier's carryOut() has to follow.
    Result<QList<Message>> store(const std::vector<Draft> &drafts);
    void showRead(const QList<MessageId> &read);
    void announceStates(const QList<MessageId> &changed);
    void publishChangedTransports();

    std::unique_ptr<store::Store> m_store;
    Context m_context;
    OwnStreams m_streams;
    QString m_name;
    QString m_deviceName;
    std::unique_ptr<Chain> m_chain;
    std::unique_ptr<AccountChanges> m_accounts;
    std::unique_ptr<PeopleDesk> m_people;
    std::unique_ptr<SelfDesk> m_self;
    // Goes first: transports that stop would otherwise have their open attempts sent on by the next one, and
    // people without PlanB would see them twice. What was open is taken up again at the next start.
    std::unique_ptr<Courier> m_courier;
    QList<TransportStatus> m_published;
};

/// Names of the rows in the settings table.
namespace setting {
inline constexpr QStringView kProfileName = u"profile.name";
inline constexpr QStringView kDeviceName = u"device.name";
inline constexpr QStringView kSendsReadMarks = u"privacy.sendsReadMarks";
inline constexpr QStringView kShowsTyping = u"privacy.showsTyping";
inline constexpr QStringView kTellsVersion = u"privacy.tellsVersion";
inline constexpr QStringView kReturnAfter = u"delivery.returnAfterMs";
} // namespace setting

} // namespace planb
