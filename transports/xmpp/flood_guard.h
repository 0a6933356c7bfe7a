// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transports/xmpp/element.h"
#include "transports/xmpp/people.h"
#include "transports/xmpp/token_buckets.h"

#include <optional>

namespace planb::xmpp {

/// Bounds what others can make one stream do that costs the disk, an answer or the user's attention. Pure.
///
/// | stanza                                        | of each peer          | of all              | beyond that            |
/// |-----------------------------------------------|-----------------------|---------------------|------------------------|
/// | message of a stranger                         | 50, then 1 each 5 s   | 500, then 1 each 1 s | see below             |
/// | presence that asks, or withdraws the question | 3, then 1 each 10 min | 50, then 1 each 1 min | left; it is repeated |
/// | presence and events of somebody on the list   | 60, then 1 each 1 s   | (who is on the list) | left                  |
/// | question by `<iq/>`                           | 20, then 1 each 1 s   | 100, then 10 a second | left without an answer |
///
/// A stranger's message that is too much comes back to them as resource-constraint of type wait, 50 of them and then
/// one a second; what is no message to read (receipts, states) and what is beyond that is left. The own account and the
/// own server are never limited, nor are messages of contacts, whatever their number: see IntakeBrake for those.
class FloodGuard
{
public:
    /// `bareJid`, `domain`: of the own account.
    FloodGuard(QString bareJid, QString domain, MonoTime now);

    /// Why a stanza is not to be handled.
    struct Refusal {
        std::optional<Element> answer; ///< to be sent, if anything
    };
    std::optional<Refusal> refusalOf(const Element &stanza, const People &people, MonoTime now);

    qsizetype remembered() const;

private:
    bool isOurs(QStringView from) const;
    std::optional<Refusal> refuseMessage(const Element &stanza, const People &people, MonoTime now);
    bool admitsPresence(const Element &stanza, const Address &from, const People &people, MonoTime now);

    QString m_bareJid;
    QString m_domain;
    TokenBuckets m_messages;
    TokenBuckets m_requests;
    TokenBuckets m_presence;
    TokenBuckets m_questions;
    TokenBucket m_answers;
};

} // namespace planb::xmpp
