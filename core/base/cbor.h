// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QCborValue>

namespace planb {

/// What one foreign message may ask of us at most.
struct CborLimits {
    qsizetype totalBytes = 64 * 1024;
    /// How deep arrays and maps may lie in each other; an array of numbers has depth 1, a bare number 0.
    int depth = 4;
    /// All values together: each container, each of its elements, each key and each value counts one.
    qsizetype items = 4096;
    qsizetype stringBytes = 64 * 1024; ///< of one text or byte string
};

/// Reads one value in deterministic CBOR (RFC 8949, section 4.2.1) from bytes that somebody else made.
///
/// Accepted are integers that fit into 64 bits with a sign, byte strings, UTF-8 text, arrays, maps, false, true and
/// null. Lengths are definite, integers and lengths as short as they can be, the keys of a map are integers or text,
/// ascending by their encoded bytes and all different; nothing follows the value. So every value has exactly one
/// accepted form: encoding the result again gives the same bytes.
///
/// Fails with ProtocolError; the detail names what is wrong and the offset of the byte where it was seen. Declared
/// lengths are held against the bytes that are there and against `limits` before anything is allocated.
Result<QCborValue> parseCbor(QByteArrayView bytes, const CborLimits &limits = {});

} // namespace planb
