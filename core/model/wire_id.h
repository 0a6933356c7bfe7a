// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"

#include <QString>

#include <optional>

namespace planb {

/// The id a message carries on every route (XEP-0359 origin-id on XMPP), by which the receiver
/// recognises repeats. Ours are 128 random bits in hex; foreign clients may use any short text.
class WireId
{
public:
    static constexpr qsizetype kMaxLength = 256;

    static WireId random(Random &random);
    /// Refuses empty text, more than kMaxLength characters, and control characters.
    static std::optional<WireId> parse(QStringView text);

    const QString &toString() const { return m_text; }
    bool operator==(const WireId &) const = default;
    bool operator<(const WireId &other) const { return m_text < other.m_text; }

private:
    explicit WireId(QString text) : m_text(std::move(text)) {}
    QString m_text;
};

} // namespace planb
