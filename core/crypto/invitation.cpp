// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/invitation.h"

#include "core/base/cbor.h"
#include "core/base/cbor_writer.h"
#include "core/crypto/cbor_fields.h"

#include <QCborArray>

#include <algorithm>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

constexpr quint64 kVersion = 1;
constexpr auto kScheme = "planb:"_L1;
constexpr auto kBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr qsizetype kMaxLinkLength = kScheme.size() + (kMaxInvitationBytes + 2) / 3 * 4;

Unexpected<Failure> refuse(const QString &why)
{
    return fail(FailureCode::ProtocolError, u"invitation: "_s + why);
}

QByteArray signedOffer(const DeviceIdentity &device, const PrekeyId &id, const ExchangeKey &key)
{
    CborWriter out;
    out.array(5);
    out.bytes(device.identity.bytes());
    out.bytes(device.device.bytes());
    out.number(device.incarnation);
    out.bytes(id.bytes());
    out.bytes(key.bytes());
    return out.take();
}

std::optional<OneTimeOffer> offerIn(const QCborArray &fields)
{
    const auto device = fixedIn<DeviceId>(fields.at(0));
    const auto id = fixedIn<PrekeyId>(fields.at(1));
    const auto key = fixedIn<ExchangeKey>(fields.at(2));
    const auto signature = fixedIn<Signature>(fields.at(3));
    if (fields.size() != 4 || !device || !id || !key || !signature)
        return {};
    return OneTimeOffer{*device, *id, *key, *signature};
}

bool isOfferedBy(const Card &card, const OneTimeOffer &offer)
{
    return std::any_of(card.devices.begin(), card.devices.end(), [&offer](const CardDevice &entry) {
        return entry.device.device == offer.device
            && isSigned(entry.device.signing, Label::SignOneTimeKey, signedOffer(entry.device, offer.id, offer.key),
                        offer.signature);
    });
}

} // namespace

OneTimeOffer offerOf(const OwnDevice &device, const Prekeys::Prekey &oneTimeKey)
{
    const DeviceIdentity &self = device.publicPart();
    const ExchangeKey &key = oneTimeKey.pair.publicKey;
    return {self.device, oneTimeKey.id, key,
            sign(device.signingPair(), Label::SignOneTimeKey, signedOffer(self, oneTimeKey.id, key))};
}

QByteArray encodeInvitation(const Invitation &invitation)
{
    CborWriter out;
    out.array(3);
    out.number(kVersion);
    out.bytes(invitation.card);
    out.array(invitation.oneTime ? 4 : 0);
    if (invitation.oneTime) {
        out.bytes(invitation.oneTime->device.bytes());
        out.bytes(invitation.oneTime->id.bytes());
        out.bytes(invitation.oneTime->key.bytes());
        out.bytes(invitation.oneTime->signature.bytes());
    }
    return out.take();
}

Result<Invitation> parseInvitation(QByteArrayView bytes)
{
    const auto outer = parseCbor(bytes, {kMaxInvitationBytes, 2, 16, Card::kMaxBytes});
    if (!outer)
        return fail(outer.error());
    const QCborArray fields = outer->toArray();
    const auto version = numberIn(fields.at(0), kMaxWireNumber);
    if (version && *version > kVersion)
        return fail(FailureCode::NotOffered, u"the invitation is of a later version"_s);
    const auto cardBytes = bytesIn(fields.at(1), Card::kMaxBytes);
    if (version != kVersion || fields.size() != 3 || !cardBytes || !fields.at(2).isArray())
        return refuse(u"it is none"_s);
    const auto card = parseCard(*cardBytes);
    if (!card)
        return fail(card.error());
    Invitation invitation{*cardBytes};
    const QCborArray offer = fields.at(2).toArray();
    if (!offer.isEmpty()) {
        invitation.oneTime = offerIn(offer);
        if (!invitation.oneTime || !isOfferedBy(*card, *invitation.oneTime))
            return refuse(u"the one-time key is not of a device in the card"_s);
    }
    return invitation;
}

QString linkOf(const Invitation &invitation)
{
    return kScheme + QString::fromLatin1(encodeInvitation(invitation).toBase64(kBase64));
}

Result<Invitation> parseLink(QStringView link)
{
    if (link.size() > kMaxLinkLength || !link.startsWith(kScheme, Qt::CaseInsensitive))
        return refuse(u"no such link"_s);
    const QByteArray text = link.sliced(kScheme.size()).toLatin1();
    const auto decoded = QByteArray::fromBase64Encoding(text, kBase64 | QByteArray::AbortOnBase64DecodingErrors);
    // One text for one invitation: neither padding nor unused bits that are not zero.
    if (!decoded || (*decoded).toBase64(kBase64) != text)
        return refuse(u"the link was damaged"_s);
    return parseInvitation(*decoded);
}

} // namespace planb
