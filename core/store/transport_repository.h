// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/message.h"
#include "core/model/transport_config.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace planb::store {

class Database;

/// The configured transports in the order of the chain. A removed one keeps its label and kind for the history; its
/// settings, which hold secrets, are wiped. Ids are never used again.
class TransportRepository
{
public:
    explicit TransportRepository(Database &database) : m_database(database) {}

    /// `position` from 0 to the number of transports; absent: at the end. InvalidArgument outside of that.
    Result<TransportConfig> add(TransportKind kind, const QString &label, const QJsonObject &settings,
                                std::optional<int> position);
    Result<QList<TransportConfig>> all();
    /// UnknownTransport if there is none or it was removed.
    Result<TransportConfig> byId(TransportId id);
    /// InvalidArgument unless `order` names every transport once.
    Result<void> reorder(const QList<TransportId> &order);
    /// Label, enabled and settings. UnknownTransport; InvalidArgument if the kind is another one.
    Result<void> update(const TransportConfig &config);
    /// UnknownTransport if there is none or it was removed before.
    Result<void> remove(TransportId id);
    /// Also of a removed one. UnknownTransport if there never was one.
    Result<RouteLabel> labelOf(TransportId id);

private:
    Result<QList<TransportId>> order();
    Result<void> writeOrder(const QList<TransportId> &order);

    Database &m_database;
};

} // namespace planb::store
