// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/account_changes.h"

#include "core/base/log.h"
#include "core/transport/own_account.h"

#include <QPointer>

namespace planb {

using namespace Qt::StringLiterals;

namespace {

QString settingOf(TransportId id)
{
    return u"account.%1.nextPassword"_s.arg(id.toString());
}

// Whether the server may have done it all the same.
bool isOpen(const Result<void> &answer)
{
    return !answer
        && (answer.error().code == FailureCode::ConnectionLost || answer.error().code == FailureCode::HopTimeout);
}

} // namespace

AccountChanges::AccountChanges(store::Store &store, Chain &chain, RemoveTransport removeTransport)
    : m_store(store), m_chain(chain), m_removeTransport(std::move(removeTransport))
{
    connect(&m_chain, &Chain::linkChanged, this,
            [this](TransportId id, const LinkState &state) { forgetIfRefuted(id, state.phase); });
    // Queued: new settings make a new transport, and the old one is still speaking.
    connect(
        &m_chain, &Chain::linkChanged, this, [this](TransportId id, const LinkState &state) { onLink(id, state); },
        Qt::QueuedConnection);
}

Result<OwnAccount *> AccountChanges::accountOf(TransportId id) const
{
    if (const auto config = m_chain.configOf(id); !config)
        return fail(config.error());
    Transport *transport = m_chain.transport(id);
    OwnAccount *account = transport ? transport->account() : nullptr;
    if (!account)
        return fail(FailureCode::NotSupported, u"this transport has no account that could be changed"_s);
    return account;
}

void AccountChanges::changePassword(TransportId id, const QString &password, const Done &done)
{
    const auto account = accountOf(id);
    if (!account)
        return done(fail(account.error()));
    if (const auto noted = m_store.settings().set(settingOf(id), password); !noted)
        return done(noted);
    m_asked.insert(id); // the login of this connection tells nothing about the answer
    (*account)->changePassword(password, [self = QPointer(this), id, password, done](const Result<void> &answer) {
        if (self)
            self->onPasswordAnswer(id, password, answer, done);
        else
            done(answer);
    });
}

void AccountChanges::onPasswordAnswer(TransportId id, const QString &password, const Result<void> &answer,
                                      const Done &done)
{
    if (answer)
        return done(takeIntoUse(id, password));
    // An open question is settled by the next login.
    if (!isOpen(answer)) {
        if (const auto removed = m_store.settings().remove(settingOf(id)); !removed)
            return done(removed);
    }
    done(answer);
}

Result<void> AccountChanges::takeIntoUse(TransportId id, const QString &password)
{
    if (auto updated = m_chain.update(id, {}, {}, QJsonObject{{u"password"_s, password}}); !updated)
        return updated;
    return m_store.settings().remove(settingOf(id));
}

// Who is let in with the old password after the question knows what became of it.
void AccountChanges::forgetIfRefuted(TransportId id, LinkPhase phase)
{
    if (phase == LinkPhase::Connecting || phase == LinkPhase::Waiting)
        m_asked.erase(id);
    if (phase != LinkPhase::Ready || m_asked.contains(id))
        return;
    if (const auto removed = m_store.settings().remove(settingOf(id)); !removed)
        qCWarning(lcMessenger) << "an unused password was kept:" << describe(removed.error());
}

void AccountChanges::onLink(TransportId id, const LinkState &state)
{
    const bool isRefused = state.phase == LinkPhase::Blocked && state.failure
        && state.failure->code == FailureCode::AuthenticationFailed;
    if (!isRefused)
        return;
    const auto next = m_store.settings().get(settingOf(id));
    if (!next || !*next)
        return;
    qCInfo(lcMessenger) << "a changed password is taken into use after all";
    if (const auto taken = takeIntoUse(id, **next); !taken)
        qCWarning(lcMessenger) << "a changed password could not be stored:" << describe(taken.error());
}

void AccountChanges::deleteAccount(TransportId id, const Done &done)
{
    const auto account = accountOf(id);
    if (!account)
        return done(fail(account.error()));
    (*account)->remove([self = QPointer(this), id, done](const Result<void> &answer) {
        if (!answer || !self)
            return done(answer);
        done(self->m_removeTransport(id));
    });
}

Result<void> AccountChanges::transportRemoved(TransportId id)
{
    m_asked.erase(id);
    return m_store.settings().remove(settingOf(id));
}

} // namespace planb
