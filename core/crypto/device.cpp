// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/device.h"

#include "core/base/cbor_writer.h"
#include "core/crypto/secret_record.h"

#include <algorithm>
#include <functional>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

constexpr quint8 kRecordVersion = 1;

} // namespace

void writeDeviceFields(CborWriter &out, const DeviceIdentity &device)
{
    out.bytes(device.device.bytes());
    out.number(device.incarnation);
    out.bytes(device.signing.bytes());
    out.bytes(device.exchange.bytes());
    out.array(device.suites.size());
    for (const quint32 suite : device.suites)
        out.number(suite);
}

QByteArray certifiedBytes(const DeviceIdentity &device)
{
    CborWriter out;
    out.array(6);
    out.bytes(device.identity.bytes());
    writeDeviceFields(out, device);
    return out.take();
}

bool areSuitesSound(const QList<quint32> &suites)
{
    return !suites.isEmpty() && suites.size() <= kMaxSuites
        && std::adjacent_find(suites.begin(), suites.end(), std::greater_equal<>()) == suites.end();
}

bool DeviceIdentity::isCertified() const
{
    return isSigned(identity, Label::SignCertificate, certifiedBytes(*this), certificate);
}

OwnDevice OwnDevice::make(const IdentityPair &identity, const DeviceId &device, quint32 incarnation)
{
    DevicePair signing = makeDevicePair();
    ExchangePair exchange = makeExchangePair();
    DeviceIdentity described{identity.publicKey, device,   incarnation, signing.publicKey,
                             exchange.publicKey, {kSuite}, {}};
    described.certificate = sign(identity, Label::SignCertificate, certifiedBytes(described));
    return {std::move(described), std::move(signing), std::move(exchange.secret)};
}

SecretBytes OwnDevice::toBytes() const
{
    const QList<quint32> &suites = m_public.suites;
    constexpr qsizetype fixedBytes = 1 + 32 + 8 + 4 + 32 + 32 + 64 + 1 + kSigningSecretBytes + qsizetype{kKeyBytes};
    SecretRecordWriter out(fixedBytes + 4 * suites.size());
    out.number8(kRecordVersion);
    out.fixed(m_public.identity.view());
    out.fixed(m_public.device.view());
    out.number32(m_public.incarnation);
    out.fixed(m_public.signing.view());
    out.fixed(m_public.exchange.view());
    out.fixed(m_public.certificate.view());
    out.number8(static_cast<quint8>(suites.size()));
    for (const quint32 suite : suites)
        out.number32(suite);
    out.fixed(m_signing.secret.view());
    out.fixed(m_exchange.view());
    return out.take();
}

Result<OwnDevice> OwnDevice::fromBytes(ByteView bytes)
{
    SecretRecordReader in(bytes);
    const bool isKnown = in.number8() == kRecordVersion;
    DeviceIdentity described;
    described.identity = in.key<IdentityKey>();
    described.device = in.key<DeviceId>();
    described.incarnation = in.number32();
    described.signing = in.key<DeviceKey>();
    described.exchange = in.key<ExchangeKey>();
    described.certificate = in.key<Signature>();
    described.suites.clear();
    for (int left = in.number8(); left > 0 && in.isSound(); --left)
        described.suites.append(in.number32());
    const ByteView signing = in.fixed(static_cast<std::size_t>(kSigningSecretBytes));
    const ByteView exchange = in.fixed(kKeyBytes);
    if (!isKnown || !in.isAtEnd() || !areSuitesSound(described.suites) || !described.isCertified())
        return fail(FailureCode::ProfileDamaged, u"the stored keys of this device are not what was stored"_s);
    DevicePair pair{described.signing, SecretBytes::copyOf(signing)};
    return OwnDevice(std::move(described), std::move(pair), SecretBytes::copyOf(exchange));
}

} // namespace planb
