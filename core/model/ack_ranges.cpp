// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/ack_ranges.h"

#include <algorithm>

namespace planb {

using namespace Qt::StringLiterals;

bool AckRanges::add(quint64 number)
{
    Q_ASSERT(number >= 1 && number <= kMaxNumber);
    if (number < m_first || covers(number))
        return true;
    const auto after = std::ranges::lower_bound(m_ranges, number, {}, &Range::first);
    if (after != m_ranges.end() && after->first == number + 1) {
        after->first = number;
    } else if (after != m_ranges.begin() && std::prev(after)->second + 1 == number) {
        std::prev(after)->second = number;
    } else if (number == m_floor + 1) {
        m_floor = number;
    } else {
        if (m_ranges.size() >= kMaxRanges)
            return false;
        m_ranges.insert(after, {number, number});
    }
    closeGaps();
    return true;
}

void AckRanges::closeGaps()
{
    std::vector<Range> kept;
    for (const Range &range : m_ranges) {
        if (range.first <= m_floor + 1)
            m_floor = std::max(m_floor, range.second);
        else if (!kept.empty() && range.first <= kept.back().second + 1)
            kept.back().second = std::max(kept.back().second, range.second);
        else
            kept.push_back(range);
    }
    m_ranges = std::move(kept);
}

void AckRanges::forgetBelow(quint64 number)
{
    if (number <= m_first || number > kMaxNumber)
        return;
    m_first = number;
    m_floor = std::max(m_floor, number - 1);
    std::erase_if(m_ranges, [&](const Range &range) { return range.second < number; });
    closeGaps();
}

void AckRanges::unite(const AckRanges &other)
{
    forgetBelow(other.m_first);
    // Its floor may be below ours; what it claims there is forgotten.
    m_ranges.emplace_back(other.m_first, other.m_floor);
    m_ranges.insert(m_ranges.end(), other.m_ranges.begin(), other.m_ranges.end());
    std::erase_if(m_ranges, [](const Range &range) { return range.second < range.first; });
    std::ranges::sort(m_ranges);
    closeGaps();
    if (m_ranges.size() > kMaxRanges)
        m_ranges.resize(kMaxRanges);
}

bool AckRanges::covers(quint64 number) const
{
    if (number < m_first)
        return false;
    return number <= m_floor || std::ranges::any_of(m_ranges, [number](const Range &range) {
               return range.first <= number && number <= range.second;
           });
}

quint64 AckRanges::countAbove(quint64 number) const
{
    const quint64 from = std::max(number + 1, m_first);
    quint64 count = m_floor >= from ? m_floor - from + 1 : 0;
    for (const Range &range : m_ranges) {
        if (range.second >= from)
            count += range.second - std::max(range.first, from) + 1;
    }
    return count;
}

std::vector<quint64> AckRanges::encoded() const
{
    std::vector<quint64> numbers{m_first, m_floor};
    quint64 end = m_floor;
    for (const Range &range : m_ranges) {
        numbers.push_back(range.first - end - 1);
        numbers.push_back(range.second - range.first + 1);
        end = range.second;
    }
    return numbers;
}

Result<AckRanges> AckRanges::decoded(std::span<const quint64> numbers)
{
    if (numbers.size() < 2 || numbers.size() % 2 != 0 || numbers.size() > 2 + 2 * kMaxRanges)
        return fail(FailureCode::ProtocolError, u"acknowledged ranges: wrong count of numbers"_s);
    // Checked one by one before they are added up, so that no sum can wrap.
    if (std::ranges::any_of(numbers, [](quint64 number) { return number > kMaxNumber; }))
        return fail(FailureCode::ProtocolError, u"acknowledged ranges: a number is too large"_s);
    AckRanges ranges;
    ranges.m_first = numbers[0];
    ranges.m_floor = numbers[1];
    if (ranges.m_first == 0 || ranges.m_floor + 1 < ranges.m_first)
        return fail(FailureCode::ProtocolError, u"acknowledged ranges: they end before they begin"_s);
    quint64 end = ranges.m_floor;
    for (std::size_t i = 2; i < numbers.size(); i += 2) {
        const quint64 gap = numbers[i];
        const quint64 length = numbers[i + 1];
        if (gap == 0 || length == 0 || end + gap + length > kMaxNumber)
            return fail(FailureCode::ProtocolError, u"acknowledged ranges: an empty or too high range"_s);
        ranges.m_ranges.emplace_back(end + gap + 1, end + gap + length);
        end += gap + length;
    }
    return ranges;
}

QString AckRanges::toText() const
{
    QString text;
    for (const quint64 number : encoded())
        text += (text.isEmpty() ? u""_s : u" "_s) + QString::number(number);
    return text;
}

Result<AckRanges> AckRanges::fromText(QStringView text)
{
    std::vector<quint64> numbers;
    for (const QStringView piece : text.tokenize(u' ')) {
        const auto number = streamNumberFromText(piece);
        // The count is checked on the way: nobody makes us collect a stanza full of numbers.
        if (!number || numbers.size() >= 2 + 2 * kMaxRanges)
            return fail(FailureCode::ProtocolError, u"acknowledged ranges: not a short list of numbers"_s);
        numbers.push_back(*number);
    }
    return decoded(numbers);
}

std::optional<quint64> streamNumberFromText(QStringView text)
{
    constexpr qsizetype kMaxDigits = 16;
    const bool isDecimal = std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (text.isEmpty() || text.size() > kMaxDigits || !isDecimal || (text.size() > 1 && text.front() == u'0'))
        return {};
    const quint64 number = text.toULongLong();
    return number <= AckRanges::kMaxNumber ? std::optional(number) : std::nullopt;
}

} // namespace planb
