// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/secret_record.h"

#include <algorithm>
#include <utility>

namespace planb {

void SecretRecordWriter::number(quint64 value, int bytes)
{
    for (int left = bytes; left > 0; --left) {
        Q_ASSERT(m_at < m_bytes.bytes().size());
        m_bytes.bytes()[m_at++] = static_cast<std::byte>(value >> (8 * (left - 1)) & 0xFFU);
    }
}

void SecretRecordWriter::fixed(ByteView bytes)
{
    Q_ASSERT(m_at + bytes.size() <= m_bytes.bytes().size());
    std::copy(bytes.begin(), bytes.end(), m_bytes.bytes().begin() + static_cast<std::ptrdiff_t>(m_at));
    m_at += bytes.size();
}

void SecretRecordWriter::varied(ByteView bytes)
{
    number32(static_cast<quint32>(bytes.size()));
    fixed(bytes);
}

SecretBytes SecretRecordWriter::take()
{
    Q_ASSERT(m_at == m_bytes.bytes().size());
    return std::move(m_bytes);
}

quint64 SecretRecordReader::number(std::size_t bytes)
{
    quint64 value = 0;
    for (const std::byte byte : fixed(bytes))
        value = value << 8U | std::to_integer<quint64>(byte);
    return value;
}

ByteView SecretRecordReader::fixed(std::size_t size)
{
    if (!m_isSound || size > m_bytes.size()) {
        m_isSound = false;
        return {};
    }
    const ByteView read = m_bytes.first(size);
    m_bytes = m_bytes.subspan(size);
    return read;
}

ByteView SecretRecordReader::varied()
{
    return fixed(number32());
}

} // namespace planb
