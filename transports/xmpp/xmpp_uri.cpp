// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_uri.h"

#include "transports/xmpp/jid.h"

#include <QUrl>

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

constexpr QStringView kScheme = u"xmpp:";
// Tokens are random text; a longer one is somebody's experiment.
constexpr qsizetype kMaxToken = 512;
constexpr qsizetype kMaxContactName = 100;

// "+" stays what it is: this is no form (RFC 3986, 2.1).
QString decoded(QStringView text)
{
    return QUrl::fromPercentEncoding(text.toUtf8());
}

bool isPlain(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
            || c == QChar::ReplacementCharacter;
    });
}

bool isDomain(const QString &text)
{
    return !text.isEmpty() && !text.contains(u'@') && !text.contains(u'/') && !asciiDomain(text).isEmpty();
}

Unexpected<Failure> noInvitation(const QString &why)
{
    return fail(FailureCode::InvalidArgument, u"invitation: "_s + why);
}

} // namespace

std::optional<XmppUri> XmppUri::parse(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.size() > kMaxUri || !trimmed.startsWith(kScheme, Qt::CaseInsensitive))
        return {};
    QStringView rest = QStringView(trimmed).sliced(kScheme.size());
    rest = rest.first(rest.indexOf(u'#') < 0 ? rest.size() : rest.indexOf(u'#'));
    const qsizetype question = rest.indexOf(u'?');
    QStringView path = question < 0 ? rest : rest.first(question);
    const QStringView query = question < 0 ? QStringView() : rest.sliced(question + 1);
    if (path.startsWith(u"//")) { // which account of ours to use; we are asked for that elsewhere
        const qsizetype slash = path.indexOf(u'/', 2);
        if (slash < 0)
            return {};
        path = path.sliced(slash + 1);
    }
    XmppUri uri;
    const QStringView bare = bareJid(path);
    const qsizetype at = bare.indexOf(u'@');
    uri.node = at < 0 ? QString() : decoded(bare.first(at));
    uri.domain = decoded(at < 0 ? bare : bare.sliced(at + 1)).toLower();
    const bool isWhole = isDomain(uri.domain) && isPlain(uri.domain) && isPlain(uri.node)
        && (at < 0 || !uri.node.isEmpty());
    if (!isWhole)
        return {};
    const QList<QStringView> parts = query.split(u';');
    uri.action = decoded(parts.first()).toLower();
    for (const QStringView part : parts.sliced(1)) {
        const qsizetype equals = part.indexOf(u'=');
        const QString value = equals < 0 ? QString() : decoded(part.sliced(equals + 1));
        if (!isPlain(value))
            return {};
        uri.parameters.append({decoded(equals < 0 ? part : part.first(equals)).toLower(), value});
    }
    return uri;
}

QString XmppUri::parameter(const QString &name) const
{
    const auto it = std::find_if(parameters.begin(), parameters.end(), [&](const auto &p) { return p.first == name; });
    return it == parameters.end() ? QString() : it->second;
}

Result<Invitation> readInvitation(const QString &link)
{
    const std::optional<XmppUri> uri = XmppUri::parse(link);
    if (!uri)
        return noInvitation(u"this is no link of the kind xmpp:"_s);
    Invitation invitation;
    invitation.token = uri->parameter(u"preauth"_s);
    if (invitation.token.size() > kMaxToken)
        return noInvitation(u"its token is too long"_s);
    if (uri->action == u"register") {
        invitation.accountDomain = uri->domain;
        invitation.accountName = uri->node;
        return invitation;
    }
    const Result<Address> person = Address::parse(TransportKind::Xmpp, uri->node + u'@' + uri->domain);
    if (!person)
        return noInvitation(u"it names nobody"_s);
    invitation.contact = *person;
    invitation.contactName = uri->parameter(u"name"_s).simplified().left(kMaxContactName);
    const bool mayRegister = uri->parameter(u"ibr"_s) == u"y" && !invitation.token.isEmpty();
    if (mayRegister)
        invitation.accountDomain = uri->domain;
    return invitation;
}

} // namespace planb::xmpp
