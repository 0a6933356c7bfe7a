// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rpc/rpc_error.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>

#include <optional>

namespace planb::rpc {

/// A request object (JSON-RPC 2.0, section 4) as it came; nothing about the method or its parameters has
/// been checked.
struct Request {
    std::optional<QJsonValue> id; ///< absent: carry it out, but do not answer
    QString method;
    std::optional<QJsonValue> params;
};

/// A line that is no request. Answered even where it carried no id (section 5.1), with `id` null then.
struct NotARequest {
    QJsonValue id;
    Error error;
};

/// Reads one line. Bytes that are no JSON: ParseError. A batch, another value than an object, a `jsonrpc`
/// other than "2.0", an id that is neither text, number nor null, no `method`: InvalidRequest.
Expected<Request, NotARequest> parseRequest(const QByteArray &line);

/// One line each, with its "\n".
QByteArray resultLine(const QJsonValue &id, const QJsonValue &result);
QByteArray errorLine(const QJsonValue &id, const Error &error);
QByteArray notificationLine(const QString &method, const QJsonObject &params);

} // namespace planb::rpc
