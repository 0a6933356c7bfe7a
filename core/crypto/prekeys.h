// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/crypto/device.h"

#include <vector>

namespace planb {

/// The keys that others begin sessions with while we are away: signed prekeys, a new one each week, and one-time
/// keys, one for each invitation. A value for the store; it takes the time as a parameter.
class Prekeys
{
public:
    static constexpr std::chrono::days kRotation{7};
    /// A card may be this old and still be of use; then the secret is gone, and with it what came under it.
    static constexpr std::chrono::days kLife{35};
    static constexpr std::size_t kMaxOneTimeKeys = 100;

    struct Prekey {
        PrekeyId id;
        WallTime createdAt;
        ExchangePair pair;
    };

    Prekeys clone() const;
    /// Makes a new signed prekey if the newest is kRotation old (or from the future), and deletes those older than
    /// kLife. True if something changed: the card is due then.
    bool rotate(WallTime now);
    /// The one for cards; rotate() has to have been called once.
    const Prekey &current() const { return m_signed.back(); }
    const std::vector<Prekey> &signedPrekeys() const { return m_signed; }

    /// A new one-time key; the oldest goes when there would be more than kMaxOneTimeKeys.
    const Prekey &addOneTimeKey(WallTime now);
    const std::vector<Prekey> &oneTimeKeys() const { return m_oneTime; }
    /// After its first use, in the transaction that stores the session.
    void forgetOneTimeKey(const PrekeyId &id);

    /// Nothing if it is gone, or older than kLife.
    const Prekey *findSigned(const PrekeyId &id, WallTime now) const;
    const Prekey *findOneTime(const PrekeyId &id) const;

    /// For the store, secret.
    SecretBytes toBytes() const;
    /// Of what toBytes() gives, and nothing else: ProfileDamaged.
    static Result<Prekeys> fromBytes(ByteView bytes);

private:
    std::vector<Prekey> m_signed; // oldest first
    std::vector<Prekey> m_oneTime; // oldest first
};

} // namespace planb
