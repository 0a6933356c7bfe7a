// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/primitives.h"

#include <memory>

namespace planb {

/// Keys of messages that have not come though later ones have: each opens its one message, should it come after all.
/// A value: copies share the same memory, changes make a new one.
class SkippedKeys
{
public:
    /// The oldest goes when there would be more. It is no loss: the sender hears that the message is missing.
    static constexpr qsizetype kMaxCount = 2000;

    /// `chain` counts the receiving chains of a session.
    struct Place {
        quint64 chain = 0;
        quint32 number = 0;
    };

    qsizetype count() const;
    std::optional<qsizetype> find(const Place &place) const;
    KeyView keyAt(qsizetype index) const;

    SkippedKeys without(qsizetype index) const;
    SkippedKeys withoutChainsBefore(quint64 chain) const;
    /// Record after record as writeRecord() makes them, the oldest first.
    SkippedKeys with(const SecretBytes &records) const;

    static constexpr qsizetype kRecordBytes = 8 + 4 + qsizetype{kKeyBytes};
    static void writeRecord(std::span<std::byte> at, const Place &place, KeyView key);

    /// For the store, secret.
    ByteView bytes() const { return m_records ? m_records->view() : ByteView(); }
    /// Nothing if they are no such bytes.
    static std::optional<SkippedKeys> fromBytes(ByteView bytes);

private:
    static SkippedKeys joined(ByteView first, ByteView second);

    std::shared_ptr<const SecretBytes> m_records; // null: none
};

} // namespace planb
