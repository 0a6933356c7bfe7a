// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cbor.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// What is accepted has one form only: encoding it again must give the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const auto value = planb::parseCbor(bytes);
    if (value && value->toCbor() != bytes)
        std::abort();
    return 0;
}
