// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/transport_repository.h"

#include "core/store/database.h"
#include "core/store/transaction.h"

#include <QJsonDocument>

#include <algorithm>

namespace planb::store {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view kSelect = "SELECT id, kind, label, enabled, settings FROM transports WHERE removed = 0 ";

QString toText(const QJsonObject &settings)
{
    return QString::fromUtf8(QJsonDocument(settings).toJson(QJsonDocument::Compact));
}

TransportConfig readTransport(Statement &row)
{
    constexpr int settings = 4;
    const QJsonDocument document = QJsonDocument::fromJson(row.get<QString>(settings).toUtf8());
    if (!document.isObject())
        row.reportUnreadable(settings);
    return {row.get<TransportId>(0), row.named(1, &transportKindFromName), row.get<QString>(2), row.get<bool>(3),
            document.object()};
}

Unexpected<Failure> unknownTransport(TransportId id)
{
    return fail(FailureCode::UnknownTransport, id.toString());
}

} // namespace

Result<TransportConfig> TransportRepository::add(TransportKind kind, const QString &label, const QJsonObject &settings,
                                                 std::optional<int> position)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    auto chain = order();
    if (!chain)
        return fail(chain.error());
    const qsizetype place = position.value_or(static_cast<int>(chain->size()));
    if (place < 0 || place > chain->size())
        return fail(FailureCode::InvalidArgument, u"there is no place %1 in the chain"_s.arg(place));

    const auto added = m_database.run(
        "INSERT INTO transports (kind, label, position, settings) VALUES (?1, ?2, ?3, ?4)", nameOf(kind), label, place,
        toText(settings));
    if (!added)
        return fail(added.error());
    const TransportId id(m_database.lastInsertedId());
    chain->insert(place, id);
    if (const auto written = writeOrder(*chain); !written)
        return fail(written.error());
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return byId(id);
}

Result<QList<TransportConfig>> TransportRepository::all()
{
    return m_database.query(std::string(kSelect) + "ORDER BY position, id").all(&readTransport);
}

Result<TransportConfig> TransportRepository::byId(TransportId id)
{
    const auto config = m_database.query(std::string(kSelect) + "AND id = ?1", id).first(&readTransport);
    if (!config)
        return fail(config.error());
    if (!*config)
        return unknownTransport(id);
    return **config;
}

Result<void> TransportRepository::reorder(const QList<TransportId> &order)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    const auto present = this->order();
    if (!present)
        return fail(present.error());
    if (!std::is_permutation(order.begin(), order.end(), present->begin(), present->end()))
        return fail(FailureCode::InvalidArgument, u"the order must name every transport once"_s);
    if (const auto written = writeOrder(order); !written)
        return written;
    return transaction->commit();
}

Result<void> TransportRepository::update(const TransportConfig &config)
{
    const auto present = byId(config.id);
    if (!present)
        return fail(present.error());
    if (present->kind != config.kind)
        return fail(FailureCode::InvalidArgument, u"the kind of a transport cannot be changed"_s);
    return m_database.run("UPDATE transports SET label = ?2, enabled = ?3, settings = ?4 WHERE id = ?1", config.id,
                          config.label, config.enabled, toText(config.settings));
}

Result<void> TransportRepository::remove(TransportId id)
{
    // secure_delete overwrites what the settings occupied.
    const auto changed = m_database.runAndCount(
        "UPDATE transports SET removed = 1, enabled = 0, settings = '{}' WHERE id = ?1 AND removed = 0", id);
    if (!changed)
        return fail(changed.error());
    if (*changed == 0)
        return unknownTransport(id);
    return {};
}

Result<RouteLabel> TransportRepository::labelOf(TransportId id)
{
    const auto label =
        m_database.query("SELECT id, label, kind FROM transports WHERE id = ?1", id).first([](Statement &s) {
            return RouteLabel{s.get<TransportId>(0), s.get<QString>(1), s.named(2, &transportKindFromName)};
        });
    if (!label)
        return fail(label.error());
    if (!*label)
        return unknownTransport(id);
    return **label;
}

Result<QList<TransportId>> TransportRepository::order()
{
    return m_database.query("SELECT id FROM transports WHERE removed = 0 ORDER BY position, id").all([](Statement &s) {
        return s.get<TransportId>(0);
    });
}

Result<void> TransportRepository::writeOrder(const QList<TransportId> &order)
{
    for (qsizetype i = 0; i < order.size(); ++i) {
        const auto placed = m_database.run("UPDATE transports SET position = ?2 WHERE id = ?1", order[i], i);
        if (!placed)
            return placed;
    }
    return {};
}

} // namespace planb::store
