// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QIODevice>
#include <QList>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QObject>
#include <QPointer>
#include <QSslError>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <utility>

namespace planb::net {

struct HttpOptions {
    QString caFile; ///< as in ConnectOptions
    QNetworkProxy proxy{QNetworkProxy::NoProxy};
    Millis silence{30'000}; ///< without a byte in either direction
    Millis total{1'800'000}; ///< for all of it
};

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// One file to or from a web server by https; one transfer per object.
///
/// A download may be redirected, from https to https only; an upload may not be. No cookies are kept and nothing is
/// unpacked, so that what comes is never larger than what was sent.
class HttpTransfer : public QObject
{
    Q_OBJECT

public:
    explicit HttpTransfer(HttpOptions options, QObject *parent = nullptr);
    ~HttpTransfer() override;

    /// `content` is open for reading and seekable.
    void put(const QUrl &url, const HttpHeaders &headers, const QString &type, std::unique_ptr<QIODevice> content);
    void get(const QUrl &url, std::unique_ptr<QIODevice> into, qint64 maxBytes);
    void cancel();

Q_SIGNALS:
    void progressed(qint64 done, qint64 total);
    /// Exactly once, later than the call: how many bytes were carried.
    void finished(const planb::Result<qint64> &bytes);

private:
    QNetworkRequest requestFor(const QUrl &url) const;
    bool begins(const QUrl &url);
    void follow(QNetworkReply *reply);
    void onReadyRead();
    void onReplyFinished();
    void failLater(Failure failure);
    void end(const Result<qint64> &result);

    HttpOptions m_options;
    QNetworkAccessManager m_manager;
    QPointer<QNetworkReply> m_reply;
    std::unique_ptr<QIODevice> m_device;
    bool m_isDownload = false;
    qint64 m_maxBytes = 0;
    qint64 m_done = 0;
    QTimer m_limit;
    QList<QSslError> m_sslErrors;
    std::optional<Failure> m_failure; // ours, which ended it
    bool m_isFinished = false;
};

} // namespace planb::net
