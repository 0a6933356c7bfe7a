// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/address_range.h"

#include <QList>

#include <algorithm>

namespace planb::delivery {

using namespace Qt::StringLiterals;

namespace {

using Groups = QList<quint16>;

constexpr qsizetype kGroups = 8;
constexpr std::array<quint8, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::array<quint8, 12> kNat64Prefix{0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};

bool startsWith(const IpAddress &address, const std::array<quint8, 12> &prefix)
{
    return std::equal(prefix.begin(), prefix.end(), address.begin());
}

// toUInt() alone would let signs and spaces pass.
std::optional<uint> numberIn(QStringView digits, qsizetype longest, uint base)
{
    bool isNumber = false;
    const uint value = digits.toUInt(&isNumber, static_cast<int>(base));
    const auto isDigit = [base](QChar c) {
        return (c >= u'0' && c <= u'9') || (base == 16 && ((c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F')));
    };
    if (!isNumber || digits.size() > longest || !std::all_of(digits.begin(), digits.end(), isDigit))
        return {};
    return value;
}

std::optional<std::array<quint8, 4>> ipv4From(QStringView text)
{
    const QList<QStringView> parts = text.split(u'.');
    std::array<quint8, 4> bytes{};
    if (parts.size() != qsizetype(bytes.size()))
        return {};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto value = numberIn(parts[qsizetype(i)], 3, 10);
        if (!value || *value > 0xFF)
            return {};
        bytes[i] = static_cast<quint8>(*value);
    }
    return bytes;
}

// The groups on one side of "::"; only the last of all may be written as IPv4.
std::optional<Groups> groupsFrom(QStringView text, bool mayEndInIpv4)
{
    Groups groups;
    if (text.isEmpty())
        return groups;
    const QList<QStringView> parts = text.split(u':');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (mayEndInIpv4 && i == parts.size() - 1 && parts[i].contains(u'.')) {
            const auto v4 = ipv4From(parts[i]);
            if (!v4)
                return {};
            groups.append(static_cast<quint16>((*v4)[0] << 8 | (*v4)[1]));
            groups.append(static_cast<quint16>((*v4)[2] << 8 | (*v4)[3]));
            continue;
        }
        const auto value = numberIn(parts[i], 4, 16);
        if (!value)
            return {};
        groups.append(static_cast<quint16>(*value));
    }
    return groups;
}

std::optional<Groups> ipv6GroupsFrom(QStringView text)
{
    const qsizetype gap = text.indexOf(u"::");
    if (gap < 0) {
        auto groups = groupsFrom(text, true);
        return groups && groups->size() == kGroups ? groups : std::nullopt;
    }
    auto groups = groupsFrom(text.first(gap), false);
    const auto tail = groupsFrom(text.sliced(gap + 2), true);
    if (!groups || !tail || groups->size() + tail->size() >= kGroups)
        return {};
    groups->append(Groups(kGroups - groups->size() - tail->size(), 0));
    groups->append(*tail);
    return groups;
}

} // namespace

std::optional<IpAddress> ipAddressFrom(QStringView text)
{
    IpAddress address{};
    if (const auto v4 = ipv4From(text)) {
        std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.begin());
        std::copy(v4->begin(), v4->end(), address.begin() + kMappedPrefix.size());
        return address;
    }
    if (const qsizetype zone = text.indexOf(u'%'); zone >= 0)
        text = text.first(zone);
    const auto groups = ipv6GroupsFrom(text);
    if (!groups)
        return {};
    for (std::size_t i = 0; i < address.size(); i += 2) {
        const quint16 group = (*groups)[qsizetype(i / 2)];
        address[i] = static_cast<quint8>(group >> 8);
        address[i + 1] = static_cast<quint8>(group & 0xFF);
    }
    return address;
}

std::optional<QString> addressRangeOf(const IpAddress &address)
{
    if (startsWith(address, kMappedPrefix) || startsWith(address, kNat64Prefix)) {
        const bool leadsOut = address[12] != 127 && address[12] != 0;
        return leadsOut ? std::optional(u"%1.%2.%3.0/24"_s.arg(address[12]).arg(address[13]).arg(address[14]))
                        : std::nullopt;
    }
    const bool isZeroButForTheEnd = std::all_of(address.begin(), address.end() - 1, [](quint8 b) { return b == 0; });
    if (isZeroButForTheEnd && address.back() <= 1)
        return {};
    const auto group = [&address](std::size_t at) { return address[at] << 8 | address[at + 1]; };
    return u"%1:%2:%3::/48"_s.arg(group(0), 0, 16).arg(group(2), 0, 16).arg(group(4), 0, 16);
}

} // namespace planb::delivery
