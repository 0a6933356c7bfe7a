// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/messenger.h"

#include "core/messenger/messenger_core.h"

namespace planb {

namespace {

template<class T>
MessengerCore::Answer<T> newAnswer()
{
    auto answer = std::make_shared<QPromise<Result<T>>>();
    answer->start();
    return answer;
}

} // namespace

// Runs `work(profile)` on the core thread, or answers why there is no open profile.
template<class T, class Work>
QFuture<Result<T>> Messenger::ask(Work work)
{
    const auto answer = newAnswer<T>();
    auto future = answer->future();
    QMetaObject::invokeMethod(
        m_core,
        [core = m_core, answer, work = std::move(work)] {
            const auto profile = core->profile();
            Result<T> result = profile ? work(**profile) : Result<T>(fail(profile.error()));
            answer->addResult(std::move(result));
            answer->finish();
        },
        Qt::QueuedConnection);
    return future;
}

// Runs `work(core, answer)` there; it answers when it is ready.
template<class T, class Work>
QFuture<Result<T>> Messenger::askLater(Work work)
{
    const auto answer = newAnswer<T>();
    auto future = answer->future();
    QMetaObject::invokeMethod(
        m_core, [core = m_core, answer, work = std::move(work)] { work(*core, answer); }, Qt::QueuedConnection);
    return future;
}

// Runs `work(profile, done)` there; it calls done(result) when it is ready.
template<class T, class Work>
QFuture<Result<T>> Messenger::askProfile(Work work)
{
    return askLater<T>([work = std::move(work)](MessengerCore &core, const auto &answer) {
        const std::function<void(const Result<T> &)> done = [answer](const Result<T> &result) {
            answer->addResult(result);
            answer->finish();
        };
        if (const auto profile = core.profile())
            work(**profile, done);
        else
            done(fail(profile.error()));
    });
}

Messenger::Messenger(Options options, QObject *parent) : QObject(parent), m_core(new MessengerCore(std::move(options)))
{
    m_core->moveToThread(m_thread.handle());
    connect(m_core, &MessengerCore::messageAdded, this, &Messenger::messageAdded);
    connect(m_core, &MessengerCore::messageUpdated, this, &Messenger::messageUpdated);
    connect(m_core, &MessengerCore::messageChanged, this, &Messenger::messageChanged);
    connect(m_core, &MessengerCore::stateShown, this, &Messenger::stateShown);
    connect(m_core, &MessengerCore::transportChanged, this, &Messenger::transportChanged);
    connect(m_core, &MessengerCore::routeSwitched, this, &Messenger::routeSwitched);
    connect(m_core, &MessengerCore::personChanged, this, &Messenger::personChanged);
    connect(m_core, &MessengerCore::requestAdded, this, &Messenger::requestAdded);
    connect(m_core, &MessengerCore::requestRemoved, this, &Messenger::requestRemoved);
}

Messenger::~Messenger()
{
    // Behind whatever has been asked before.
    QMetaObject::invokeMethod(
        m_core,
        [core = m_core, thread = &m_thread] {
            core->leave([core, thread] {
                core->deleteLater();
                thread->quit();
            });
        },
        Qt::QueuedConnection);
    m_thread.join();
}

QFuture<Result<ProfileInfo>> Messenger::createProfile(const QString &name, const QString &passphrase)
{
    return askLater<ProfileInfo>(
        [=](MessengerCore &core, const auto &answer) { core.createProfile(name, passphrase, answer); });
}

QFuture<Result<ProfileInfo>> Messenger::openProfile()
{
    return askLater<ProfileInfo>([](MessengerCore &core, const auto &answer) { core.openProfile(answer); });
}

QFuture<Result<void>> Messenger::unlock(const QString &passphrase)
{
    return askLater<void>([=](MessengerCore &core, const auto &answer) { core.unlock(passphrase, answer); });
}

QFuture<Result<ProfileInfo>> Messenger::profileInfo()
{
    return askLater<ProfileInfo>([](MessengerCore &core, const auto &answer) {
        answer->addResult(core.profileInfo());
        answer->finish();
    });
}

QFuture<Result<QList<TransportKindInfo>>> Messenger::transportKinds()
{
    return askLater<QList<TransportKindInfo>>([](MessengerCore &core, const auto &answer) {
        answer->addResult(Result<QList<TransportKindInfo>>(core.transportKinds()));
        answer->finish();
    });
}

QFuture<Result<TransportId>> Messenger::addTransport(TransportKind kind, const QString &label,
                                                     const QJsonObject &settings, std::optional<int> position)
{
    return ask<TransportId>(
        [=](OpenProfile &profile) { return profile.addTransport(kind, label, settings, position); });
}

QFuture<Result<QList<TransportStatus>>> Messenger::transports()
{
    return ask<QList<TransportStatus>>([](OpenProfile &profile) { return profile.transports(); });
}

QFuture<Result<void>> Messenger::reorderTransports(const QList<TransportId> &order)
{
    return ask<void>([=](OpenProfile &profile) { return profile.reorderTransports(order); });
}

QFuture<Result<void>> Messenger::updateTransport(TransportId id, const std::optional<QString> &label,
                                                 std::optional<bool> enabled,
                                                 const std::optional<QJsonObject> &settings)
{
    return ask<void>([=](OpenProfile &profile) { return profile.updateTransport(id, label, enabled, settings); });
}

QFuture<Result<void>> Messenger::removeTransport(TransportId id)
{
    return ask<void>([=](OpenProfile &profile) { return profile.removeTransport(id); });
}

QFuture<Result<TransportTest>> Messenger::testTransport(TransportId id)
{
    return askLater<TransportTest>([=](MessengerCore &core, const auto &answer) { core.testTransport(id, answer); });
}

QFuture<Result<Invitation>> Messenger::readInvitation(const QString &link)
{
    return askLater<Invitation>([=](MessengerCore &core, const auto &answer) {
        answer->addResult(core.readInvitation(link));
        answer->finish();
    });
}

QFuture<Result<AccountAnswer>> Messenger::askForAccount(const AccountRequest &request)
{
    return askLater<AccountAnswer>([=](MessengerCore &core, const auto &answer) { core.visitServer(request, answer); });
}

QFuture<Result<void>> Messenger::changePassword(TransportId id, const QString &password)
{
    return askProfile<void>(
        [=](OpenProfile &profile, const auto &done) { profile.accounts().changePassword(id, password, done); });
}

QFuture<Result<void>> Messenger::deleteAccount(TransportId id)
{
    return askProfile<void>(
        [=](OpenProfile &profile, const auto &done) { profile.accounts().deleteAccount(id, done); });
}

QFuture<Result<AddedContact>> Messenger::addContact(const QString &name, const QList<Address> &addresses,
                                                    const QString &invitation)
{
    return askLater<AddedContact>([=](MessengerCore &core, const auto &answer) {
        const auto profile = core.profile();
        const auto read = invitation.isEmpty() ? Result<Invitation>(Invitation()) : core.readInvitation(invitation);
        answer->addResult(!profile    ? Result<AddedContact>(fail(profile.error()))
                              : !read ? Result<AddedContact>(fail(read.error()))
                                      : (*profile)->addContact(name, addresses, read->token));
        answer->finish();
    });
}

QFuture<Result<QList<Contact>>> Messenger::contacts()
{
    return ask<QList<Contact>>([](OpenProfile &profile) { return profile.contacts(); });
}

QFuture<Result<void>> Messenger::updateContact(ContactId id, const std::optional<QString> &name,
                                               const std::optional<QList<Address>> &addresses)
{
    return ask<void>([=](OpenProfile &profile) { return profile.updateContact(id, name, addresses); });
}

QFuture<Result<void>> Messenger::removeContact(ContactId id)
{
    return ask<void>([=](OpenProfile &profile) { return profile.removeContact(id); });
}

QFuture<Result<QList<PersonStatus>>> Messenger::people()
{
    return ask<QList<PersonStatus>>([](OpenProfile &profile) { return profile.people().people(); });
}

QFuture<Result<std::optional<Avatar>>> Messenger::avatar(const Address &of)
{
    return ask<std::optional<Avatar>>([=](OpenProfile &profile) { return profile.people().avatarOf(of); });
}

QFuture<Result<QList<PresenceRequest>>> Messenger::presenceRequests()
{
    return ask<QList<PresenceRequest>>([](OpenProfile &profile) { return profile.people().requests(); });
}

QFuture<Result<void>> Messenger::answerRequest(TransportId transport, const Address &from, RequestAnswer answer)
{
    return ask<void>([=](OpenProfile &profile) { return profile.people().answer(transport, from, answer); });
}

QFuture<Result<QList<Address>>> Messenger::blocked()
{
    return ask<QList<Address>>([](OpenProfile &profile) { return profile.people().blocked(); });
}

QFuture<Result<void>> Messenger::setBlocked(const QList<Address> &addresses, bool isBlocked)
{
    return ask<void>([=](OpenProfile &profile) { return profile.people().setBlocked(addresses, isBlocked); });
}

QFuture<Result<SentMessage>> Messenger::send(ContactId to, const QString &text, std::optional<MessageId> replyTo,
                                             std::optional<TransportId> via)
{
    return askLater<SentMessage>([=](MessengerCore &core, const auto &answer) {
        core.send({to, text, replyTo, via}, answer);
    });
}

QFuture<Result<SentMessage>> Messenger::send(ConversationId to, const QString &text, std::optional<MessageId> replyTo,
                                             std::optional<TransportId> via)
{
    return askLater<SentMessage>([=](MessengerCore &core, const auto &answer) {
        core.send({to, text, replyTo, via}, answer);
    });
}

QFuture<Result<SentMessage>> Messenger::correct(MessageId id, const QString &text)
{
    return ask<SentMessage>([=](OpenProfile &profile) { return profile.correct(id, text); });
}

QFuture<Result<SentMessage>> Messenger::retract(MessageId id)
{
    return ask<SentMessage>([=](OpenProfile &profile) { return profile.retract(id); });
}

QFuture<Result<SentMessage>> Messenger::react(MessageId id, const QStringList &reactions)
{
    return ask<SentMessage>([=](OpenProfile &profile) { return profile.react(id, reactions); });
}

QFuture<Result<QList<MessageVersion>>> Messenger::versions(MessageId id)
{
    return ask<QList<MessageVersion>>([=](OpenProfile &profile) { return profile.versions(id); });
}

QFuture<Result<void>> Messenger::showState(ConversationId to, ChatState state)
{
    return ask<void>([=](OpenProfile &profile) { return profile.showState(to, state); });
}

QFuture<Result<PrivacyPolicy>> Messenger::privacy()
{
    return ask<PrivacyPolicy>([](OpenProfile &profile) { return profile.privacy(); });
}

QFuture<Result<void>> Messenger::setPrivacy(const PrivacyPolicy &privacy)
{
    return ask<void>([=](OpenProfile &profile) { return profile.setPrivacy(privacy); });
}

QFuture<Result<void>> Messenger::setActive(bool isActive)
{
    return ask<void>([=](OpenProfile &profile) { return profile.setActive(isActive); });
}

QFuture<Result<QList<Message>>> Messenger::messages(ConversationId conversation, std::optional<MessageId> before,
                                                    int limit)
{
    return ask<QList<Message>>([=](OpenProfile &profile) { return profile.messages(conversation, before, limit); });
}

QFuture<Result<Message>> Messenger::message(MessageId id)
{
    return ask<Message>([=](OpenProfile &profile) { return profile.message(id); });
}

QFuture<Result<MessageWay>> Messenger::messageWay(MessageId id)
{
    return ask<MessageWay>([=](OpenProfile &profile) { return profile.messageWay(id); });
}

QFuture<Result<void>> Messenger::markRead(ConversationId conversation, MessageId upTo)
{
    return ask<void>([=](OpenProfile &profile) { return profile.markRead(conversation, upTo); });
}

QFuture<Result<QList<ConversationSummary>>> Messenger::conversations()
{
    return ask<QList<ConversationSummary>>([](OpenProfile &profile) { return profile.conversations(); });
}

QFuture<Result<StatusSummary>> Messenger::status()
{
    return ask<StatusSummary>([](OpenProfile &profile) { return profile.status(); });
}

QFuture<Result<DeliveryPolicy>> Messenger::policy()
{
    return ask<DeliveryPolicy>([](OpenProfile &profile) { return profile.policy(); });
}

QFuture<Result<void>> Messenger::setPolicy(const DeliveryPolicy &policy)
{
    return ask<void>([=](OpenProfile &profile) { return profile.setPolicy(policy); });
}

} // namespace planb
