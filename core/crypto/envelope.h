// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/primitives.h"
#include "core/crypto/refusal.h"

#include <array>

namespace planb {

/// What goes over a wire: the same bytes on every route. docs/protocol.md, "Envelopes", is their form.
enum class EnvelopeType : quint8 { Message = 1, Greeting = 2 };

/// Contents are padded to one of these lengths, so that an envelope's length tells three bits at most.
inline constexpr std::array<qsizetype, 8> kBuckets{256, 512, 1024, 2048, 4096, 8192, 16384, 32768};
/// One byte of the largest bucket is for the padding.
inline constexpr qsizetype kMaxContentBytes = kBuckets.back() - 1;
/// The smallest that holds so many bytes and one of padding; nothing above kMaxContentBytes.
std::optional<qsizetype> bucketFor(qsizetype contentBytes);

inline constexpr qsizetype kRatchetHeaderBytes = 32 + 4 + 4 + kTagBytes;
inline constexpr qsizetype kGreetingPlainBytes = 256;
inline constexpr qsizetype kGreetingSealBytes = kGreetingPlainBytes + kTagBytes;

/// What a greeting, the first message of a session and every one until the first answer, has in front of its header.
struct GreetingHeader {
    quint32 suite = 1;
    PrekeyId prekey;
    PrekeyId oneTime; ///< zero: none
    ExchangeKey ephemeral; ///< of the initiator; names the session
    QByteArray seal; ///< kGreetingSealBytes; who it is from, for the receiving device alone

    bool operator==(const GreetingHeader &) const = default;
};

/// An envelope taken apart, and not opened.
struct Envelope {
    EnvelopeType type = EnvelopeType::Message;
    Nonce nonce;
    std::optional<GreetingHeader> greeting;
    QByteArray ratchetHeader; ///< kRatchetHeaderBytes
    QByteArray body; ///< a bucket and kTagBytes
    QByteArray headerAd; ///< the envelope's bytes up to the nonce's last
    QByteArray bodyAd; ///< and up to the header's last
};

inline constexpr qsizetype kMaxEnvelopeBytes = 33 * 1024;

/// The only form there is of an envelope; Malformed or LaterVersion otherwise.
Judged<Envelope> parseEnvelope(QByteArrayView bytes);

/// For sealing: the beginning (Envelope::headerAd) …
QByteArray envelopeStart(EnvelopeType type, const Nonce &nonce);
/// … then with the header (Envelope::bodyAd) …
QByteArray withHeader(QByteArray start, const std::optional<GreetingHeader> &greeting, QByteArrayView ratchetHeader);
/// … and all.
QByteArray withBody(QByteArray bodyAd, QByteArrayView body);

/// By which a repeat is recognised without opening it.
EnvelopeHash hashOf(QByteArrayView envelope);

} // namespace planb
