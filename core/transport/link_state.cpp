// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/link_state.h"

#include <array>

namespace planb {

QString nameOf(LinkPhase phase)
{
    constexpr std::array kNames{u"off", u"connecting", u"ready", u"suspect", u"waiting", u"blocked"};
    return QString::fromUtf16(kNames[static_cast<std::size_t>(phase)]);
}

QString nameOf(LinkWarning::Code code)
{
    switch (code) {
    case LinkWarning::Code::CertificateReplaced: return QStringLiteral("certificateReplaced");
    case LinkWarning::Code::LoginWeakened: return QStringLiteral("loginWeakened");
    }
    Q_UNREACHABLE();
}

} // namespace planb
