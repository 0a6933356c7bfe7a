// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/self_desk.h"

#include "core/transport/client_info.h"

namespace planb {

SelfDesk::SelfDesk(Chain &chain) : m_chain(chain)
{
    connect(&m_chain, &Chain::starting, this, &SelfDesk::tell);
}

void SelfDesk::setActive(bool isActive)
{
    m_isActive = isActive;
    tellAll();
}

void SelfDesk::setTellsVersion(bool isTold)
{
    m_tellsVersion = isTold;
    tellAll();
}

void SelfDesk::tellAll()
{
    for (const TransportStatus &status : m_chain.statuses())
        tell(status.id);
}

void SelfDesk::tell(TransportId id)
{
    Transport *transport = m_chain.transport(id);
    ClientInfo *info = transport ? transport->clientInfo() : nullptr;
    if (!info)
        return;
    info->setActive(m_isActive);
    info->setVersion(m_tellsVersion ? QStringLiteral(PLANB_VERSION) : QString());
}

} // namespace planb
