// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/primitives.h"

#include <optional>

namespace planb {

/// Writes a state with keys in it for the store: fields one after the other, numbers big-endian, in memory for
/// secrets. Only we read it again, so it holds no lengths but those that vary.
class SecretRecordWriter
{
public:
    explicit SecretRecordWriter(qsizetype size) : m_bytes(size) {}

    void number8(quint8 value) { number(value, 1); }
    void number32(quint32 value) { number(value, 4); }
    void number64(quint64 value) { number(value, 8); }
    void fixed(ByteView bytes); ///< of a length that the reader knows
    void varied(ByteView bytes); ///< its length first, in 32 bits

    /// Asserts that the size was told rightly.
    SecretBytes take();

private:
    void number(quint64 value, int bytes);

    SecretBytes m_bytes;
    std::size_t m_at = 0;
};

/// Reads it again. After the first thing that is not there everything reads as zero and isSound() is false.
class SecretRecordReader
{
public:
    explicit SecretRecordReader(ByteView bytes) : m_bytes(bytes) {}

    quint8 number8() { return static_cast<quint8>(number(1)); }
    quint32 number32() { return static_cast<quint32>(number(4)); }
    quint64 number64() { return number(8); }
    ByteView fixed(std::size_t size);
    ByteView varied();
    template<class Fixed>
    Fixed key()
    {
        const ByteView bytes = fixed(static_cast<std::size_t>(Fixed::kSize));
        return Fixed::fromBytes({bytes.data(), static_cast<qsizetype>(bytes.size())}).value_or(Fixed());
    }

    bool isSound() const { return m_isSound; }
    bool isAtEnd() const { return m_isSound && m_bytes.empty(); }

private:
    quint64 number(std::size_t bytes);

    ByteView m_bytes;
    bool m_isSound = true;
};

} // namespace planb
