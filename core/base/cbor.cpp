// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cbor.h"

#include <QCborError>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

// The major types of RFC 8949, section 3.1.
enum class Major : std::uint8_t { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple };

struct Head {
    Major major;
    std::uint64_t argument;
};

/// Walks over the bytes without decoding them: QCborValue decodes well, but takes several forms of one value, turns
/// large integers into floating point and reserves what a length promises.
class Checker
{
public:
    Checker(QByteArrayView bytes, const CborLimits &limits) : m_bytes(bytes), m_limits(limits) {}

    /// What is wrong with the bytes; absent if they hold one value in the accepted form.
    std::optional<QString> check();

private:
    // A container whose elements are being read. A map's keys and values count separately.
    struct Open {
        bool isMap;
        std::uint64_t left;
        bool expectsKey;
        QByteArrayView lastKey;
    };

    using Complaint = std::optional<QString>;

    Complaint readItem();
    Complaint readHead(Head &head);
    Complaint readString(const Head &head);
    Complaint openContainer(const Head &head);
    Complaint noteKey(qsizetype start, Major major);
    void closeFinished();

    Complaint complain(const QString &what, qsizetype at) const { return u"offset %1: %2"_s.arg(at).arg(what); }
    std::uint64_t remaining() const { return static_cast<std::uint64_t>(m_bytes.size() - m_at); }

    QByteArrayView m_bytes;
    const CborLimits &m_limits;
    qsizetype m_at = 0;
    qsizetype m_items = 0;
    std::vector<Open> m_open;
};

std::optional<QString> Checker::check()
{
    if (m_bytes.size() > m_limits.totalBytes)
        return complain(u"more than %1 bytes"_s.arg(m_limits.totalBytes), m_limits.totalBytes);
    do {
        if (auto complaint = readItem())
            return complaint;
        closeFinished();
    } while (!m_open.empty());
    if (m_at != m_bytes.size())
        return complain(u"bytes after the end"_s, m_at);
    return {};
}

Checker::Complaint Checker::readItem()
{
    const qsizetype start = m_at;
    if (++m_items > m_limits.items)
        return complain(u"more than %1 items"_s.arg(m_limits.items), start);
    Head head{};
    if (auto complaint = readHead(head))
        return complaint;

    const bool isKey = !m_open.empty() && m_open.back().isMap && m_open.back().expectsKey;
    if (!m_open.empty()) {
        --m_open.back().left;
        m_open.back().expectsKey = !isKey;
    }
    switch (head.major) {
    case Major::Unsigned:
    case Major::Negative:
        if (head.argument > static_cast<std::uint64_t>(std::numeric_limits<qint64>::max()))
            return complain(u"an integer beyond 64 bits"_s, start);
        break;
    case Major::Bytes:
    case Major::Text:
        if (auto complaint = readString(head))
            return complaint;
        break;
    case Major::Array:
    case Major::Map:
        if (isKey)
            break;
        return openContainer(head);
    case Major::Tag: return complain(u"a tag"_s, start);
    case Major::Simple:
        if (head.argument < 20 || head.argument > 22)
            return complain(u"neither false nor true nor null"_s, start);
        break;
    }
    return isKey ? noteKey(start, head.major) : Complaint();
}

Checker::Complaint Checker::readHead(Head &head)
{
    const qsizetype start = m_at;
    if (remaining() == 0)
        return complain(u"the end comes too early"_s, start);
    const auto first = static_cast<std::uint8_t>(m_bytes[m_at++]);
    head.major = static_cast<Major>(first >> 5U);
    const unsigned info = first & 0x1FU;
    if (info < 24) {
        head.argument = info;
        return {};
    }
    if (head.major == Major::Simple)
        return complain(u"a floating-point number or another simple value"_s, start);
    if (info > 27)
        return complain(info == 31 ? u"an indefinite length"_s : u"a reserved form"_s, start);
    const unsigned width = 1U << (info - 24U);
    if (remaining() < width)
        return complain(u"the end comes too early"_s, m_bytes.size());
    head.argument = 0;
    for (unsigned i = 0; i < width; ++i)
        head.argument = head.argument << 8U | static_cast<std::uint8_t>(m_bytes[m_at++]);
    // The next shorter form holds what fits into half the width, and one byte holds what is below 24.
    const bool isShortest = width == 1 ? head.argument >= 24 : head.argument >> (width * 4U) != 0;
    return isShortest ? Complaint() : complain(u"a number longer than needed"_s, start);
}

Checker::Complaint Checker::readString(const Head &head)
{
    if (head.argument > remaining())
        return complain(u"a string longer than what is there"_s, m_at);
    if (head.argument > static_cast<std::uint64_t>(m_limits.stringBytes))
        return complain(u"a string of more than %1 bytes"_s.arg(m_limits.stringBytes), m_at);
    const auto length = static_cast<qsizetype>(head.argument);
    if (head.major == Major::Text && !m_bytes.sliced(m_at, length).isValidUtf8())
        return complain(u"text that is not UTF-8"_s, m_at);
    m_at += length;
    return {};
}

Checker::Complaint Checker::openContainer(const Head &head)
{
    const bool isMap = head.major == Major::Map;
    // Every element takes a byte at least, which also keeps the doubling from overflowing.
    if (head.argument > remaining() / (isMap ? 2U : 1U))
        return complain(u"more elements than there are bytes"_s, m_at);
    const std::uint64_t elements = isMap ? head.argument * 2U : head.argument;
    if (elements > static_cast<std::uint64_t>(m_limits.items - m_items))
        return complain(u"more than %1 items"_s.arg(m_limits.items), m_at);
    if (m_open.size() >= static_cast<std::size_t>(m_limits.depth))
        return complain(u"more than %1 levels"_s.arg(m_limits.depth), m_at);
    m_open.push_back({isMap, elements, isMap, {}});
    return {};
}

Checker::Complaint Checker::noteKey(qsizetype start, Major major)
{
    if (major != Major::Unsigned && major != Major::Negative && major != Major::Text)
        return complain(u"a key that is neither integer nor text"_s, start);
    const QByteArrayView key = m_bytes.sliced(start, m_at - start);
    const QByteArrayView last = std::exchange(m_open.back().lastKey, key);
    const auto isBefore = [](char a, char b) { return static_cast<std::uint8_t>(a) < static_cast<std::uint8_t>(b); };
    if (!last.isEmpty() && !std::lexicographical_compare(last.begin(), last.end(), key.begin(), key.end(), isBefore))
        return complain(u"a key out of order or twice"_s, start);
    return {};
}

void Checker::closeFinished()
{
    while (!m_open.empty() && m_open.back().left == 0)
        m_open.pop_back();
}

} // namespace

Result<QCborValue> parseCbor(QByteArrayView bytes, const CborLimits &limits)
{
    if (const auto complaint = Checker(bytes, limits).check())
        return fail(FailureCode::ProtocolError, u"CBOR, "_s + *complaint);
    QCborParserError error;
    QCborValue value = QCborValue::fromCbor(bytes.data(), bytes.size(), &error);
    // Qt reads more than the checker lets through; should it ever read less, that is no value either.
    if (error.error.c != QCborError::NoError)
        return fail(FailureCode::ProtocolError, u"CBOR, offset %1: %2"_s.arg(error.offset).arg(error.errorString()));
    return value;
}

} // namespace planb
