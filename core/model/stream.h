// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/model/ack_ranges.h"

#include <QString>

#include <optional>

namespace planb {

/// Names one numbered sequence of messages from one run of one PlanB to one contact. A new one begins with every
/// start of the program: a profile that was restored from an old copy can never use a number twice.
class StreamId
{
public:
    /// 64 random bits in hex.
    static constexpr qsizetype kLength = 16;

    static StreamId random(Random &random) { return StreamId(QString::fromLatin1(random.bytes(kLength / 2).toHex())); }
    /// Exactly kLength digits 0-9 and a-f.
    static std::optional<StreamId> parse(QStringView text);

    const QString &toString() const { return m_text; }
    bool operator==(const StreamId &) const = default;
    bool operator<(const StreamId &other) const { return m_text < other.m_text; }

private:
    explicit StreamId(QString text) : m_text(std::move(text)) {}
    QString m_text;
};

/// Where an outgoing or incoming message stands in its stream. Both numbers from 1 to AckRanges::kMaxNumber.
struct StreamPlace {
    StreamId stream;
    quint64 number = 0;
    /// The lowest number that the author still wants acknowledged; not above `number`.
    quint64 base = 1;

    bool operator==(const StreamPlace &) const = default;
};

/// What the other side of a stream has on disk.
struct StreamAck {
    StreamId stream;
    AckRanges ranges;

    bool operator==(const StreamAck &) const = default;
};

/// Acknowledgements that travel together name at most so many streams, the newest first.
inline constexpr qsizetype kMaxStreamAcks = 4;
/// A message names at most so many of the newest messages that were there when it was written.
inline constexpr qsizetype kMaxParents = 4;

} // namespace planb
