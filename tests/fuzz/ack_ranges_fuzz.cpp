// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/ack_ranges.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using planb::AckRanges;

// What is taken for ranges is written in that way and no other, and stays sound whatever is done with it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto read = AckRanges::fromText(text);
    if (!read)
        return 0;
    const auto check = [](bool isSound) {
        if (!isSound)
            std::abort();
    };
    check(read->toText() == text);
    AckRanges changed = *read;
    changed.forgetBelow(size + 1);
    changed.add(size + 2);
    changed.unite(*read);
    const auto again = AckRanges::decoded(changed.encoded());
    check(again && *again == changed);
    check(changed.highest() >= changed.floor() && changed.floor() + 1 >= changed.first());
    return 0;
}
