// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/card.h"
#include "core/crypto/envelope.h"
#include "core/crypto/invitation.h"

namespace planb {

/// Whom a session is begun with: one device, by the keys of its person's card.
struct SessionTarget {
    DeviceIdentity device;
    PrekeyId prekeyId;
    ExchangeKey prekey;
    PrekeyId oneTimeId = {}; ///< zero: no one-time key
    ExchangeKey oneTime = {};
};
/// `offer` is used if it is of this device.
SessionTarget targetOf(const CardDevice &entry, const std::optional<OneTimeOffer> &offer = {});

/// Who greets, and which of two sessions is to be used: the one with the higher order. The author's signature is checked,
/// but anybody can copy it. Only a message that then opens is from that author.
struct Greeting {
    DeviceIdentity author;
    quint64 order = 0; ///< 1 to kMaxWireNumber
};

/// The sealed part of a greeting to a device with the key `receiver`.
[[nodiscard]] std::optional<QByteArray> sealGreeting(const Greeting &greeting, const ExchangePair &ephemeral,
                                                     const ExchangeKey &receiver);
/// Opens it. Needs no prekey, so it also tells who wrote under one that is gone. NotForUs if `self` cannot open it,
/// NotAuthentic if the author's certificate is wrong, Malformed if it holds something else (or `envelope` is no greeting).
Judged<Greeting> readGreeting(const OwnDevice &self, const Envelope &envelope);

} // namespace planb
