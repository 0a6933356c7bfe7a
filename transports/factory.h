// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/transport/transport_factory.h"
#include "transports/net/srv.h"

#include <memory>

namespace planb {

/// Every kind of transport this build contains; the only place that knows them all.
/// Must outlive the transports it makes.
class BuiltInTransports final : public TransportFactory
{
public:
    explicit BuiltInTransports(std::unique_ptr<Clock> clock = std::make_unique<SystemClock>(),
                               std::unique_ptr<Random> random = std::make_unique<SystemRandom>(),
                               std::unique_ptr<net::SrvLookup> srv = std::make_unique<net::SystemSrvLookup>());

    QList<TransportKindInfo> kinds() const override;
    Result<QJsonObject> checked(TransportKind kind, const QJsonObject &settings) const override;
    Result<std::unique_ptr<Transport>> create(const TransportConfig &config, const QString &deviceName) override;
    Result<std::unique_ptr<AccountErrand>> accountErrand(const AccountRequest &request) override;
    Result<Invitation> invitation(const QString &link) const override;

private:
    std::unique_ptr<Clock> m_clock;
    std::unique_ptr<Random> m_random;
    std::unique_ptr<net::SrvLookup> m_srv;
};

} // namespace planb
