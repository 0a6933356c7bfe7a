// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/session.h"

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxWaiting = 256;

NotARequest tooLong()
{
    return {
        QJsonValue::Null,
        Error{ErrorCode::InvalidRequest, u"The line is longer than %1 bytes."_s.arg(LineSplitter::kMaxLineBytes), {}}};
}

} // namespace

Session::Session(QList<Method> methods, std::function<void(const QByteArray &)> write, QObject *parent)
    : QObject(parent), m_dispatcher(std::move(methods), std::move(write))
{
    connect(&m_dispatcher, &Dispatcher::advanced, this, &Session::onAdvanced);
}

void Session::feed(QByteArrayView bytes)
{
    const QList<LineSplitter::Line> lines = m_splitter.feed(bytes);
    for (const LineSplitter::Line &line : lines)
        take(line);
    m_isFull = !wantsInput();
}

void Session::finish()
{
    if (const auto last = m_splitter.finish())
        take(*last);
    m_isFinished = true;
    onAdvanced();
}

bool Session::wantsInput() const
{
    return m_dispatcher.waiting() < kMaxWaiting;
}

void Session::take(const LineSplitter::Line &line)
{
    if (line.isTooLong)
        m_dispatcher.handle(Unexpected(tooLong()));
    else if (!line.bytes.trimmed().isEmpty()) // an empty line separates, it asks for nothing
        m_dispatcher.handle(parseRequest(line.bytes));
}

void Session::onAdvanced()
{
    if (m_isFull && wantsInput()) {
        m_isFull = false;
        Q_EMIT inputWanted();
    }
    if (m_isFinished && !m_hasEnded && m_dispatcher.isIdle()) {
        m_hasEnded = true;
        Q_EMIT ended();
    }
}

} // namespace planb::rpc
