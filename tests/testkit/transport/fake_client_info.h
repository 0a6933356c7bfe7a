// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/client_info.h"

namespace planb::test {

/// Remembers what it was told last.
class FakeClientInfo final : public ClientInfo
{
public:
    void setActive(bool active) override { isActive = active; }
    void setVersion(const QString &told) override { version = told; }

    bool isActive = true;
    QString version;
};

} // namespace planb::test
