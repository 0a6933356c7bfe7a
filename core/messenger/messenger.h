// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/messenger/event_thread.h"
#include "core/messenger/messenger_types.h"
#include "core/transport/transport_factory.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace planb {

class MessengerCore;

/// The whole product without a window: what the GUI and planbctl are clients of.
///
/// Every method may be called from any thread and returns at once; the work is done in order of the calls
/// on one core thread of its own. Signals are emitted on the thread this object lives on. Before a profile is
/// open every method but createProfile(), openProfile(), unlock() and transportKinds() fails with
/// ProfileMissing or ProfileLocked. Attach to futures with .then(context, …) and .onCanceled(context, …).
class Messenger : public QObject
{
    Q_OBJECT

public:
    struct Options {
        QString profileFolder; ///< made with mode 0700 by createProfile() if it is not there
        std::shared_ptr<TransportFactory> factory;
        /// Absent: the keyring where there is one, else a file.
        std::optional<KeyStorage> keyStorage;
        /// False opens the history only: no transport is started.
        bool online = true;
    };

    explicit Messenger(Options options, QObject *parent = nullptr);
    /// Stops the transports in good order, closes the store, ends the core thread. Waits for it.
    ~Messenger() override;

    /// Fails with ProfileExists where there is one. Opens the new profile.
    QFuture<Result<ProfileInfo>> createProfile(const QString &name, const QString &passphrase);
    /// Opens the profile in the folder: ProfileMissing if there is none, ProfileInUse if another process has it,
    /// ProfileLocked if unlock() must follow, KeyMissing or KeyringUnavailable if its key is gone
    /// (nothing on disk is changed then).
    QFuture<Result<ProfileInfo>> openProfile();
    QFuture<Result<void>> unlock(const QString &passphrase);
    QFuture<Result<ProfileInfo>> profileInfo();

    QFuture<Result<QList<TransportKindInfo>>> transportKinds();
    /// `position`: place in the chain from 0; absent: at its end.
    QFuture<Result<TransportId>> addTransport(TransportKind kind, const QString &label, const QJsonObject &settings,
                                              std::optional<int> position);
    QFuture<Result<QList<TransportStatus>>> transports();
    /// `order` names every transport once.
    QFuture<Result<void>> reorderTransports(const QList<TransportId> &order);
    /// `settings` replaces only the fields it names; a null value removes a field.
    QFuture<Result<void>> updateTransport(TransportId id, const std::optional<QString> &label,
                                          std::optional<bool> enabled, const std::optional<QJsonObject> &settings);
    QFuture<Result<void>> removeTransport(TransportId id);
    /// Walks look-up, connect, TLS, login and round trip on a connection of its own.
    QFuture<Result<TransportTest>> testTransport(TransportId id);

    /// What a link that somebody passed on invites to. Needs no profile.
    QFuture<Result<Invitation>> readInvitation(const QString &link);
    /// Asks a server for its form for new accounts, or for an account; see AccountRequest. Adds no transport.
    QFuture<Result<AccountAnswer>> askForAccount(const AccountRequest &request);
    /// At the server and here; see OwnAccount for what can go wrong.
    QFuture<Result<void>> changePassword(TransportId id, const QString &password);
    /// Takes the account off its server with everything there, then the transport out of the chain.
    QFuture<Result<void>> deleteAccount(TransportId id);

    QFuture<Result<AddedContact>> addContact(const QString &name, const QList<Address> &addresses,
                                             const QString &invitation = {});
    QFuture<Result<QList<Contact>>> contacts();
    QFuture<Result<void>> updateContact(ContactId id, const std::optional<QString> &name,
                                        const std::optional<QList<Address>> &addresses);
    QFuture<Result<void>> removeContact(ContactId id);

    /// Everybody on the servers' lists, and whoever else something is known of.
    QFuture<Result<QList<PersonStatus>>> people();
    /// Their picture; absent where they have none.
    QFuture<Result<std::optional<Avatar>>> avatar(const Address &of);
    /// Who asks to see when we are there, oldest first.
    QFuture<Result<QList<PresenceRequest>>> presenceRequests();
    QFuture<Result<void>> answerRequest(TransportId transport, const Address &from, RequestAnswer answer);
    QFuture<Result<QList<Address>>> blocked();
    /// At every server that can, and here.
    QFuture<Result<void>> setBlocked(const QList<Address> &addresses, bool isBlocked);

    /// Resolves when the message is on disk, before any network.
    QFuture<Result<SentMessage>> send(ContactId to, const QString &text, std::optional<MessageId> replyTo,
                                      std::optional<TransportId> via);
    QFuture<Result<SentMessage>> send(ConversationId to, const QString &text, std::optional<MessageId> replyTo,
                                      std::optional<TransportId> via);
    /// Items about a message; each is delivered like one, and its id can be asked for its way. Resolve like send().
    /// correct() and retract() only for own messages.
    QFuture<Result<SentMessage>> correct(MessageId id, const QString &text);
    QFuture<Result<SentMessage>> retract(MessageId id);
    /// Replaces this user's earlier reactions to it; none takes them back.
    QFuture<Result<SentMessage>> react(MessageId id, const QStringList &reactions);
    /// What it said, the oldest first.
    QFuture<Result<QList<MessageVersion>>> versions(MessageId id);
    /// Best effort, and only if the policy allows it.
    QFuture<Result<void>> showState(ConversationId to, ChatState state);
    QFuture<Result<PrivacyPolicy>> privacy();
    QFuture<Result<void>> setPrivacy(const PrivacyPolicy &privacy);
    /// Whether the user has the program before them: while not, servers may hold back what can wait. True at first.
    QFuture<Result<void>> setActive(bool isActive);
    /// A page in the order of sending, newest last; `before` is exclusive. `limit` 1 to 500.
    QFuture<Result<QList<Message>>> messages(ConversationId conversation, std::optional<MessageId> before, int limit);
    QFuture<Result<Message>> message(MessageId id);
    QFuture<Result<MessageWay>> messageWay(MessageId id);
    QFuture<Result<void>> markRead(ConversationId conversation, MessageId upTo);
    QFuture<Result<QList<ConversationSummary>>> conversations();

    QFuture<Result<StatusSummary>> status();
    QFuture<Result<DeliveryPolicy>> policy();
    QFuture<Result<void>> setPolicy(const DeliveryPolicy &policy);

Q_SIGNALS:
    void messageAdded(const planb::Message &message);
    void messageUpdated(planb::MessageId id, planb::MessageState state, const std::optional<planb::RouteLabel> &route);
    /// What was said about it later: it is corrected, taken back, reacted to.
    void messageChanged(const planb::Message &message);
    /// What somebody is doing in the conversation. Nobody says when a state has become old; they are repeated.
    void stateShown(planb::ContactId contact, planb::ChatState state);
    void transportChanged(const planb::TransportStatus &status);
    void routeSwitched(const planb::RouteSwitch &change);
    void personChanged(const planb::PersonStatus &person);
    void requestAdded(const planb::PresenceRequest &request);
    void requestRemoved(planb::TransportId id, const planb::Address &from);

private:
    template<class T, class Work>
    QFuture<Result<T>> ask(Work work);
    template<class T, class Work>
    QFuture<Result<T>> askLater(Work work);
    template<class T, class Work>
    QFuture<Result<T>> askProfile(Work work);

    EventThread m_thread;
    MessengerCore *m_core; // lives on m_thread, deleted there
};

} // namespace planb
