// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringView>

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace planb {

/// Which numbers of one stream a receiver has on disk: everything from first() to floor(), and up to kMaxRanges
/// separate ranges above. The idea of the SACK option of TCP (RFC 2018) and of QUIC's ACK frames (RFC 9000, 19.3):
/// each acknowledgement repeats all earlier ones, so that a lost one heals with the next, and both sides see gaps.
///
/// Numbers below first() were given up by the sender; nothing is claimed about them. What was claimed once is
/// claimed for ever, unless the sender gave it up.
class AckRanges
{
public:
    static constexpr std::size_t kMaxRanges = 32;
    /// Exact in every number type that a transport may write it in.
    static constexpr quint64 kMaxNumber = (1ULL << 53) - 1;

    /// Takes in a number from 1 to kMaxNumber. False if it cannot be remembered because it would be one range too
    /// many: it stays unacknowledged, and is taken in when it comes again after a gap has closed.
    bool add(quint64 number);
    /// The sender waits for nothing below `number` any more.
    void forgetBelow(quint64 number);

    /// Takes in what another one claims about the same stream. Ranges beyond kMaxRanges are lost, the highest first.
    void unite(const AckRanges &other);

    bool covers(quint64 number) const;
    bool hasGap() const { return !m_ranges.empty(); }
    quint64 first() const { return m_first; }
    quint64 floor() const { return m_floor; } ///< first() - 1 if nothing has come from there on
    quint64 highest() const { return m_ranges.empty() ? m_floor : m_ranges.back().second; }
    /// How many covered numbers are above `number`.
    quint64 countAbove(quint64 number) const;

    /// first, floor, then for each range how many numbers are missing before it and how many it has.
    std::vector<quint64> encoded() const;
    /// Of what encoded() gives, and nothing else: ProtocolError.
    static Result<AckRanges> decoded(std::span<const quint64> numbers);

    /// encoded() in decimal, with one space between: "1 5 2 3".
    QString toText() const;
    /// Of what toText() gives, and nothing else: ProtocolError.
    static Result<AckRanges> fromText(QStringView text);

    bool operator==(const AckRanges &) const = default;

private:
    using Range = std::pair<quint64, quint64>; // both inclusive
    void closeGaps();

    quint64 m_first = 1;
    quint64 m_floor = 0;
    std::vector<Range> m_ranges; // ascending, with gaps before and between
};

/// A number up to AckRanges::kMaxNumber in the only way we write it: digits alone, no zeros in front.
std::optional<quint64> streamNumberFromText(QStringView text);

} // namespace planb
