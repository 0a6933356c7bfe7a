// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/crypto/fixed_bytes.h"
#include "core/crypto/refusal.h"

#include <QList>
#include <QString>

namespace planb {

using MessageKey = FixedBytes<struct MessageKeyTag, 16>; ///< an item's id, the same on every route
using MessagePrefix = FixedBytes<struct MessagePrefixTag, 8>; ///< the first half of one
using StreamKey = FixedBytes<struct StreamKeyTag, 8>; ///< names one stream of numbered items

/// What an envelope is about. Those that are not known here come as they are: they are stored and acknowledged, and the
/// user is told that a newer version is needed.
///
/// | kind         | has                                     | means                                                    |
/// |--------------|-----------------------------------------|----------------------------------------------------------|
/// | Nothing      |                                         | only what travels with each: acknowledgements, cards' numbers |
/// | Text         | text, maybe `about`                     | a message, maybe a reply                                 |
/// | Correction   | text, about                             | the message `about` says `text` from now on              |
/// | Retraction   | about                                   | the message is taken back                                |
/// | Reaction     | about, signs                            | these signs replace the author's earlier ones            |
/// | RetryRequest | wanted, maybe reason                    | these envelopes could not be opened: send what is in them again |
/// | CardUpdate   | card                                    | the author's newest card                                 |
enum class BodyKind : quint64 { Nothing, Text, Correction, Retraction, Reaction, RetryRequest, CardUpdate };

struct BodyPlace {
    StreamKey stream;
    quint64 number = 0; ///< from 1
    quint64 base = 1; ///< the lowest that the author still wants acknowledged, 1 to `number`

    bool operator==(const BodyPlace &) const = default;
};

struct BodyAck {
    StreamKey stream;
    QList<quint64> ranges; ///< first, floor, then pairs: numbers missing, numbers there

    bool operator==(const BodyAck &) const = default;
};

/// The content of an envelope. docs/protocol.md, "Bodies", is its form. What is absent has its default value.
struct Body {
    static constexpr qsizetype kMaxParents = 4;
    static constexpr qsizetype kMaxAcks = 4;
    static constexpr qsizetype kMaxRangeNumbers = 2 + 2 * 32;
    static constexpr qsizetype kMaxCapabilities = 16;
    static constexpr qsizetype kMaxSigns = 16;
    static constexpr qsizetype kMaxSignBytes = 128;
    static constexpr qsizetype kMaxWanted = 64;
    static constexpr qsizetype kMaxIdBytes = 1024;

    BodyKind kind = BodyKind::Nothing;
    std::optional<BodyPlace> place = {};
    std::optional<MessageKey> id = {};
    std::optional<MessageKey> conversation = {}; ///< absent: the two of them alone
    std::optional<quint64> order = {}; ///< the author's place for it in the conversation
    std::optional<WallTime> sentAt = {}; ///< shown, never decided by
    QList<MessagePrefix> parents = {}; ///< the newest items the author had seen
    QList<BodyAck> acks = {};
    std::optional<quint64> ownCard = {}; ///< sequence of the author's card
    std::optional<quint64> heldCard = {}; ///< sequence of the receiver's card that the author holds
    QList<quint32> capabilities = {}; ///< ascending

    QString text = {};
    QString about = {}; ///< id of another item: 32 hexadecimal digits, or whatever a foreign client called it
    QStringList signs = {};
    QList<EnvelopeHash> wanted = {};
    quint32 reason = 0;
    QByteArray card = {};

    /// There is something in it, of a kind that is not ignorable, that this version does not know. Only in what was read.
    bool needsLaterVersion = false;

    bool operator==(const Body &) const = default;
};

/// TooLarge if it does not fit into an envelope; Malformed if it breaks a bound, or lacks what its kind has.
Judged<QByteArray> encodeBody(const Body &body);
/// Malformed if they are not the one form of a body within the bounds.
Judged<Body> parseBody(QByteArrayView bytes);

} // namespace planb
