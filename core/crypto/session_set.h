// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/session.h"

#include <memory>
#include <vector>

namespace planb {

/// All sessions with one incarnation of one device of one person. More than one comes about when both begin at once, and
/// when one is begun anew because another broke; what is under way in the older ones can still be opened.
///
/// The session with the highest order is used for sending, of two with the same order the one with the smaller ephemeral
/// key: both sides see the same numbers and choose alike, whatever came in which order. The order is the time of the
/// beginning, but always above all that are known.
///
/// A value like Session; copies are cheap.
class SessionSet
{
public:
    static constexpr std::size_t kMaxSessions = 6;
    /// One that is not used for sending is dropped so long after it was last used.
    static constexpr std::chrono::days kArchiveLife{30};
    /// Greetings that were opened, by their ephemeral keys; then none of them begins a session again.
    static constexpr std::size_t kMaxRemembered = 256;

    /// With nobody yet: for the device that has these keys.
    SessionSet(const IdentityKey &identity, const DeviceKey &device) : m_identity(identity), m_device(device) {}

    bool canSeal() const { return !m_sessions.empty(); }
    /// In the order of preference; the first is used for sending.
    std::vector<ExchangeKey> sessionNames() const;
    bool isUnanswered() const { return canSeal() && m_sessions.front().session->isUnanswered(); }
    qsizetype skippedKeys() const;

    /// With a session that is preferred to all others; sealing then greets. For the first message, and anew when the
    /// other side cannot open what we send or we cannot open what it sends. Fails as Session::begin(), and with
    /// NotAuthentic if the target is another device.
    Judged<SessionSet> withNewSession(const OwnDevice &self, const SessionTarget &target, WallTime now) const;

    struct Sealed;
    /// Fails as Session::seal(); Exhausted if there is no session.
    Judged<Sealed> seal(QByteArrayView content, WallTime now) const;

    struct Opened;
    /// With a session that is there. NoSession if none fits: for a greeting, accept() is next. Replayed if the session of
    /// a greeting was there and is gone. Otherwise what Session::open() says.
    Judged<Opened> open(const Envelope &envelope, WallTime now) const;
    /// With the new session of a greeting that readGreeting() read. Fails as open() and Session::answer(); NotAuthentic
    /// if the author is another device, or the message behind the greeting does not open.
    Judged<Opened> accept(const OwnDevice &self, const Prekeys &prekeys, const Greeting &greeting,
                          const Envelope &envelope, WallTime now) const;

    /// For the store, secret.
    SecretBytes toBytes() const;
    /// Of what toBytes() gives, and nothing else: StoreCorrupt.
    static Result<SessionSet> fromBytes(ByteView bytes);

private:
    struct Entry {
        std::shared_ptr<const Session> session;
        WallTime usedAt;
    };

    void add(Session session, WallTime now);
    void replace(std::size_t index, Session session, WallTime now);
    void dropOld(WallTime now);
    bool remembers(const ExchangeKey &ephemeral) const;

    IdentityKey m_identity;
    DeviceKey m_device;
    std::vector<Entry> m_sessions; // the preferred first
    std::vector<ExchangeKey> m_greetings; // oldest first
};

struct SessionSet::Sealed {
    SessionSet next;
    QByteArray envelope;
};

struct SessionSet::Opened {
    SessionSet next;
    QByteArray content;
    /// The one-time key that the session used up (zero: none): delete it in the same transaction.
    PrekeyId usedOneTimeKey;
};

} // namespace planb
