// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport_settings.h"

#include <QDir>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {
constexpr int kLastPort = 65'535;
} // namespace

QList<Option> xmppSettingOptions()
{
    using enum Option::Presence;
    return {
        {u"host"_s, u"HOST"_s, u"connect to this host instead of what DNS names for the domain"_s, Optional},
        {u"port"_s, u"PORT"_s, u"connect to this port"_s, Optional},
        {u"security"_s, u"auto|starttls|direct-tls"_s, u"how TLS begins; auto (default): what DNS says"_s, Optional},
        {u"ca"_s, u"FILE"_s, u"trust this certificate authority (PEM) instead of the system's"_s, Optional},
        {u"proxy"_s, u"URL"_s, u"connect through socks5://HOST:PORT or http://HOST:PORT"_s, Optional},
        {u"register"_s, {}, u"make the account at the server first"_s, Optional}};
}

Expected<QJsonObject, QString> xmppSettings(const Arguments &arguments)
{
    QJsonObject settings;
    for (const auto &[option, value] : arguments.options) {
        if (option == u"jid"_s || option == u"host"_s || option == u"proxy"_s) {
            settings.insert(option, value);
        } else if (option == u"register"_s) {
            settings.insert(option, true);
        } else if (option == u"ca"_s) {
            // The next run may start in another folder.
            settings.insert(u"caFile"_s, QDir::current().absoluteFilePath(value));
        } else if (option == u"port"_s) {
            const std::optional<int> port = wholeNumber(value, 1, kLastPort);
            if (!port)
                return Unexpected(u"The option --port is a number from 1 to %1."_s.arg(kLastPort));
            settings.insert(option, *port);
        } else if (option == u"security"_s) {
            if (value != u"auto"_s && value != u"starttls"_s && value != u"direct-tls"_s)
                return Unexpected(u"The option --security is auto, starttls or direct-tls."_s);
            settings.insert(option, value);
        }
    }
    return settings;
}

} // namespace planb::ctl
