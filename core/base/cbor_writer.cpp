// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cbor_writer.h"

#include "core/base/cbor.h"

#include <limits>
#include <utility>

namespace planb {

void CborWriter::head(quint8 major, quint64 argument)
{
    const auto first = static_cast<unsigned>(major) << 5U;
    if (argument < 24) {
        m_out.append(static_cast<char>(first | static_cast<unsigned>(argument)));
        return;
    }
    // 24 to 27 announce 1, 2, 4 or 8 bytes.
    unsigned power = 0;
    while (power < 3 && argument >> (8U << power) != 0)
        ++power;
    m_out.append(static_cast<char>(first | (24U + power)));
    for (unsigned left = 1U << power; left > 0; --left)
        m_out.append(static_cast<char>(argument >> (8U * (left - 1)) & 0xFFU));
}

void CborWriter::bytes(QByteArrayView value)
{
    head(2, static_cast<quint64>(value.size()));
    m_out.append(value);
}

void CborWriter::text(QStringView value)
{
    const QByteArray utf8 = value.toUtf8();
    head(3, static_cast<quint64>(utf8.size()));
    m_out.append(utf8);
}

QByteArray CborWriter::take()
{
    Q_ASSERT(parseCbor(m_out, {kMaxBytes, 4, std::numeric_limits<qsizetype>::max(), kMaxBytes}));
    return std::exchange(m_out, {});
}

} // namespace planb
