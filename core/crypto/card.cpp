// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/card.h"

#include "core/base/cbor_writer.h"
#include "core/crypto/card_form.h"
#include "core/crypto/cbor_fields.h"

#include <algorithm>

namespace planb {

namespace {

using namespace Qt::StringLiterals;
using namespace cardform;

quint64 wireTime(WallTime time)
{
    return static_cast<quint64>(toMillis(time));
}
bool isWireTime(WallTime time)
{
    return toMillis(time) >= 0 && wireTime(time) <= kMaxWireNumber;
}

// The fields that the device signs, without the head of their array.
void writeEntryFields(CborWriter &out, const CardDevice &entry)
{
    writeDeviceFields(out, entry.device);
    out.bytes(entry.device.certificate.bytes());
    out.bytes(entry.prekeyId.bytes());
    out.bytes(entry.prekey.bytes());
    out.number(wireTime(entry.prekeyCreatedAt));
    out.number(wireTime(entry.addedAt));
}

void writeDevices(CborWriter &out, const QList<CardDevice> &devices)
{
    out.number(Devices);
    out.array(devices.size());
    for (const CardDevice &entry : devices) {
        out.array(kDeviceFields);
        writeEntryFields(out, entry);
        out.bytes(entry.signature.bytes());
    }
}

void writeRemoved(CborWriter &out, const QList<RemovedDevice> &removed)
{
    out.number(Removed);
    out.array(removed.size());
    for (const RemovedDevice &gone : removed) {
        out.array(2);
        out.bytes(gone.device.bytes());
        out.number(gone.sequence);
    }
}

void writeRoutes(CborWriter &out, const QList<CardRoute> &routes)
{
    out.number(Routes);
    out.array(routes.size());
    for (const CardRoute &route : routes) {
        out.array(kRouteFields);
        out.text(route.kind);
        out.text(route.address);
        out.number(route.tier);
        out.number(route.from ? wireTime(*route.from) : 0);
        out.number(route.until ? wireTime(*route.until) : 0);
    }
}

QByteArray payloadOf(const Card &card)
{
    CborWriter out;
    out.map(4 + (card.name.isEmpty() ? 0 : 1) + 1 + (card.removed.isEmpty() ? 0 : 1) + (card.routes.isEmpty() ? 0 : 1));
    out.number(Identity);
    out.bytes(card.identity.bytes());
    if (!card.name.isEmpty()) {
        out.number(Name);
        out.text(card.name);
    }
    out.number(Sequence);
    out.number(card.sequence);
    out.number(Created);
    out.number(wireTime(card.createdAt));
    out.number(Expires);
    out.number(wireTime(card.expiresAt));
    writeDevices(out, card.devices);
    if (!card.removed.isEmpty())
        writeRemoved(out, card.removed);
    if (!card.routes.isEmpty())
        writeRoutes(out, card.routes);
    return out.take();
}

bool isKind(const QString &kind)
{
    return !kind.isEmpty() && kind.size() <= kMaxKindLength && std::all_of(kind.begin(), kind.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
    });
}

bool isSound(const CardRoute &route)
{
    return isKind(route.kind) && !route.address.isEmpty() && isLine(route.address, Card::kMaxAddressBytes)
        && isWireTime(route.from.value_or(WallTime())) && isWireTime(route.until.value_or(WallTime()));
}

bool isSound(const CardDevice &entry)
{
    const DeviceIdentity &device = entry.device;
    return device.incarnation > 0 && !device.device.isZero() && !entry.prekeyId.isZero() && !entry.prekey.isZero()
        && areSuitesSound(device.suites) && isWireTime(entry.prekeyCreatedAt) && isWireTime(entry.addedAt);
}

bool areDevicesDistinct(const Card &card)
{
    std::vector<DeviceId> ids;
    for (const CardDevice &entry : card.devices)
        ids.push_back(entry.device.device);
    for (const RemovedDevice &gone : card.removed)
        ids.push_back(gone.device);
    std::sort(ids.begin(), ids.end());
    return std::adjacent_find(ids.begin(), ids.end()) == ids.end();
}

} // namespace

QByteArray cardform::signedEntry(const CardDevice &entry)
{
    CborWriter out;
    out.array(kDeviceFields);
    out.bytes(entry.device.identity.bytes());
    writeEntryFields(out, entry);
    return out.take();
}

QString cardform::faultOf(const Card &card)
{
    if (card.sequence == 0 || card.sequence > kMaxWireNumber)
        return u"the sequence number is out of range"_s;
    if (!isWireTime(card.createdAt) || !isWireTime(card.expiresAt) || card.expiresAt <= card.createdAt)
        return u"the times make no sense"_s;
    if (!isLine(card.name, Card::kMaxNameBytes))
        return u"the name is too long or holds control characters"_s;
    if (card.devices.isEmpty() || card.devices.size() > Card::kMaxDevices || card.removed.size() > Card::kMaxRemoved
        || card.routes.size() > Card::kMaxRoutes)
        return u"no device, or too many devices or routes"_s;
    if (!areDevicesDistinct(card))
        return u"a device is named twice"_s;
    if (!std::all_of(card.routes.begin(), card.routes.end(), [](const CardRoute &route) { return isSound(route); }))
        return u"a route makes no sense"_s;
    for (const RemovedDevice &gone : card.removed) {
        if (gone.device.isZero() || gone.sequence == 0 || gone.sequence > card.sequence)
            return u"a removed device makes no sense"_s;
    }
    for (const CardDevice &entry : card.devices) {
        if (entry.device.identity != card.identity || !isSound(entry) || !entry.device.isCertified())
            return u"a device is not of this identity"_s;
        if (!isSigned(entry.device.signing, Label::SignDevice, signedEntry(entry), entry.signature))
            return u"a device did not sign its entry"_s;
    }
    return {};
}

CardDevice cardEntryOf(const OwnDevice &device, const Prekeys::Prekey &prekey, WallTime addedAt)
{
    CardDevice entry{device.publicPart(), prekey.id, prekey.pair.publicKey, prekey.createdAt, addedAt, {}};
    entry.signature = sign(device.signingPair(), Label::SignDevice, signedEntry(entry));
    return entry;
}

Result<QByteArray> encodeCard(const Card &card, const IdentityPair &identity)
{
    if (card.identity != identity.publicKey)
        return fail(FailureCode::InvalidArgument, u"the card is of another identity"_s);
    if (const QString fault = faultOf(card); !fault.isEmpty())
        return fail(FailureCode::InvalidArgument, fault);
    const QByteArray payload = payloadOf(card);
    CborWriter out;
    out.array(3);
    out.number(kVersion);
    out.bytes(payload);
    out.bytes(sign(identity, Label::SignCard, payload).bytes());
    if (out.size() > Card::kMaxBytes)
        return fail(FailureCode::InvalidArgument, u"the card has more than %1 bytes"_s.arg(Card::kMaxBytes));
    return out.take();
}

} // namespace planb
