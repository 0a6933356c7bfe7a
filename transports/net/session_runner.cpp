// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/net/session_runner.h"

#include "core/base/log.h"
#include "transports/net/tcp_quick_ack.h"
#include "transports/net/tcp_user_timeout.h"

#include <QPointer>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslSocket>

#include <algorithm>

namespace planb::net {

namespace {

using namespace Qt::StringLiterals;

// What Qt may take from the operating system ahead of us; beyond that the sender has to wait.
constexpr qint64 kReadAhead = 256 * 1024;
// What is left in the socket after a finished session may take this long to leave.
constexpr Millis kFarewell{2'000};

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2: return u"TLSv1.2"_s;
    case QSsl::TlsV1_3: return u"TLSv1.3"_s;
    default: return u"TLS"_s;
    }
}

QString stageWords(ConnectStage stage)
{
    switch (stage) {
    case ConnectStage::Tcp: return u"no answer from %1"_s;
    case ConnectStage::Tls: return u"no answer from %1 during the TLS handshake"_s;
    case ConnectStage::Session: return u"no answer from %1 while logging in"_s;
    }
    Q_UNREACHABLE();
}

// "No route" of one address family must not hide what another endpoint really said.
bool isMoreTelling(ConnectStage stage, const Failure &failure, ConnectStage oldStage, const Failure &old)
{
    if (stage != oldStage)
        return stage > oldStage;
    return failure.blame() != Blame::Network || old.blame() == Blame::Network;
}

} // namespace

SessionRunner::SessionRunner(Session &session, const Clock &clock, QObject *parent)
    : QObject(parent), m_session(session), m_clock(clock), m_race(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &SessionRunner::onTimer);
    connect(&m_race, &ConnectRace::won, this, &SessionRunner::onWon);
    connect(&m_race, &ConnectRace::failed, this,
            [this](const Endpoint &, const Failure &failure) { noteSetback(failure); });
    connect(&m_race, &ConnectRace::lost, this, &SessionRunner::giveUp);
}

SessionRunner::~SessionRunner()
{
    releaseSocket();
}

void SessionRunner::open(ConnectOptions options)
{
    Q_ASSERT(!options.endpoints.isEmpty());
    drop();
    m_options = std::move(options);
    m_setback.reset();
    m_isEstablished = false;
    connectToNext();
}

void SessionRunner::drop()
{
    m_timer.stop();
    m_race.cancel();
    releaseSocket();
}

void SessionRunner::connectToNext()
{
    m_stage = ConnectStage::Tcp;
    m_sslErrors.clear();
    m_timer.stop();
    m_race.start(std::exchange(m_options.endpoints, {}), m_options.proxy,
                 {m_options.nextAddressAfter, m_options.nextEndpointAfter, m_options.connectTimeout});
}

void SessionRunner::onWon(QSslSocket *socket, const Endpoint &endpoint, MonoTime began, const QList<Endpoint> &left)
{
    m_options.endpoints = left;
    m_endpoint = endpoint;
    m_endpointBegan = m_stageBegan = began;
    adopt(socket);
    onConnected();
}

void SessionRunner::adopt(QSslSocket *socket)
{
    m_socket = socket;
    m_isHoldingBack = false;
    m_socket->setParent(this);
    m_socket->setReadBufferSize(kReadAhead);
    connect(socket, &QSslSocket::encrypted, this, &SessionRunner::onEncrypted);
    connect(socket, &QSslSocket::readyRead, this, &SessionRunner::onReadyRead);
    connect(socket, &QSslSocket::sslErrors, this, &SessionRunner::onSslErrors);
    connect(socket, &QSslSocket::errorOccurred, this, &SessionRunner::onError);
}

void SessionRunner::releaseSocket()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket->deleteLater(); // we may be in one of its signals
    m_socket = nullptr;
}

Result<QSslConfiguration> SessionRunner::tlsConfiguration() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    configuration.setAllowedNextProtocols(m_options.applicationProtocols);
    if (m_options.caFile.isEmpty())
        return configuration;
    const QList<QSslCertificate> trusted = QSslCertificate::fromPath(m_options.caFile);
    // An empty list would mean "the system's" to Qt: the user asked for fewer, not for more.
    if (trusted.isEmpty())
        return fail(FailureCode::CertificateUntrusted,
                    u"the file of trusted certificates holds none or cannot be read"_s);
    configuration.setCaCertificates(trusted);
    return configuration;
}

void SessionRunner::startTls()
{
    m_stage = ConnectStage::Tls;
    m_stageBegan = m_clock.now();
    const Result<QSslConfiguration> configuration = tlsConfiguration();
    if (!QSslSocket::supportsSsl()) {
        failed({FailureCode::TlsFailed, u"this computer has no TLS library that Qt can use"_s, {}});
    } else if (!configuration) {
        failed(configuration.error());
    } else {
        m_socket->setSslConfiguration(*configuration);
        m_socket->setPeerVerifyName(m_options.peerName);
        m_socket->startClientEncryption();
    }
}

void SessionRunner::pump()
{
    const QSslSocket *const socket = m_socket;
    for (const Command &command : m_session.takeCommands()) {
        // What was meant for a connection that is gone must not reach the next one.
        if (m_socket && m_socket == socket)
            carryOut(command);
    }
    if (!m_socket || m_socket != socket)
        return;
    if (m_isHoldingBack && m_session.wantsBytes()) {
        m_isHoldingBack = false;
        QMetaObject::invokeMethod(this, &SessionRunner::readOn, Qt::QueuedConnection);
    }
    m_socket->flush(); // else the bytes would wait for the next turn of the event loop
    rearm();
}

void SessionRunner::carryOut(const Command &command)
{
    if (const auto *write = std::get_if<WriteBytes>(&command)) {
        m_socket->write(write->bytes);
    } else if (std::holds_alternative<StartTls>(command)) {
        startTls();
    } else if (std::holds_alternative<Established>(command)) {
        m_isEstablished = true;
    } else if (const auto *redirect = std::get_if<Redirect>(&command)) {
        const quint16 port = redirect->port != 0 ? redirect->port : m_endpoint.port;
        m_options.endpoints.prepend({redirect->host, port, m_endpoint.directTls});
        releaseSocket();
        connectToNext();
    } else if (const auto *abort = std::get_if<Abort>(&command)) {
        // What the last bytes run into is not why it ends: the session knows that better.
        m_socket->disconnect(this);
        m_socket->flush();
        failed(abort->failure);
    } else {
        finish();
    }
}

std::optional<MonoTime> SessionRunner::connectDeadline() const
{
    if (m_isEstablished)
        return {};
    return m_endpointBegan + m_options.connectTimeout;
}

void SessionRunner::rearm()
{
    std::optional<MonoTime> at = m_session.wakeAt();
    if (const auto deadline = connectDeadline(); deadline && (!at || *deadline < *at))
        at = deadline;
    if (!at) {
        m_timer.stop();
        return;
    }
    const Micros wait = std::max(*at - m_clock.now(), Micros(0));
    m_timer.start(std::chrono::ceil<Millis>(wait));
}

void SessionRunner::failed(const Failure &failure)
{
    releaseSocket();
    noteSetback(failure);
    // A refused login would be refused by every host of the cluster.
    const bool mayHelp = !m_isEstablished && failure.blame() != Blame::Credentials;
    if (mayHelp && !m_options.endpoints.isEmpty()) {
        qCInfo(lcNet) << "endpoint failed, trying the next:" << describe(failure);
        connectToNext();
        return;
    }
    if (!mayHelp)
        m_setback = Setback{m_stage, failure};
    giveUp();
}

void SessionRunner::noteSetback(const Failure &failure)
{
    if (!m_setback || isMoreTelling(m_stage, failure, m_setback->stage, m_setback->failure))
        m_setback = Setback{m_stage, failure};
}

void SessionRunner::giveUp()
{
    m_timer.stop();
    const Failure failure = m_setback->failure;
    m_session.onClosed(failure, m_clock.now());
    Q_EMIT closed(failure);
}

void SessionRunner::finish()
{
    m_timer.stop();
    m_socket->disconnect(this);
    m_socket->flush();
    QSslSocket *socket = std::exchange(m_socket, nullptr);
    m_leaving = socket;
    // The server closes when it has read everything. If we did, with words of the server's unread, it could find the
    // connection broken before it comes to the goodbye, and keep the stream for a resumption.
    connect(socket, &QSslSocket::readyRead, socket, [socket] { socket->readAll(); });
    connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QObject::destroyed, this, &SessionRunner::left);
    QTimer::singleShot(socket->isOpen() ? kFarewell : Millis(0), socket, &QObject::deleteLater);
    socket->readAll();
    Q_EMIT closed({});
}

void SessionRunner::onConnected()
{
    // A message must leave at once, not when the previous one was acknowledged by TCP.
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    setTcpUserTimeout(m_socket->socketDescriptor(), m_options.tcpUserTimeout);
    const MonoTime now = m_clock.now();
    const Micros took = now - m_stageBegan;
    m_stage = ConnectStage::Session;
    m_stageBegan = now;
    const QSslSocket *const socket = m_socket;
    Q_EMIT stepped({ConnectStep::Name::Connect, took, describe(m_endpoint), {}});
    if (m_socket != socket) // a listener may have dropped the connection
        return;
    m_session.onConnected(m_endpoint.directTls, now);
    if (m_endpoint.directTls)
        startTls();
    pump();
}

void SessionRunner::onEncrypted()
{
    const MonoTime now = m_clock.now();
    const TlsFacts facts{protocolName(m_socket->sessionProtocol()), m_socket->sessionCipher().name(),
                         m_socket->peerCertificate().toDer()};
    const Micros took = now - m_stageBegan;
    m_stage = ConnectStage::Session;
    m_stageBegan = now;
    const QSslSocket *const socket = m_socket;
    Q_EMIT stepped({ConnectStep::Name::Tls, took, u"%1, %2"_s.arg(facts.protocol, facts.cipher), {}});
    if (m_socket != socket)
        return;
    m_session.onEncrypted(facts, now);
    pump();
    Q_EMIT progressed();
}

// The socket says only once that there is something to read, and what it says while it is read from counts for nothing.
void SessionRunner::readOn()
{
    if (m_socket && m_stage == ConnectStage::Session)
        onReadyRead();
}

void SessionRunner::onReadyRead()
{
    // What is written is flushed at once, and flushing reads: without this each answer would begin the next reading inside
    // its own, as deep as a server has something to say.
    if (m_isReading) {
        m_readsOn = true;
        return;
    }
    const QPointer<SessionRunner> self(this);
    m_isReading = true;
    takeBytes();
    if (!self)
        return;
    m_isReading = false;
    if (std::exchange(m_readsOn, false))
        QMetaObject::invokeMethod(this, &SessionRunner::readOn, Qt::QueuedConnection);
}

void SessionRunner::takeBytes()
{
    if (!m_session.wantsBytes()) {
        m_isHoldingBack = true;
        return;
    }
    const QByteArray bytes = m_socket->readAll();
    // While the handshake runs, readable bytes are not the session's.
    if (bytes.isEmpty() || m_stage != ConnectStage::Session)
        return;
    // Before they are dealt with: the server sends on meanwhile.
    acknowledgeAtOnce(m_socket->socketDescriptor());
    m_session.onBytes(bytes, m_clock.now());
    pump();
    Q_EMIT progressed();
}

void SessionRunner::onSslErrors(const QList<QSslError> &errors)
{
    // Never ignored: the handshake fails next, and these say why.
    m_sslErrors = errors;
}

void SessionRunner::onError()
{
    const QSslSocket *const socket = m_socket;
    const QAbstractSocket::SocketError error = socket->error();
    // The last words before the connection ended may say more than its end does.
    if (m_stage == ConnectStage::Session && m_socket->bytesAvailable() > 0)
        takeBytes();
    if (m_socket != socket) // they were reason enough to give it up, and the next endpoint may be under way
        return;
    if (error == QAbstractSocket::SslHandshakeFailedError && !m_sslErrors.isEmpty())
        failed(failureOf(m_sslErrors, m_options.peerName));
    else
        failed(failureOf(error, m_stage, describe(m_endpoint), m_socket->errorString()));
}

void SessionRunner::onTimer()
{
    const MonoTime now = m_clock.now();
    if (const auto deadline = connectDeadline(); deadline && now >= *deadline) {
        failed({FailureCode::ConnectTimeout, stageWords(m_stage).arg(describe(m_endpoint)), {}});
        return;
    }
    m_session.onTimer(now);
    pump();
    Q_EMIT progressed();
}

} // namespace planb::net
