// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCborValue>
#include <QList>
#include <QString>

#include <optional>

namespace planb {

/// What a foreign CBOR value holds, if it is of the kind and within the bounds that the protocol asks for.

/// From 0 to `max`.
std::optional<quint64> numberIn(const QCborValue &value, quint64 max);
/// From 0 to `max`, `maxCount` of them at most.
std::optional<QList<quint32>> numbersIn(const QCborValue &value, qsizetype maxCount, quint32 max);
/// Of `maxBytes` at most.
std::optional<QByteArray> bytesIn(const QCborValue &value, qsizetype maxBytes);
/// Of `maxBytes` of UTF-8 at most and without control characters.
std::optional<QString> lineIn(const QCborValue &value, qsizetype maxBytes);
bool isLine(QStringView text, qsizetype maxBytes);

/// Of the one right length and not all zero.
template<class Fixed>
std::optional<Fixed> fixedIn(const QCborValue &value)
{
    return value.isByteArray() ? Fixed::fromBytes(value.toByteArray()) : std::nullopt;
}

/// Numbers and times on the wire are exact in every language's numbers.
inline constexpr quint64 kMaxWireNumber = (1ULL << 53U) - 1;

} // namespace planb
