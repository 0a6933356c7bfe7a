// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/envelope.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// What is taken for an envelope is put together again from its parts to the very same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const auto envelope = planb::parseEnvelope(bytes);
    if (!envelope)
        return 0;
    const QByteArray start = planb::envelopeStart(envelope->type, envelope->nonce);
    const QByteArray head = planb::withHeader(start, envelope->greeting, envelope->ratchetHeader);
    if (start != envelope->headerAd || head != envelope->bodyAd || planb::withBody(head, envelope->body) != bytes)
        std::abort();
    return 0;
}
