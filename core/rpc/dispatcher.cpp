// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/dispatcher.h"

#include <algorithm>

namespace planb::rpc {

using namespace Qt::StringLiterals;

Dispatcher::Dispatcher(QList<Method> methods, std::function<void(const QByteArray &)> write, QObject *parent)
    : QObject(parent), m_methods(std::move(methods)), m_write(std::move(write))
{}

void Dispatcher::handle(Expected<Request, NotARequest> request)
{
    m_queue.push_back(std::move(request));
    drain();
}

void Dispatcher::drain()
{
    // A handler may answer before it returns; the loop then goes on, instead of one call inside another.
    if (m_isDraining)
        return;
    m_isDraining = true;
    while (!m_isBusy && !m_queue.empty()) {
        const Expected<Request, NotARequest> request = std::move(m_queue.front());
        m_queue.pop_front();
        if (request) {
            carryOut(*request);
        } else {
            m_write(errorLine(request.error().id, request.error().error));
            Q_EMIT advanced();
        }
    }
    m_isDraining = false;
}

void Dispatcher::carryOut(const Request &request)
{
    const Method *method = find(request.method);
    if (!method) {
        return answer(
            request.id,
            Unexpected(Error{ErrorCode::UnknownMethod, u"There is no method %1."_s.arg(quoted(request.method)), {}}));
    }
    const Expected<Parameters, Error> parameters = parametersOf(*method, request);
    if (!parameters)
        return answer(request.id, Unexpected(parameters.error()));

    const bool isAlongside = method->pace == Pace::Alongside;
    if (isAlongside)
        ++m_alongside;
    else
        m_isBusy = true;
    method->handler(*parameters, Reply(this, [this, id = request.id, isAlongside](const Answer &result) {
        if (isAlongside)
            --m_alongside;
        else
            m_isBusy = false;
        answer(id, result);
        drain();
    }));
}

Expected<Parameters, Error> Dispatcher::parametersOf(const Method &method, const Request &request) const
{
    if (request.params && !request.params->isObject())
        return Unexpected(Error{ErrorCode::InvalidParameters, u"The parameters are an object."_s, {}});
    return Parameters::parse(method.parameters, request.params ? request.params->toObject() : QJsonObject());
}

const Method *Dispatcher::find(const QString &name) const
{
    const auto it = std::find_if(m_methods.begin(), m_methods.end(),
                                 [&name](const Method &m) { return m.name == name; });
    return it == m_methods.end() ? nullptr : &*it;
}

void Dispatcher::answer(const std::optional<QJsonValue> &id, const Answer &answer)
{
    if (id)
        m_write(answer ? resultLine(*id, *answer) : errorLine(*id, answer.error()));
    Q_EMIT advanced();
}

} // namespace planb::rpc
