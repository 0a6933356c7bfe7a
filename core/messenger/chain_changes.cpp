// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/chain.h"

#include <algorithm>

namespace planb {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxLabel = 100;

Result<QString> checkedLabel(const QString &label)
{
    const QString trimmed = label.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > kMaxLabel)
        return fail(FailureCode::InvalidArgument, u"a label has 1 to %1 characters"_s.arg(kMaxLabel));
    return trimmed;
}

QJsonObject merged(QJsonObject settings, const QJsonObject &changes)
{
    for (auto field = changes.begin(); field != changes.end(); ++field) {
        if (field.value().isNull())
            settings.remove(field.key());
        else
            settings.insert(field.key(), field.value());
    }
    return settings;
}

} // namespace

// What users change: which transports there are, in which order, with which settings.

Result<TransportId> Chain::add(TransportKind kind, const QString &label, const QJsonObject &settings,
                               std::optional<int> position)
{
    const auto name = checkedLabel(label);
    if (!name)
        return fail(name.error());
    if (position && (*position < 0 || *position > static_cast<int>(m_entries.size())))
        return fail(FailureCode::InvalidArgument, u"position must be from 0 to %1"_s.arg(m_entries.size()));
    const auto checked = m_context.factory.checked(kind, settings);
    if (!checked)
        return fail(checked.error());
    const auto config = m_context.store.transports().add(kind, *name, *checked, position);
    if (!config)
        return fail(config.error());
    const auto at = m_entries.begin() + position.value_or(static_cast<int>(m_entries.size()));
    m_entries.insert(at, entryFor(*config));
    Q_EMIT changed();
    startIfWanted(*find(config->id));
    return config->id;
}

Result<void> Chain::reorder(const QList<TransportId> &order)
{
    if (auto stored = m_context.store.transports().reorder(order); !stored)
        return stored;
    std::ranges::sort(m_entries, {}, [&order](const Entry &entry) { return order.indexOf(entry.config.id); });
    Q_EMIT changed();
    return {};
}

Result<void> Chain::update(TransportId id, const std::optional<QString> &label, std::optional<bool> enabled,
                           const std::optional<QJsonObject> &settings)
{
    const auto entry = find(id);
    if (entry == m_entries.end())
        return fail(FailureCode::UnknownTransport, id.toString());
    TransportConfig config = entry->config;
    if (label) {
        const auto name = checkedLabel(*label);
        if (!name)
            return fail(name.error());
        config.label = *name;
    }
    config.enabled = enabled.value_or(config.enabled);
    if (settings) {
        const auto checked = m_context.factory.checked(config.kind, merged(config.settings, *settings));
        if (!checked)
            return fail(checked.error());
        config.settings = *checked;
    }
    if (auto stored = m_context.store.transports().update(config); !stored)
        return stored;
    // It was about the server of the old ones; and new settings are the user's word that all is well.
    if (settings)
        forgetMemory(id);
    // New settings need a new object; a switch alone does not, but given settings ask for a fresh try.
    if (settings || !entry->transport) {
        retire(*entry);
        *entry = entryFor(config);
    } else {
        entry->config = config;
        if (!config.enabled)
            entry->transport->stop();
    }
    Q_EMIT changed();
    if (const auto same = find(id); same != m_entries.end()) {
        Q_EMIT linkChanged(id, same->state);
        startIfWanted(*same);
    }
    return {};
}

Result<void> Chain::remove(TransportId id)
{
    const auto entry = find(id);
    if (entry == m_entries.end())
        return fail(FailureCode::UnknownTransport, id.toString());
    if (auto stored = m_context.store.transports().remove(id); !stored)
        return stored;
    forgetMemory(id);
    Entry gone = std::move(*entry);
    m_entries.erase(entry);
    Q_EMIT changed();
    retire(gone);
    return {};
}

} // namespace planb
