// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/chain.h"

namespace planb {

/// Keeps what the transports let others know of this client in step with what the user wants (see ClientInfo), also
/// for transports that are started later.
class SelfDesk : public QObject
{
    Q_OBJECT

public:
    explicit SelfDesk(Chain &chain);

    /// Not stored: it is true at each start.
    void setActive(bool isActive);
    void setTellsVersion(bool isTold);

private:
    void tell(TransportId id);
    void tellAll();

    Chain &m_chain;
    bool m_isActive = true;
    bool m_tellsVersion = false;
};

} // namespace planb
