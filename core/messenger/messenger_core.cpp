// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/messenger_core.h"

#include "core/base/log.h"
#include "core/messenger/transport_trial.h"

#include <QTimer>

namespace planb {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kTrialPatience{30'000};
constexpr Millis kGoodbye{1'000};
constexpr qsizetype kMaxProfileName = 100;
// A turn that stores more would keep everything else waiting.
constexpr std::size_t kMaxSentAtOnce = 200;

template<class T>
void give(const MessengerCore::Answer<T> &answer, Result<T> result)
{
    answer->addResult(std::move(result));
    answer->finish();
}

QByteArrayView toView(const SecretBytes &key)
{
    return {key.view().data(), key.size()};
}

} // namespace

MessengerCore::MessengerCore(Messenger::Options options)
    : m_options(std::move(options))
    , m_closedBy(Failure{FailureCode::ProfileMissing, u"no profile has been opened"_s, {}})
{}

MessengerCore::~MessengerCore()
{
    const auto trials = findChildren<TransportTrial *>();
    qDeleteAll(trials);
}

void MessengerCore::leave(const std::function<void()> &gone)
{
    sendAll();
    if (!m_profile)
        return gone();
    QTimer::singleShot(kGoodbye, this, gone);
    m_profile->leave(gone);
}

void MessengerCore::holdFolder(ProfileFolder folder)
{
    if (!m_keyring)
        m_keyring = std::make_unique<SystemKeyring>();
    m_folder = std::make_unique<ProfileFolder>(std::move(folder));
    m_vault = std::make_unique<KeyVault>(*m_folder, *m_keyring);
}

void MessengerCore::releaseFolder()
{
    // The vault may be the one who is calling.
    if (m_vault)
        m_vault.release()->deleteLater();
    m_folder.reset();
}

void MessengerCore::createProfile(const QString &name, const QString &passphrase, const Answer<ProfileInfo> &answer)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > kMaxProfileName)
        return give<ProfileInfo>(
            answer, fail(FailureCode::InvalidArgument, u"name has 1 to %1 characters"_s.arg(kMaxProfileName)));
    if (m_profile || m_isBusy || m_folder)
        return give<ProfileInfo>(answer, fail(FailureCode::ProfileExists, m_options.profileFolder));
    auto folder = ProfileFolder::makeAndLock(m_options.profileFolder);
    if (!folder)
        return give<ProfileInfo>(answer, fail(folder.error()));
    holdFolder(std::move(*folder));
    m_isBusy = true;
    m_vault->create(m_options.keyStorage, passphrase, [this, trimmed, answer](Result<ProfileKey> key) {
        m_isBusy = false;
        const Result<void> made = key ? makeStore(*key, trimmed) : Result<void>(fail(key.error()));
        if (made)
            return give<ProfileInfo>(answer, profileInfo());
        m_closedBy = made.error();
        releaseFolder();
        give<ProfileInfo>(answer, fail(made.error()));
    });
}

Result<void> MessengerCore::makeStore(const ProfileKey &key, const QString &name)
{
    auto made = store::Store::create(m_folder->historyPath(), toView(key.key));
    Result<void> named = made ? (*made)->settings().set(setting::kProfileName.toString(), name)
                              : Result<void>(fail(made.error()));
    if (!named) {
        if (made)
            made->reset();
        if (const auto undone = m_vault->abandonCreating(); !undone)
            qCWarning(lcMessenger) << "half a profile is left behind:" << describe(undone.error());
        return named;
    }
    if (auto finished = m_vault->finishCreating(); !finished)
        return finished;
    m_keyStorage = key.storage;
    return takeIntoUse(std::move(*made));
}

void MessengerCore::openProfile(const Answer<ProfileInfo> &answer)
{
    if (m_profile)
        return give<ProfileInfo>(answer, profileInfo());
    if (m_isBusy)
        return give<ProfileInfo>(answer, fail(FailureCode::ProfileInUse, u"it is being opened"_s));
    if (!m_folder) {
        auto folder = ProfileFolder::lock(m_options.profileFolder);
        if (!folder) {
            m_closedBy = folder.error();
            return give<ProfileInfo>(answer, fail(folder.error()));
        }
        holdFolder(std::move(*folder));
    }
    m_isBusy = true;
    m_vault->open([this, answer](Result<ProfileKey> key) {
        m_isBusy = false;
        const Result<void> opened = key ? openStore(*key) : Result<void>(fail(key.error()));
        if (opened)
            return give<ProfileInfo>(answer, profileInfo());
        m_closedBy = opened.error();
        // A locked profile is kept for unlock(); anything else is left to others, or to another try.
        if (opened.error().code != FailureCode::ProfileLocked)
            releaseFolder();
        give<ProfileInfo>(answer, fail(opened.error()));
    });
}

void MessengerCore::unlock(const QString &passphrase, const Answer<void> &answer)
{
    if (m_profile)
        return give<void>(answer, {});
    if (m_isBusy)
        return give<void>(answer, fail(FailureCode::ProfileInUse, u"it is being opened"_s));
    if (!m_vault)
        return give<void>(answer, fail(*m_closedBy));
    m_isBusy = true;
    m_vault->unlock(passphrase, [this, answer](Result<ProfileKey> key) {
        m_isBusy = false;
        give<void>(answer, key ? openStore(*key) : Result<void>(fail(key.error())));
    });
}

Result<void> MessengerCore::openStore(const ProfileKey &key)
{
    auto opened = store::Store::open(m_folder->historyPath(), toView(key.key));
    if (!opened)
        return fail(opened.error());
    m_keyStorage = key.storage;
    return takeIntoUse(std::move(*opened));
}

Result<void> MessengerCore::takeIntoUse(std::unique_ptr<store::Store> store)
{
    auto profile = OpenProfile::open(std::move(store), {*m_options.factory, m_clock, m_random, m_options.online});
    if (!profile)
        return fail(profile.error());
    m_profile = std::move(*profile);
    m_closedBy.reset();
    connect(m_profile.get(), &OpenProfile::messageAdded, this, &MessengerCore::messageAdded);
    connect(m_profile.get(), &OpenProfile::messageUpdated, this, &MessengerCore::messageUpdated);
    connect(m_profile.get(), &OpenProfile::messageChanged, this, &MessengerCore::messageChanged);
    connect(m_profile.get(), &OpenProfile::stateShown, this, &MessengerCore::stateShown);
    connect(m_profile.get(), &OpenProfile::transportChanged, this, &MessengerCore::transportChanged);
    connect(m_profile.get(), &OpenProfile::routeSwitched, this, &MessengerCore::routeSwitched);
    connect(m_profile.get(), &OpenProfile::personChanged, this, &MessengerCore::personChanged);
    connect(m_profile.get(), &OpenProfile::requestAdded, this, &MessengerCore::requestAdded);
    connect(m_profile.get(), &OpenProfile::requestRemoved, this, &MessengerCore::requestRemoved);
    return {};
}

void MessengerCore::send(OpenProfile::Outgoing message, const Answer<SentMessage> &answer)
{
    m_unsent.push_back({std::move(message), answer});
    if (m_unsent.size() >= kMaxSentAtOnce)
        return sendAll();
    // The event loop takes up timers when it has delivered the calls that wait.
    if (m_unsent.size() == 1)
        QTimer::singleShot(Millis(0), this, &MessengerCore::sendAll);
}

void MessengerCore::sendAll()
{
    const auto unsent = std::exchange(m_unsent, {});
    if (unsent.empty())
        return;
    std::vector<OpenProfile::Outgoing> messages;
    messages.reserve(unsent.size());
    for (const Unsent &one : unsent)
        messages.push_back(one.message);
    const auto results = m_profile ? m_profile->send(messages)
                                   : std::vector(messages.size(), Result<SentMessage>(fail(*m_closedBy)));
    for (std::size_t i = 0; i < unsent.size(); ++i)
        give<SentMessage>(unsent[i].answer, results[i]);
}

Result<OpenProfile *> MessengerCore::profile()
{
    sendAll();
    if (!m_profile)
        return fail(*m_closedBy);
    return m_profile.get();
}

Result<ProfileInfo> MessengerCore::profileInfo() const
{
    if (!m_profile)
        return fail(*m_closedBy);
    return ProfileInfo{m_profile->name(), {}, QStringLiteral(PLANB_VERSION), m_keyStorage};
}

void MessengerCore::testTransport(TransportId id, const Answer<TransportTest> &answer)
{
    const auto open = profile();
    if (!open)
        return give<TransportTest>(answer, fail(open.error()));
    auto twin = (*open)->twinOf(id);
    if (!twin)
        return give<TransportTest>(answer, fail(twin.error()));
    auto *trial = new TransportTrial(
        std::move(*twin), kTrialPatience, [answer](const TransportTest &test) { give<TransportTest>(answer, test); },
        this);
    trial->start();
}

void MessengerCore::visitServer(const AccountRequest &request, const Answer<AccountAnswer> &answer)
{
    if (const auto open = profile(); !open)
        return give<AccountAnswer>(answer, fail(open.error()));
    auto made = m_options.factory->accountErrand(request);
    if (!made)
        return give<AccountAnswer>(answer, fail(made.error()));
    AccountErrand *errand = made->release();
    errand->setParent(this);
    connect(errand, &AccountErrand::finished, this, [answer, errand](const Result<AccountAnswer> &result) {
        errand->deleteLater();
        give<AccountAnswer>(answer, result);
    });
    errand->start();
}

Result<Invitation> MessengerCore::readInvitation(const QString &link) const
{
    return m_options.factory->invitation(link);
}

} // namespace planb
