// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"

#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace planb::net {

/// One SRV record (RFC 2782).
struct SrvRecord {
    QString target; ///< without the final dot; empty for the root: the service is decidedly not offered
    quint16 port = 0;
    quint16 priority = 0;
    quint16 weight = 0;
    bool directTls = false; ///< from _xmpps-client and the like (XEP-0368)

    bool operator==(const SrvRecord &) const = default;
};

/// The order in which to try them: rising priority, within one priority drawn by weight (RFC 2782, page 3).
QList<SrvRecord> inOrderOfUse(QList<SrvRecord> records, Random &random);

/// Asks the domain name system for SRV records.
class SrvLookup
{
public:
    using Done = std::function<void(const Result<QList<SrvRecord>> &)>;

    virtual ~SrvLookup() = default;
    /// Answers once through `done`, later and on the caller's thread, unless `context` dies first. No such
    /// records: an empty list. No answer from the name servers: DnsUnavailable. May never answer: set a limit.
    virtual void lookUp(const QString &name, QObject *context, Done done) = 0;
};

/// Asks the name servers of the operating system.
class SystemSrvLookup final : public SrvLookup
{
public:
    void lookUp(const QString &name, QObject *context, Done done) override;
};

} // namespace planb::net
