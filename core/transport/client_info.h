// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace planb {

/// What a transport lets others know of this client itself. Beside a Transport that can do it, and living as long; kept
/// over connections, and to be set again only when it changes.
class ClientInfo
{
public:
    virtual ~ClientInfo() = default;

    /// Whether the user has the program before them; true at first. A server may hold back what can wait (presence,
    /// who is writing) while they have not; never messages.
    virtual void setActive(bool isActive) = 0;
    /// What is answered to whoever asks which version this is; empty, as at first: nobody is answered.
    virtual void setVersion(const QString &version) = 0;
};

} // namespace planb
