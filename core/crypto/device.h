// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/primitives.h"

#include <QList>

namespace planb {

class CborWriter;

/// The only way of agreeing on a session so far: X25519, BLAKE2b, XChaCha20-Poly1305.
inline constexpr quint32 kSuite = 1;
inline constexpr qsizetype kMaxSuites = 8;

/// Who a device is, public. The person's identity key certifies it all; the certificate travels with every first message,
/// so that a receiver without the person's card still knows whose device writes.
struct DeviceIdentity {
    IdentityKey identity;
    DeviceId device;
    /// Counts up whenever the device's keys are made anew (a restored profile); its keys and sessions are others then.
    quint32 incarnation = 1;
    DeviceKey signing;
    ExchangeKey exchange;
    QList<quint32> suites{kSuite}; ///< 1 to kMaxSuites, ascending
    Signature certificate;

    /// Whether `identity` signed all the rest.
    bool isCertified() const;
    bool operator==(const DeviceIdentity &) const = default;
};

/// Five fields: device, incarnation, signing key, exchange key, suites. They stand in this order wherever a device is
/// written; the head of their array is the caller's.
void writeDeviceFields(CborWriter &out, const DeviceIdentity &device);
/// What the certificate is a signature of, with Label::SignCertificate.
QByteArray certifiedBytes(const DeviceIdentity &device);
/// Ascending, all different, 1 to kMaxSuites of them.
bool areSuitesSound(const QList<quint32> &suites);

/// A device of our own. Made with a new profile and again with each incarnation.
class OwnDevice
{
public:
    static OwnDevice make(const IdentityPair &identity, const DeviceId &device, quint32 incarnation);

    const DeviceIdentity &publicPart() const { return m_public; }
    const DevicePair &signingPair() const { return m_signing; }
    KeyView exchangeSecret() const { return keyOf(m_exchange); }

    /// For the store, secret.
    SecretBytes toBytes() const;
    /// Of what toBytes() gives, and nothing else: ProfileDamaged.
    static Result<OwnDevice> fromBytes(ByteView bytes);

private:
    OwnDevice(DeviceIdentity identity, DevicePair signing, SecretBytes exchange)
        : m_public(std::move(identity)), m_signing(std::move(signing)), m_exchange(std::move(exchange))
    {}

    DeviceIdentity m_public;
    DevicePair m_signing;
    SecretBytes m_exchange;
};

} // namespace planb
