// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/net/srv.h"

#include <QDnsLookup>

#include <algorithm>

namespace planb::net {

namespace {

using namespace Qt::StringLiterals;

SrvRecord fromDns(const QDnsServiceRecord &record)
{
    QString target = record.target();
    while (target.endsWith(u'.'))
        target.chop(1);
    return {target, record.port(), record.priority(), record.weight(), false};
}

Result<QList<SrvRecord>> answerOf(const QDnsLookup &lookup)
{
    switch (lookup.error()) {
    case QDnsLookup::NoError: break;
    case QDnsLookup::NotFoundError: return QList<SrvRecord>();
    default: return fail(FailureCode::DnsUnavailable, u"the name servers gave no answer for %1"_s.arg(lookup.name()));
    }
    QList<SrvRecord> records;
    for (const QDnsServiceRecord &record : lookup.serviceRecords())
        records.append(fromDns(record));
    return records;
}

// Takes one record out of [first, last) with a chance in proportion to its weight.
QList<SrvRecord>::iterator draw(QList<SrvRecord>::iterator first, QList<SrvRecord>::iterator last, Random &random)
{
    double total = 0;
    for (auto it = first; it != last; ++it)
        total += it->weight;
    double left = random.uniform() * total;
    for (auto it = first; it != last; ++it) {
        if (left < it->weight)
            return it;
        left -= it->weight;
    }
    return first; // all weights are 0
}

} // namespace

QList<SrvRecord> inOrderOfUse(QList<SrvRecord> records, Random &random)
{
    std::stable_sort(records.begin(), records.end(),
                     [](const SrvRecord &a, const SrvRecord &b) { return a.priority < b.priority; });
    for (auto first = records.begin(); first != records.end(); ++first) {
        const auto last = std::find_if(first, records.end(),
                                       [first](const SrvRecord &r) { return r.priority != first->priority; });
        std::iter_swap(first, draw(first, last, random));
    }
    return records;
}

void SystemSrvLookup::lookUp(const QString &name, QObject *context, Done done)
{
    auto *lookup = new QDnsLookup(QDnsLookup::SRV, name, context);
    QObject::connect(lookup, &QDnsLookup::finished, context, [lookup, done = std::move(done)] {
        lookup->deleteLater();
        done(answerOf(*lookup));
    });
    lookup->lookup();
}

} // namespace planb::net
