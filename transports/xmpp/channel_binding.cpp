// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/channel_binding.h"

#include <array>

namespace planb::xmpp {

namespace {

constexpr char kSequence = 0x30;
constexpr char kObjectIdentifier = 0x06;

struct SignatureHash {
    QByteArrayView oid; ///< DER contents
    QCryptographicHash::Algorithm hash;
};

using enum QCryptographicHash::Algorithm;

// RFC 8017 (1.2.840.113549.1.1.x) and RFC 5758 (1.2.840.10045.4.x).
const std::array kSignatureHashes{
    SignatureHash{"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x04", Sha256}, // md5WithRSAEncryption
    SignatureHash{"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x05", Sha256}, // sha1WithRSAEncryption
    SignatureHash{"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B", Sha256},
    SignatureHash{"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0C", Sha384},
    SignatureHash{"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0D", Sha512},
    SignatureHash{"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0E", Sha224},
    SignatureHash{"\x2A\x86\x48\xCE\x3D\x04\x01", Sha256}, // ecdsa-with-SHA1
    SignatureHash{"\x2A\x86\x48\xCE\x3D\x04\x03\x01", Sha224},
    SignatureHash{"\x2A\x86\x48\xCE\x3D\x04\x03\x02", Sha256},
    SignatureHash{"\x2A\x86\x48\xCE\x3D\x04\x03\x03", Sha384},
    SignatureHash{"\x2A\x86\x48\xCE\x3D\x04\x03\x04", Sha512},
};

// Takes one DER value with this tag from the front of `bytes` and returns its contents.
std::optional<QByteArrayView> takeValue(QByteArrayView &bytes, char tag)
{
    if (bytes.size() < 2 || bytes[0] != tag)
        return {};
    qsizetype length = static_cast<quint8>(bytes[1]);
    qsizetype header = 2;
    if (length >= 0x80) {
        const qsizetype lengthBytes = length & 0x7F;
        if (lengthBytes == 0 || lengthBytes > 4 || bytes.size() < header + lengthBytes)
            return {};
        length = 0;
        for (qsizetype i = 0; i < lengthBytes; ++i)
            length = length << 8 | static_cast<quint8>(bytes[header + i]);
        header += lengthBytes;
    }
    if (bytes.size() - header < length)
        return {};
    const QByteArrayView contents = bytes.sliced(header, length);
    bytes = bytes.sliced(header + length);
    return contents;
}

} // namespace

std::optional<QCryptographicHash::Algorithm> endPointHash(QByteArrayView certificateDer)
{
    // RFC 5280, 4.1: Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }
    auto certificate = takeValue(certificateDer, kSequence);
    if (!certificate || !takeValue(*certificate, kSequence))
        return {};
    auto algorithm = takeValue(*certificate, kSequence);
    if (!algorithm)
        return {};
    const auto oid = takeValue(*algorithm, kObjectIdentifier);
    if (!oid)
        return {};
    for (const SignatureHash &row : kSignatureHashes) {
        if (row.oid == *oid)
            return row.hash;
    }
    return {};
}

std::optional<QByteArray> tlsServerEndPoint(const QByteArray &certificateDer)
{
    const auto hash = endPointHash(certificateDer);
    if (!hash)
        return {};
    return QCryptographicHash::hash(certificateDer, *hash);
}

} // namespace planb::xmpp
