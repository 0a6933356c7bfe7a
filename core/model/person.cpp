// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/person.h"

#include <array>

namespace planb {

namespace {

constexpr std::array kSubscriptions{u"none", u"to", u"from", u"both"};
constexpr std::array kAvailabilities{u"offline", u"away", u"busy", u"online"};

} // namespace

QString nameOf(Subscription subscription)
{
    return QString::fromUtf16(kSubscriptions[static_cast<std::size_t>(subscription)]);
}

std::optional<Subscription> subscriptionFromName(QStringView name)
{
    for (std::size_t i = 0; i < kSubscriptions.size(); ++i) {
        if (name == QStringView(kSubscriptions[i]))
            return static_cast<Subscription>(i);
    }
    return {};
}

QString nameOf(Availability availability)
{
    return QString::fromUtf16(kAvailabilities[static_cast<std::size_t>(availability)]);
}

} // namespace planb
