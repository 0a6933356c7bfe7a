// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/request.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

Unexpected<NotARequest> refuse(ErrorCode code, const QString &message, const QJsonValue &id = QJsonValue::Null)
{
    return Unexpected(NotARequest{id, Error{code, message, {}}});
}

// RFC 8259, section 7 and 2: these are neither white space nor allowed in a string; QJsonDocument lets them pass.
bool hasBareControls(const QByteArray &line)
{
    return std::any_of(line.begin(), line.end(), [](char c) { return c >= 0 && c < 0x20 && c != '\t' && c != '\r'; });
}

// QJsonDocument takes only objects and lists; a bare number or text is valid JSON all the same.
bool isScalar(const QByteArray &line)
{
    const QJsonDocument wrapped = QJsonDocument::fromJson('[' + line + ']');
    return wrapped.isArray() && wrapped.array().size() == 1;
}

bool mayBeId(const QJsonValue &value)
{
    return value.isString() || value.isDouble() || value.isNull();
}

QByteArray lineOf(QJsonObject object)
{
    object.insert(u"jsonrpc"_s, u"2.0"_s);
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

Expected<Request, NotARequest> parseRequest(const QByteArray &line)
{
    if (hasBareControls(line))
        return refuse(ErrorCode::ParseError, u"The line is not valid JSON: it contains a control character."_s);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(line, &problem);
    if (problem.error != QJsonParseError::NoError && !isScalar(line)) {
        return refuse(ErrorCode::ParseError,
                      u"The line is not valid JSON: %1 at byte %2."_s.arg(problem.errorString()).arg(problem.offset));
    }
    if (document.isArray())
        return refuse(ErrorCode::InvalidRequest, u"Batches are not supported: write one request a line."_s);
    if (!document.isObject())
        return refuse(ErrorCode::InvalidRequest, u"A request is a JSON object."_s);

    const QJsonObject object = document.object();
    const bool hasId = object.contains(u"id"_s);
    const QJsonValue id = hasId ? object.value(u"id"_s) : QJsonValue(QJsonValue::Null);
    if (!mayBeId(id))
        return refuse(ErrorCode::InvalidRequest, u"The id of a request is text, a number or null."_s);
    if (object.value(u"jsonrpc"_s) != QJsonValue(u"2.0"_s))
        return refuse(ErrorCode::InvalidRequest, u"A request says \"jsonrpc\": \"2.0\"."_s, id);
    if (!object.value(u"method"_s).isString())
        return refuse(ErrorCode::InvalidRequest, u"A request names its \"method\" as text."_s, id);

    Request request;
    if (hasId)
        request.id = id;
    request.method = object.value(u"method"_s).toString();
    if (object.contains(u"params"_s))
        request.params = object.value(u"params"_s);
    return request;
}

QByteArray resultLine(const QJsonValue &id, const QJsonValue &result)
{
    return lineOf({{u"id"_s, id}, {u"result"_s, result}});
}

QByteArray errorLine(const QJsonValue &id, const Error &error)
{
    return lineOf({{u"id"_s, id}, {u"error"_s, toJson(error)}});
}

QByteArray notificationLine(const QString &method, const QJsonObject &params)
{
    return lineOf({{u"method"_s, method}, {u"params"_s, params}});
}

} // namespace planb::rpc
