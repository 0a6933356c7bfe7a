// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/messenger_types.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

/// The JSON shapes of the interface. Pure functions. Names are public: add, never rename.
/// Times are integers, milliseconds since 1970-01-01 UTC; ids are text; what is not there is null.
namespace planb::rpc {

QJsonValue toJson(const std::optional<WallTime> &time);
QJsonValue toJson(const std::optional<RouteLabel> &route);
/// {code, blame, detail, retryAt}
QJsonObject toJson(const Failure &failure, const std::optional<WallTime> &retryAt);
QJsonObject toJson(const Address &address);

QJsonObject toJson(const ProfileInfo &profile); ///< {name, fingerprint, version}
QJsonObject toJson(const SettingField &field);
QJsonObject toJson(const TransportKindInfo &kind);
QJsonObject toJson(const LinkWarning &warning); ///< {code, detail, since}
QJsonObject toJson(const TransportStatus &transport);
/// {name, ok, ms, detail}; the detail of a failed step starts with its code.
QJsonObject toJson(const ConnectStep &step);
QJsonObject toJson(const TransportTest &test);
QJsonObject toJson(const Contact &contact);
QJsonObject toJson(const Message &message);
QJsonObject toJson(const Reactions &reactions); ///< {mine, theirs}
QJsonObject toJson(const MessageVersion &version);
QJsonObject toJson(const PrivacyPolicy &policy);
QJsonObject toJson(const Attempt &attempt);
QJsonObject toJson(const MessageWay &way);
QJsonObject toJson(const ConversationSummary &conversation);
QJsonObject toJson(const SharedRoutes &shared); ///< {transportIds, what, name}
QJsonObject toJson(const LinkStatus &link);
QJsonObject toJson(const PathStatus &path);
QJsonObject toJson(const OutboxStatus &outbox);
QJsonObject toJson(const StatusSummary &status);
QJsonObject toJson(const DeliveryPolicy &policy);
QJsonObject toJson(const RouteSwitch &change);

template<class T>
QJsonArray listToJson(const QList<T> &items)
{
    QJsonArray json;
    for (const T &item : items)
        json.append(toJson(item));
    return json;
}

} // namespace planb::rpc
