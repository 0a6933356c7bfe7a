// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/counterpart.h"

#include "tests/testkit/child_process.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

// Where slixmpp is, if it is wanted: the system's Python has the system's libraries, another one in PATH may not.
QString findPython(Counterpart::Client client)
{
    for (const QString &python : {u"/usr/bin/python3"_s, findProgram(u"python3"_s)}) {
        const QString needed = client == Counterpart::Client::Slixmpp ? u"import slixmpp"_s : u"import pty"_s;
        if (!python.isEmpty() && runTool(python, {u"-c"_s, needed}))
            return python;
    }
    return {};
}

} // namespace

QString Counterpart::whatIsMissing(Client client)
{
    if (client == Client::Profanity)
        return missingPrograms({u"profanity"_s, u"python3"_s});
    return findPython(client).isEmpty() ? u"python3-slixmpp is not there"_s : QString();
}

Outcome<void> Counterpart::begin(const QString &jid, const QString &password, quint16 starttlsPort,
                                 const QString &caFile)
{
    endWithParent(m_process);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(findPython(m_client),
                    {m_client == Client::Slixmpp ? QStringLiteral(PLANB_COUNTERPART) : QStringLiteral(PLANB_PROFANITY),
                     jid, password, u"127.0.0.1"_s, QString::number(starttlsPort), caFile});
    if (waitFor(u"event"_s, u"online"_s, Millis(60'000)).isEmpty())
        return Unexpected(u"the other client did not come online"_s);
    return {};
}

Counterpart::~Counterpart()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(3'000))
        m_process.kill();
    m_process.waitForFinished(3'000);
}

void Counterpart::obey(const QJsonObject &command)
{
    m_process.write(QJsonDocument(command).toJson(QJsonDocument::Compact) + '\n');
}

void Counterpart::readAll()
{
    while (m_process.canReadLine())
        m_told.append(QJsonDocument::fromJson(m_process.readLine()).object());
}

qsizetype Counterpart::countOf(const QString &field, const QString &value)
{
    readAll();
    return std::ranges::count_if(m_told, [&](const QJsonObject &one) { return one.value(field).toString() == value; });
}

QJsonObject Counterpart::waitFor(const QString &field, const QString &value, Millis limit)
{
    QJsonObject found;
    waitUntil(
        [&] {
            readAll();
            const auto one = std::ranges::find_if(
                m_told, [&](const QJsonObject &each) { return each.value(field).toString() == value; });
            if (one != m_told.end())
                found = *one;
            return one != m_told.end();
        },
        limit);
    return found;
}

} // namespace planb::test
