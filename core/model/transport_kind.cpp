// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/transport_kind.h"

#include <array>

namespace planb {

namespace {
constexpr std::array kNames{u"xmpp", u"email", u"lan", u"sms"};
} // namespace

QString nameOf(TransportKind kind)
{
    return QString::fromUtf16(kNames[static_cast<std::size_t>(kind)]);
}

std::optional<TransportKind> transportKindFromName(QStringView name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (name == QStringView(kNames[i]))
            return static_cast<TransportKind>(i);
    }
    return {};
}

} // namespace planb
