// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/invitation.h"
#include "core/crypto/session_set.h"

#include <gtest/gtest.h>

#include <ostream>

namespace planb {

inline void PrintTo(Refusal refusal, std::ostream *out)
{
    *out << nameOf(refusal).toStdString();
}

namespace test {

inline constexpr WallTime kNow = wallFromMillis(1'700'000'000'000);

/// A person with one device, as the store would hold them.
struct Party {
    IdentityPair identity = makeIdentityPair();
    OwnDevice device = OwnDevice::make(identity, randomFixed<DeviceId>(), 1);
    Prekeys prekeys = freshPrekeys();

    static Prekeys freshPrekeys();
    CardDevice entry() const { return cardEntryOf(device, prekeys.current(), kNow); }
    Card card(quint64 sequence = 1) const;
    QByteArray encodedCard(quint64 sequence = 1) const { return encodeCard(card(sequence), identity).value(); }
    SessionTarget target() const { return targetOf(entry()); }
    /// With nobody in it yet, for talking to `other`.
    static SessionSet sessionsWith(const Party &other)
    {
        return {other.identity.publicKey, other.device.publicPart().signing};
    }
};

/// One side of a conversation: its sessions, and the steps that a messenger would take with each envelope.
class Talker
{
public:
    Talker(Party &self, const Party &peer) : m_self(self), m_peer(peer), m_sessions(Party::sessionsWith(peer)) {}

    /// Begins a session if there is none.
    QByteArray say(const QByteArray &content);
    void beginAnew();
    /// Opens with what is there, otherwise by greeting. After a failure nothing is changed.
    Judged<QByteArray> hear(const QByteArray &envelope);
    QByteArray heard(const QByteArray &envelope);

    SessionSet &sessions() { return m_sessions; }
    /// As a restart does.
    void reload() { m_sessions = SessionSet::fromBytes(m_sessions.toBytes().view()).value(); }
    WallTime now = kNow;

private:
    Party &m_self;
    const Party &m_peer;
    SessionSet m_sessions;
};

inline Envelope parsed(const QByteArray &bytes)
{
    return parseEnvelope(bytes).value();
}

} // namespace test
} // namespace planb
