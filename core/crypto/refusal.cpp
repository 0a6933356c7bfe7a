// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/refusal.h"

#include <array>

namespace planb {

QString nameOf(Refusal refusal)
{
    static constexpr std::array<QStringView, 12> kNames{u"Malformed",   u"LaterVersion", u"NotForUs",  u"NotAuthentic",
                                                        u"PrekeyGone",  u"Replayed",     u"NoSession", u"AlreadyOpened",
                                                        u"TooFarAhead", u"Damaged",      u"TooLarge",  u"Exhausted"};
    static_assert(kNames.size() == static_cast<std::size_t>(Refusal::Exhausted) + 1);
    return kNames.at(static_cast<std::size_t>(refusal)).toString();
}

} // namespace planb
