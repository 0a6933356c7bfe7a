// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/net/proxy.h"

#include <QUrl>

namespace planb::net {

namespace {
using namespace Qt::StringLiterals;
} // namespace

Result<QNetworkProxy> parseProxy(QStringView text)
{
    // Set explicitly: a default-constructed proxy would follow the application's global one.
    if (text.trimmed().isEmpty())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QUrl url(text.trimmed().toString(), QUrl::StrictMode);
    const bool isSocks = url.scheme() == u"socks5";
    const bool isPlain = (url.path().isEmpty() || url.path() == u"/") && !url.hasQuery() && !url.hasFragment();
    if (!url.isValid() || (!isSocks && url.scheme() != u"http") || url.host().isEmpty() || url.port() <= 0
        || !isPlain) {
        return fail(
            FailureCode::InvalidArgument,
            u"a proxy looks like socks5://host:port or http://host:port, with user:password@ before the host"_s);
    }
    QNetworkProxy proxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(QUrl::FullyDecoded),
                        static_cast<quint16>(url.port()), url.userName(QUrl::FullyDecoded),
                        url.password(QUrl::FullyDecoded));
    proxy.setCapabilities(proxy.capabilities() | QNetworkProxy::HostNameLookupCapability);
    return proxy;
}

} // namespace planb::net
