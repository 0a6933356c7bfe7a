// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/name_server.h"

#include <QDataStream>
#include <QIODevice>
#include <QNetworkDatagram>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace planb::failover {

namespace {

constexpr quint16 kPort = 53;
constexpr quint16 kAddress = 1; // type A
constexpr quint16 kSrv = 33;
constexpr quint16 kInternet = 1; // class IN
constexpr quint16 kAnswer = 0x8580; // with authority, recursion as if it were done
constexpr quint16 kNoSuchName = 3;
constexpr quint16 kNameOfQuestion = 0xC00C; // a pointer to where every question begins
constexpr quint32 kLifetime = 1; // seconds
constexpr quint32 kLoopback = 0x7F000001;
constexpr qsizetype kHeaderSize = 12;

struct Question {
    QByteArray name;
    quint16 type = 0;
    QByteArray bytes; ///< as it was asked
};

std::optional<Question> questionOf(const QByteArray &query)
{
    Question question;
    qsizetype at = kHeaderSize;
    while (at < query.size() && query[at] != 0) {
        const auto length = static_cast<quint8>(query[at]);
        question.name += (question.name.isEmpty() ? "" : ".") + query.mid(at + 1, length).toLower();
        at += 1 + length;
    }
    if (at + 5 > query.size())
        return {};
    question.type = static_cast<quint16>(static_cast<quint8>(query[at + 1]) << 8 | static_cast<quint8>(query[at + 2]));
    question.bytes = query.mid(kHeaderSize, at + 5 - kHeaderSize);
    return question;
}

QByteArray labels(const QByteArray &name)
{
    QByteArray bytes;
    for (const QByteArray &label : name.split('.'))
        bytes += static_cast<char>(label.size()) + label;
    return bytes + '\0';
}

QByteArray record(quint16 type, const QByteArray &data)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << kNameOfQuestion << type << kInternet << kLifetime << static_cast<quint16>(data.size());
    return bytes + data;
}

QByteArray serviceData(const NameServer::Service &service)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << service.priority << quint16(1) << service.port;
    return bytes + labels(service.target);
}

QByteArray loopbackData()
{
    QByteArray bytes;
    QDataStream(&bytes, QIODevice::WriteOnly) << kLoopback;
    return bytes;
}

} // namespace

test::Outcome<void> NameServer::start()
{
    connect(&m_socket, &QUdpSocket::readyRead, this, &NameServer::onQuery);
    if (m_socket.bind(QHostAddress::LocalHost, kPort))
        return {};
    return test::trouble(u"no name server: "_s + m_socket.errorString());
}

bool NameServer::isHost(const QByteArray &name) const
{
    return std::any_of(m_services.begin(), m_services.end(), [&](const QList<Service> &services) {
        return std::any_of(services.begin(), services.end(), [&](const Service &s) { return s.target == name; });
    });
}

QByteArray NameServer::answerTo(const QByteArray &query) const
{
    const auto question = questionOf(query);
    if (!question)
        return {};
    QList<QByteArray> records;
    if (question->type == kSrv) {
        for (const Service &service : m_services.value(question->name))
            records.append(record(kSrv, serviceData(service)));
    } else if (question->type == kAddress && isHost(question->name)) {
        records.append(record(kAddress, loopbackData()));
    }
    const bool exists = m_services.contains(question->name) || isHost(question->name);
    QByteArray answer = query.first(2); // its number
    QDataStream stream(&answer, QIODevice::WriteOnly | QIODevice::Append);
    stream << static_cast<quint16>(kAnswer | (exists ? 0 : kNoSuchName)) << quint16(1)
           << static_cast<quint16>(records.size()) << quint16(0) << quint16(0);
    return answer + question->bytes + records.join();
}

void NameServer::onQuery()
{
    while (m_socket.hasPendingDatagrams()) {
        const QNetworkDatagram query = m_socket.receiveDatagram();
        if (const QByteArray answer = answerTo(query.data()); !answer.isEmpty())
            m_socket.writeDatagram(query.makeReply(answer));
    }
}

} // namespace planb::failover
