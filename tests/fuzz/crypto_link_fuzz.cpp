// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/invitation.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// What is taken for a link is written in that way and no other, but for capitals in front of the colon. The same bytes
// are tried as the invitation that a file or a picture holds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const QString text = QString::fromUtf8(bytes);
    const auto linked = planb::parseLink(text);
    if (linked && planb::linkOf(*linked).sliced(6) != text.sliced(6))
        std::abort();
    const auto read = planb::parseInvitation(bytes);
    if (read && planb::encodeInvitation(*read) != bytes)
        std::abort();
    return 0;
}
