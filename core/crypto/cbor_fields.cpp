// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/cbor_fields.h"

#include <QCborArray>

#include <algorithm>

namespace planb {

std::optional<quint64> numberIn(const QCborValue &value, quint64 max)
{
    if (!value.isInteger() || value.toInteger() < 0 || static_cast<quint64>(value.toInteger()) > max)
        return {};
    return static_cast<quint64>(value.toInteger());
}

std::optional<QList<quint32>> numbersIn(const QCborValue &value, qsizetype maxCount, quint32 max)
{
    const QCborArray array = value.toArray();
    if (!value.isArray() || array.size() > maxCount)
        return {};
    QList<quint32> numbers;
    for (const auto &element : array) {
        const auto number = numberIn(element, max);
        if (!number)
            return {};
        numbers.append(static_cast<quint32>(*number));
    }
    return numbers;
}

std::optional<QByteArray> bytesIn(const QCborValue &value, qsizetype maxBytes)
{
    if (!value.isByteArray() || value.toByteArray().size() > maxBytes)
        return {};
    return value.toByteArray();
}

std::optional<QString> lineIn(const QCborValue &value, qsizetype maxBytes)
{
    if (!value.isString() || !isLine(value.toString(), maxBytes))
        return {};
    return value.toString();
}

bool isLine(QStringView text, qsizetype maxBytes)
{
    return text.toUtf8().size() <= maxBytes
        && std::none_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

} // namespace planb
