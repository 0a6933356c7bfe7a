// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/crypto/device.h"
#include "core/crypto/prekeys.h"

#include <QString>

namespace planb {

/// A device as a card shows it: who it is, and the key with which to begin a session.
struct CardDevice {
    DeviceIdentity device;
    PrekeyId prekeyId;
    ExchangeKey prekey;
    WallTime prekeyCreatedAt;
    WallTime addedAt;
    Signature signature; ///< by the device itself, over all the rest

    bool operator==(const CardDevice &) const = default;
};

/// The entry for a device of our own.
CardDevice cardEntryOf(const OwnDevice &device, const Prekeys::Prekey &prekey, WallTime addedAt);

struct RemovedDevice {
    DeviceId device;
    quint64 sequence = 0; ///< of the first card without it

    bool operator==(const RemovedDevice &) const = default;
};

/// Where a person can be reached. Kinds and addresses that are unknown here are kept.
struct CardRoute {
    QString kind; ///< "xmpp", …: 1 to 16 of a-z, 0-9 and -
    QString address; ///< 1 to kMaxAddressBytes of UTF-8
    quint8 tier = 0; ///< the person's own order, the lowest first
    std::optional<WallTime> from = {};
    std::optional<WallTime> until = {};

    bool operator==(const CardRoute &) const = default;
};

/// Who a person is to others: devices and addresses, signed by the identity key. Each has a higher sequence number than
/// the one before. docs/protocol.md, "Cards", is its form.
struct Card {
    static constexpr qsizetype kMaxBytes = 4096;
    static constexpr qsizetype kMaxDevices = 8;
    static constexpr qsizetype kMaxRemoved = 32;
    static constexpr qsizetype kMaxRoutes = 16;
    static constexpr qsizetype kMaxNameBytes = 128;
    static constexpr qsizetype kMaxAddressBytes = 1024;

    IdentityKey identity;
    QString name; ///< what the person wants to be called; may be empty
    quint64 sequence = 1; ///< 1 to 2^53 - 1
    WallTime createdAt;
    WallTime expiresAt; ///< after createdAt
    QList<CardDevice> devices; ///< at least one
    QList<RemovedDevice> removed = {};
    QList<CardRoute> routes = {};

    bool operator==(const Card &) const = default;
};

/// InvalidArgument if the card breaks a limit, or a device in it is not one of `identity` or not signed.
Result<QByteArray> encodeCard(const Card &card, const IdentityPair &identity);
/// Everything is checked: form, limits, and that the identity named in it signed the card, and certified each device,
/// and each device signed its entry. Whether it is the right identity is the caller's business, see compareCards().
/// ProtocolError if something is wrong; NotOffered if it is of a later version.
Result<Card> parseCard(QByteArrayView bytes);

/// What a card is beside the one that is known of a person.
///
/// | news          | means                                                             |
/// |---------------|-------------------------------------------------------------------|
/// | Newer         | of the same identity with a higher number: take it                |
/// | Same          | the very same bytes                                               |
/// | Older         | the same identity, a lower number: leave it                       |
/// | Contradiction | the same identity and number, other bytes: alarm, leave it        |
/// | OtherIdentity | another person, or somebody who wants to be taken for this one: never taken by itself |
enum class CardNews { Newer, Same, Older, Contradiction, OtherIdentity };

/// Both are encoded cards, `known` being sound. Fails as parseCard() for `offered`.
Result<CardNews> compareCards(QByteArrayView known, QByteArrayView offered);

} // namespace planb
