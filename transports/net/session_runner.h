// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/transport/transport.h"
#include "transports/net/connect_race.h"
#include "transports/net/endpoint.h"
#include "transports/net/session.h"
#include "transports/net/socket_failure.h"

#include <QByteArrayList>
#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimer>

class QSslSocket;

namespace planb::net {

/// How to reach a server and whom it must prove to be.
struct ConnectOptions {
    QList<Endpoint> endpoints; ///< raced in this order (see ConnectRace); at least one
    /// The name the certificate must carry (ASCII form), whatever host was connected to. Also sent as SNI.
    QString peerName;
    /// Set: only certificates issued by those in this PEM file are trusted. Empty: those of the system.
    QString caFile;
    QByteArrayList applicationProtocols; ///< offered by ALPN, not insisted on
    QNetworkProxy proxy{QNetworkProxy::NoProxy};
    /// For one endpoint, from the first packet to the session's Established.
    Millis connectTimeout{10'000};
    /// How long TCP alone may take until the next address of the same name, or the next host, is tried beside it.
    Millis nextAddressAfter{250};
    Millis nextEndpointAfter{3'000};
    Millis tcpUserTimeout{10'000};
};

/// Owns the socket and the timer that a Session has not, and carries out its commands.
///
/// Connects to the first endpoint that answers, encrypts when the session says so (or at once, for direct TLS), always
/// checks the certificate, and asks for TLS 1.2 or newer. One connection at a time; reusable after closed().
/// The session must outlive the runner. After calling the session from elsewhere, call pump().
class SessionRunner : public QObject
{
    Q_OBJECT

public:
    SessionRunner(Session &session, const Clock &clock, QObject *parent = nullptr);
    ~SessionRunner() override;

    void open(ConnectOptions options);
    /// Drops the connection without a word to the session. For an orderly end let the session Finish.
    void drop();
    /// Carries out what the session wants, now.
    void pump();
    /// After Finish: the server has not closed the connection yet, and perhaps not read the last words. Ends with left().
    bool isLeaving() const { return !m_leaving.isNull(); }
    /// The one in use, or used last.
    const Endpoint &endpoint() const { return m_endpoint; }

Q_SIGNALS:
    /// Connect or Tls succeeded.
    void stepped(const planb::ConnectStep &step);
    /// The session was given bytes, time or encryption: it may have news.
    void progressed();
    /// No connection any more: it failed for good (all endpoints), was lost, or the session finished it.
    /// The session has been told, except after Finish.
    void closed(const std::optional<planb::Failure> &failure);
    void left();

private:
    struct Setback {
        ConnectStage stage = ConnectStage::Tcp;
        Failure failure;
    };

    void connectToNext();
    void onWon(QSslSocket *socket, const Endpoint &endpoint, MonoTime began, const QList<Endpoint> &left);
    void adopt(QSslSocket *socket);
    void noteSetback(const Failure &failure);
    Result<QSslConfiguration> tlsConfiguration() const;
    void startTls();
    void releaseSocket();
    void carryOut(const Command &command);
    void rearm();
    void failed(const Failure &failure);
    void giveUp();
    void finish();
    std::optional<MonoTime> connectDeadline() const;
    void onConnected();
    void onEncrypted();
    void onReadyRead();
    void takeBytes();
    void readOn();
    void onSslErrors(const QList<QSslError> &errors);
    void onError();
    void onTimer();

    Session &m_session;
    const Clock &m_clock;
    ConnectOptions m_options;
    ConnectRace m_race;
    QTimer m_timer;
    QSslSocket *m_socket = nullptr;
    QPointer<QSslSocket> m_leaving; // a child, as m_socket is
    Endpoint m_endpoint;
    ConnectStage m_stage = ConnectStage::Tcp;
    bool m_isEstablished = false;
    bool m_isReading = false;
    bool m_readsOn = false; // more came meanwhile
    bool m_isHoldingBack = false; // bytes that came are not read
    MonoTime m_stageBegan;
    MonoTime m_endpointBegan;
    QList<QSslError> m_sslErrors;
    std::optional<Setback> m_setback; // the most telling one of the endpoints tried so far
};

} // namespace planb::net
