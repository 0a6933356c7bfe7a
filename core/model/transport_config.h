// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/model/transport_kind.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace planb {

/// One configured way out, as stored. `settings` are the values of its kind's fields, secrets included:
/// never log it, never hand it to a front end without withoutSecrets().
struct TransportConfig {
    TransportId id;
    TransportKind kind = TransportKind::Xmpp;
    QString label;
    bool enabled = true;
    QJsonObject settings;

    bool operator==(const TransportConfig &) const = default;
};

/// One field of a kind's settings form.
struct SettingField {
    enum class Type { Text, Integer, Boolean, Choice, File };
    QString name;
    QString label; ///< English; front ends translate
    Type type = Type::Text;
    bool required = false;
    bool secret = false;
    QString help;
    QList<QString> choices; ///< for Type::Choice
};

/// What can be configured: one entry per kind of transport that this build contains.
struct TransportKindInfo {
    TransportKind kind = TransportKind::Xmpp;
    QString label;
    QList<SettingField> fields;
};

} // namespace planb
