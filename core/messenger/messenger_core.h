// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/key_vault.h"
#include "core/messenger/keyring_system.h"
#include "core/messenger/messenger.h"
#include "core/messenger/open_profile.h"
#include "core/messenger/profile_folder.h"

#include <QObject>
#include <QPromise>

#include <functional>
#include <memory>
#include <vector>

namespace planb {

/// The far side of the façade: lives on the core thread and holds the profile, locked or open.
class MessengerCore : public QObject
{
    Q_OBJECT

public:
    template<class T>
    using Answer = std::shared_ptr<QPromise<Result<T>>>;

    explicit MessengerCore(Messenger::Options options);
    ~MessengerCore() override;

    void createProfile(const QString &name, const QString &passphrase, const Answer<ProfileInfo> &answer);
    void openProfile(const Answer<ProfileInfo> &answer);
    void unlock(const QString &passphrase, const Answer<void> &answer);
    void visitServer(const AccountRequest &request, const Answer<AccountAnswer> &answer);
    Result<Invitation> readInvitation(const QString &link) const;
    /// Together with what else is sent before the next turn of the event loop, in one commit.
    void send(OpenProfile::Outgoing message, const Answer<SentMessage> &answer);
    void testTransport(TransportId id, const Answer<TransportTest> &answer);

    /// Says goodbye to the servers, and calls `gone` when they know or have had a second for it. It may be called again.
    void leave(const std::function<void()> &gone);

    /// The open profile, or why there is none. What was sent before is in it.
    Result<OpenProfile *> profile();
    Result<ProfileInfo> profileInfo() const;
    QList<TransportKindInfo> transportKinds() const { return m_options.factory->kinds(); }

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
    struct Unsent {
        OpenProfile::Outgoing message;
        Answer<SentMessage> answer;
    };
    void sendAll();
    void holdFolder(ProfileFolder folder);
    void releaseFolder();
    Result<void> makeStore(const ProfileKey &key, const QString &name);
    Result<void> openStore(const ProfileKey &key);
    Result<void> takeIntoUse(std::unique_ptr<store::Store> store);

    Messenger::Options m_options;
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<Keyring> m_keyring;
    std::unique_ptr<ProfileFolder> m_folder;
    std::unique_ptr<KeyVault> m_vault;
    KeyStorage m_keyStorage = KeyStorage::File;
    std::optional<Failure> m_closedBy; ///< why there is no open profile
    bool m_isBusy = false; ///< a key is being made or fetched
    std::unique_ptr<OpenProfile> m_profile;
    std::vector<Unsent> m_unsent;
};

} // namespace planb
