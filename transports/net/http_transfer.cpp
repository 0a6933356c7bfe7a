// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/net/http_transfer.h"

#include "transports/net/socket_failure.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>

namespace planb::net {

namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxRedirects = 5;
constexpr qint64 kBuffer = 262'144;

Failure statusFailure(int status)
{
    const QString words = u"the web server answers %1"_s.arg(status);
    if (status == 413)
        return {FailureCode::FileTooLarge, words, {}};
    if (status == 429 || status >= 500)
        return {FailureCode::ServerBusy, words, {}};
    return {FailureCode::FileUnavailable, words, {}};
}

Failure networkFailure(QNetworkReply::NetworkError error, const QString &host, const QString &words)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError: return {FailureCode::HostNotFound, host, {}};
    case QNetworkReply::ConnectionRefusedError: return {FailureCode::ConnectionRefused, host, {}};
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: return {FailureCode::ConnectTimeout, host, {}};
    case QNetworkReply::SslHandshakeFailedError: return {FailureCode::TlsFailed, words, {}};
    case QNetworkReply::InsecureRedirectError:
    case QNetworkReply::TooManyRedirectsError: return {FailureCode::FileUnavailable, words, {}};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError: return {FailureCode::ProxyFailed, words, {}};
    default: return {FailureCode::ConnectionLost, words, {}};
    }
}

} // namespace

HttpTransfer::HttpTransfer(HttpOptions options, QObject *parent) : QObject(parent), m_options(std::move(options))
{
    m_manager.setProxy(m_options.proxy);
    m_limit.setSingleShot(true);
    m_limit.setInterval(m_options.total);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        failLater({FailureCode::ConnectTimeout, u"it takes too long"_s, {}});
    });
}

HttpTransfer::~HttpTransfer()
{
    // Whoever destroys it no longer listens.
    if (m_reply)
        m_reply->disconnect(this);
}

QNetworkRequest HttpTransfer::requestFor(const QUrl &url) const
{
    QNetworkRequest request(url);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (!m_options.caFile.isEmpty())
        tls.setCaCertificates(QSslCertificate::fromPath(m_options.caFile));
    request.setSslConfiguration(tls);
    request.setTransferTimeout(static_cast<int>(m_options.silence.count()));
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setRawHeader("Accept-Encoding", "identity"); // set by us, so Qt unpacks nothing
    return request;
}

bool HttpTransfer::begins(const QUrl &url)
{
    Q_ASSERT(!m_reply && !m_isFinished);
    if (url.isValid() && url.scheme() == u"https" && !url.host().isEmpty()) {
        m_limit.start();
        return true;
    }
    failLater({FailureCode::FileUnavailable, u"the address is not one of https"_s, {}});
    return false;
}

void HttpTransfer::put(const QUrl &url, const HttpHeaders &headers, const QString &type,
                       std::unique_ptr<QIODevice> content)
{
    m_device = std::move(content);
    if (!begins(url))
        return;
    QNetworkRequest request = requestFor(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setHeader(QNetworkRequest::ContentTypeHeader, type);
    request.setHeader(QNetworkRequest::ContentLengthHeader, m_device->size());
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    follow(m_manager.put(request, m_device.get()));
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 done, qint64 total) {
        m_done = std::max(m_done, done);
        if (total > 0)
            Q_EMIT progressed(done, total);
    });
}

void HttpTransfer::get(const QUrl &url, std::unique_ptr<QIODevice> into, qint64 maxBytes)
{
    m_device = std::move(into);
    m_isDownload = true;
    m_maxBytes = maxBytes;
    if (!begins(url))
        return;
    QNetworkRequest request = requestFor(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    request.setMaximumRedirectsAllowed(kMaxRedirects);
    follow(m_manager.get(request));
    m_reply->setReadBufferSize(kBuffer);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpTransfer::onReadyRead);
}

void HttpTransfer::follow(QNetworkReply *reply)
{
    m_reply = reply;
    reply->setParent(this);
    // Never ignored: the handshake fails next, and these say why.
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) { m_sslErrors = errors; });
    connect(reply, &QNetworkReply::finished, this, &HttpTransfer::onReplyFinished);
}

void HttpTransfer::onReadyRead()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_failure || status != 200)
        return;
    const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    const QByteArray bytes = m_reply->readAll();
    m_done += bytes.size();
    // What a server says of the size is believed only when it is too much.
    if (m_done > m_maxBytes || length.toLongLong() > m_maxBytes)
        return failLater({FailureCode::FileTooLarge, u"more than %1 bytes"_s.arg(m_maxBytes), {}});
    if (m_device->write(bytes) != bytes.size())
        return failLater({FailureCode::DiskFull, m_device->errorString(), {}});
    Q_EMIT progressed(m_done, length.isValid() ? length.toLongLong() : -1);
}

void HttpTransfer::onReplyFinished()
{
    if (m_isDownload)
        onReadyRead();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString host = m_reply->url().host();
    if (m_failure)
        return end(fail(*m_failure));
    if (m_reply->error() == QNetworkReply::SslHandshakeFailedError && !m_sslErrors.isEmpty())
        return end(fail(failureOf(m_sslErrors, host)));
    if (m_reply->error() == QNetworkReply::InsecureRedirectError)
        return end(fail(FailureCode::FileUnavailable, u"it lies where nothing is encrypted"_s));
    const bool isGood = m_isDownload ? status == 200 : status == 200 || status == 201 || status == 204;
    if (m_reply->error() == QNetworkReply::NoError && isGood)
        return end(m_done);
    if (status >= 300)
        return end(fail(statusFailure(status)));
    end(fail(networkFailure(m_reply->error(), host, m_reply->errorString())));
}

void HttpTransfer::cancel()
{
    failLater({FailureCode::Cancelled, {}, {}});
}

// Through the reply's end where there is one; otherwise on the next turn.
void HttpTransfer::failLater(Failure failure)
{
    if (m_failure || m_isFinished)
        return;
    m_failure = std::move(failure);
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_reply && m_reply->isRunning())
                m_reply->abort();
            end(fail(*m_failure));
        },
        Qt::QueuedConnection);
}

void HttpTransfer::end(const Result<qint64> &result)
{
    if (std::exchange(m_isFinished, true))
        return;
    m_limit.stop();
    m_device.reset();
    Q_EMIT finished(result);
}

} // namespace planb::net
