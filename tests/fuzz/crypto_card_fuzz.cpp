// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cbor_writer.h"
#include "core/crypto/card.h"
#include "tests/core/crypto/party.h"
#include "tests/core/crypto/seeded_sodium.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace planb;

namespace {

QByteArray signedPayload(const QByteArray &payload, const IdentityPair &identity)
{
    CborWriter out;
    out.array(3);
    out.number(1);
    out.bytes(payload);
    out.bytes(sign(identity, Label::SignCard, payload).bytes());
    return out.take();
}

} // namespace

// The bytes as they are, and as what a person signed: nobody else's signature gets into the inside of a card. What is
// accepted can be written again, and is the same card then.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static test::SeededSodium seeded(1);
    static const test::Party alice;
    const QByteArray bytes(reinterpret_cast<const char *>(data),
                           static_cast<qsizetype>(std::min<std::size_t>(size, 4000)));
    [[maybe_unused]] const auto foreign = parseCard(bytes);
    const auto own = parseCard(signedPayload(bytes, alice.identity));
    if (!own)
        return 0;
    const auto written = encodeCard(*own, alice.identity);
    if (!written || parseCard(*written).value() != *own)
        std::abort();
    return 0;
}
