// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/messenger_types.h"

#include <QJsonArray>
#include <QJsonObject>

/// The JSON shapes around people, after the rules of encode.h.
namespace planb::rpc {

/// {kind, address, nickname, availability, activeAt, avatar, blocked, lists}
QJsonObject toJson(const PersonStatus &person);
/// {transportId, kind, address, mixedScripts, nickname, words, askedAt}
QJsonObject toJson(const PresenceRequest &request);
QJsonObject toJson(const Avatar &avatar); ///< {hash, type, base64}
QJsonArray peopleToJson(const QList<PersonStatus> &people);
QJsonArray requestsToJson(const QList<PresenceRequest> &requests);

} // namespace planb::rpc
