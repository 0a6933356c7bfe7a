// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/delivery_status.h"

namespace planb {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(delivery::LinkSight sight)
{
    switch (sight) {
    case delivery::LinkSight::Down: return u"down"_s;
    case delivery::LinkSight::Ready: return u"ready"_s;
    case delivery::LinkSight::Suspect: return u"suspect"_s;
    }
    Q_UNREACHABLE();
}

QString nameOf(delivery::PathState state)
{
    switch (state) {
    case delivery::PathState::Open: return u"open"_s;
    case delivery::PathState::Ejected: return u"ejected"_s;
    case delivery::PathState::Resting: return u"resting"_s;
    }
    Q_UNREACHABLE();
}

std::optional<WallTime> wallOf(const std::optional<MonoTime> &time, const Clock &clock)
{
    if (!time)
        return {};
    return clock.wall() + std::chrono::round<Millis>(*time - clock.now());
}

} // namespace

DeliveryStatus deliveryStatus(const delivery::Report &report, const Clock &clock)
{
    DeliveryStatus status;
    for (const delivery::LinkReport &link : report.links) {
        status.links.append({link.transport, nameOf(link.sight), link.hopTimeout, link.losses,
                             wallOf(link.heldUntil, clock), link.open});
    }
    for (const delivery::PathReport &path : report.paths) {
        status.paths.append({path.contact, path.route.transport, path.route.address, nameOf(path.state),
                             wallOf(path.until, clock), path.successRate, path.endToEndTimeout, path.lastFailure,
                             path.isCurrent});
    }
    status.outbox = {report.outbox.waiting, report.outbox.open, report.outbox.unconfirmed, report.outbox.stalled};
    status.repeatsLeft = report.hedges;
    return status;
}

} // namespace planb
