// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/body.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// A body that holds nothing beyond this version has one form: writing it again gives the same bytes. One that does is
// known by that, or holds keys that may be ignored, and is sound all the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const auto body = planb::parseBody(bytes);
    if (!body || body->needsLaterVersion)
        return 0;
    const auto written = planb::encodeBody(*body);
    if (!written || written->size() > bytes.size() || (written->size() == bytes.size() && *written != bytes))
        std::abort();
    if (planb::parseBody(*written).value() != *body)
        std::abort();
    return 0;
}
