// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/greeting.h"

namespace planb {

/// What both sides of a new session come to have in common (the shape of X3DH). Everything that was agreed on is in the
/// hash `ad`, and `ad` is in every key: two that differ in the least of it do not understand each other.
struct SessionKeys {
    SessionAd ad;
    SecretBytes root;
    SecretBytes headOfInitiator; ///< header key of the initiator's first messages
    SecretBytes headOfResponder;
};

/// For the one who begins. Nothing if a key of the target's is one with which no secret can be agreed on.
[[nodiscard]] std::optional<SessionKeys> keysOfInitiator(const OwnDevice &self, const ExchangePair &ephemeral,
                                                         const SessionTarget &target);
/// For the one who is greeted; `oneTime` as the greeting names it.
[[nodiscard]] std::optional<SessionKeys> keysOfResponder(const OwnDevice &self, const Prekeys::Prekey &prekey,
                                                         const Prekeys::Prekey *oneTime, const DeviceIdentity &author,
                                                         const ExchangeKey &ephemeral);

} // namespace planb
