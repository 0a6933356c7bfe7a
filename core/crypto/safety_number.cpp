// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/safety_number.h"

#include "core/crypto/primitives.h"

#include <QStringList>

namespace planb {

namespace {

constexpr int kGroups = 12;
constexpr int kGroupDigits = 5;
constexpr int kGroupBytes = 5;
constexpr quint64 kGroupValues = 100'000;

} // namespace

QString safetyNumberOf(const IdentityKey &one, const IdentityKey &other)
{
    const auto &[first, second] = std::minmax(one, other);
    const QByteArray hash = publicHash(Label::SafetyNumber, 64, {first.view(), second.view()});
    QString digits;
    for (int group = 0; group < kGroups; ++group) {
        quint64 value = 0;
        for (int i = 0; i < kGroupBytes; ++i)
            value = value << 8U | static_cast<quint8>(hash.at(group * kGroupBytes + i));
        digits += QString::number(value % kGroupValues).rightJustified(kGroupDigits, u'0');
    }
    return digits;
}

QString groupedSafetyNumber(const QString &digits)
{
    QStringList groups;
    for (qsizetype at = 0; at < digits.size(); at += kGroupDigits)
        groups.append(digits.sliced(at, std::min<qsizetype>(kGroupDigits, digits.size() - at)));
    return groups.join(u' ');
}

} // namespace planb
