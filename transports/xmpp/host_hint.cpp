// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/host_hint.h"

#include <algorithm>

namespace planb::xmpp {

namespace {

constexpr qsizetype kMaxHost = 255;

bool isHostCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u':' || c == u'%' || c == u'_';
}

} // namespace

std::optional<HostHint> HostHint::parse(QStringView text)
{
    QStringView host = text.trimmed(), port;
    bool hasPort = false;
    if (host.startsWith(u'[')) {
        const qsizetype end = host.indexOf(u']');
        if (end < 0)
            return {};
        const QStringView rest = host.sliced(end + 1);
        host = host.sliced(1, end - 1);
        if (!rest.isEmpty() && !rest.startsWith(u':'))
            return {};
        hasPort = !rest.isEmpty();
        port = hasPort ? rest.sliced(1) : rest;
    } else if (host.count(u':') == 1) { // more than one: an IPv6 address without brackets
        const qsizetype colon = host.indexOf(u':');
        hasPort = true;
        port = host.sliced(colon + 1);
        host = host.first(colon);
    }
    const bool isHost = !host.isEmpty() && host.size() <= kMaxHost
        && std::all_of(host.begin(), host.end(), isHostCharacter);
    const quint16 number = port.toUShort();
    if (!isHost || (hasPort && number == 0))
        return {};
    return HostHint{host.toString(), number};
}

} // namespace planb::xmpp
