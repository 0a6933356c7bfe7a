// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/engine.h"

namespace planb::delivery {

Report Engine::report(MonoTime now) const
{
    Report report;
    for (const ChainLink &entry : m_chain)
        report.links.push_back(linkReport(m_links.at(entry.id), now));
    for (const auto &[id, contact] : m_contacts) {
        for (const Route &route : contact.routes) {
            report.paths.push_back(pathReport(id, route, now));
            report.paths.back().isCurrent = contact.current == route.transport;
        }
    }
    for (const auto &[id, item] : m_items) {
        int &count = item.stalled            ? report.outbox.stalled
            : item.accepted && !item.bounced ? report.outbox.unconfirmed
            : !item.open.empty()             ? report.outbox.open
                                             : report.outbox.waiting;
        ++count;
    }
    report.hedges = m_hedges.tokens();
    return report;
}

LinkReport Engine::linkReport(const Link &link, MonoTime now) const
{
    LinkReport report{link.chain().id,
                      link.sight(),
                      link.hopTimeout(),
                      static_cast<int>(link.losses()),
                      link.heldUntil(now),
                      link.lastFailure(),
                      0};
    for (const auto &[id, attempt] : m_attempts)
        report.open += attempt.route.transport == link.chain().id ? 1 : 0;
    return report;
}

PathReport Engine::pathReport(ContactId contact, const Route &route, MonoTime now) const
{
    PathReport report;
    report.contact = contact;
    report.route = route;
    const auto found = m_paths.find(route);
    const Path path = found == m_paths.end() ? Path(route.address.kind) : found->second;
    report.successRate = path.health().successRate();
    report.endToEndTimeout = path.endToEndTimeout();
    report.lastFailure = path.lastFailure();
    if (!path.isOpen(now)) {
        report.state = PathState::Resting;
        report.until = path.restsUntil();
    } else if (path.health().isEjected(now)) {
        report.state = PathState::Ejected;
        report.until = path.health().ejectedUntil();
    }
    return report;
}

} // namespace planb::delivery
