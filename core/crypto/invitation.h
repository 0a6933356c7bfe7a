// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/card.h"

#include <QStringView>

namespace planb {

/// A one-time key of one of the card's devices. The session that is begun with it cannot be opened again once that
/// device has used it, not even with all its other keys.
struct OneTimeOffer {
    DeviceId device;
    PrekeyId id;
    ExchangeKey key;
    Signature signature; ///< by the device

    bool operator==(const OneTimeOffer &) const = default;
};
OneTimeOffer offerOf(const OwnDevice &device, const Prekeys::Prekey &oneTimeKey);

/// What is handed to somebody who shall become a contact, as a link, a file or a picture: a card and maybe a one-time key.
struct Invitation {
    QByteArray card; ///< encoded and signed
    std::optional<OneTimeOffer> oneTime = {};

    bool operator==(const Invitation &) const = default;
};

inline constexpr qsizetype kMaxInvitationBytes = Card::kMaxBytes + 256;

/// The card has to be sound.
QByteArray encodeInvitation(const Invitation &invitation);
/// The card in it is sound, and the one-time key signed by one of its devices. Fails as parseCard() does.
Result<Invitation> parseInvitation(QByteArrayView bytes);

/// "planb:" and the invitation in base64url without padding (RFC 4648, section 5).
QString linkOf(const Invitation &invitation);
/// Of what linkOf() gives, though the scheme may be in capitals. Fails as parseInvitation() does.
Result<Invitation> parseLink(QStringView link);

} // namespace planb
