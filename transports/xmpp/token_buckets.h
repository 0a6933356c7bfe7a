// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QHash>
#include <QString>

#include <optional>

namespace planb::xmpp {

/// So many at once, and then one more each time this has passed.
struct FlowRate {
    int burst = 0;
    Millis each{0}; ///< above 0
};

/// A token bucket: full at first, one token a use.
class TokenBucket
{
public:
    TokenBucket(FlowRate rate, MonoTime now);

    bool hasToken(MonoTime now);
    /// False where it is empty.
    bool take(MonoTime now);
    bool isFull(MonoTime now);

private:
    void refill(MonoTime now);

    FlowRate m_rate;
    int m_tokens;
    MonoTime m_filledAt; // the moment up to which m_tokens counts
};

/// A bucket for each peer and one for all of them. A peer that has used up its own takes nothing from the others, and
/// a peer with a full bucket is not remembered: there are never more than the bucket of all lets in while one of
/// theirs fills up.
class TokenBuckets
{
public:
    /// `all`: absent where the number of peers has a limit of its own.
    TokenBuckets(FlowRate each, std::optional<FlowRate> all, MonoTime now);

    bool take(const QString &peer, MonoTime now);
    qsizetype remembered() const { return m_each.size(); }

private:
    void forgetFull(MonoTime now);

    FlowRate m_rate;
    std::optional<TokenBucket> m_all;
    QHash<QString, TokenBucket> m_each;
    qsizetype m_tidyAt;
};

} // namespace planb::xmpp
