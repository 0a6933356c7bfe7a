// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/address.h"

#include <QByteArray>
#include <QUrl>

#include <algorithm>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxPartOctets = 1023;

// RFC 7622, 3.3.1: these never stand in a localpart; controls and spaces are refused anywhere.
bool isForbiddenInLocalpart(QChar c)
{
    return c.isSpace() || c.category() == QChar::Other_Control || QStringView(u"\"&'/:<>@").contains(c);
}

bool isLocalpart(QStringView text)
{
    return !text.isEmpty() && text.toUtf8().size() <= kMaxPartOctets
        && std::none_of(text.begin(), text.end(), isForbiddenInLocalpart);
}

bool isDomain(QStringView text)
{
    if (text.isEmpty() || text.toUtf8().size() > kMaxPartOctets || text.startsWith(u'.') || text.contains(u".."))
        return false;
    // toAce() applies IDNA's rules and answers with nothing for what is no domain name.
    return !QUrl::toAce(text.toString()).isEmpty();
}

Result<Address> parseJid(QStringView text)
{
    const QString normal = text.trimmed().toString().normalized(QString::NormalizationForm_C).toLower();
    const qsizetype at = normal.indexOf(u'@');
    if (at < 0)
        return fail(FailureCode::InvalidArgument, u"an XMPP address looks like name@server"_s);
    if (normal.contains(u'/'))
        return fail(FailureCode::InvalidArgument, u"an XMPP address of a person has no /resource"_s);
    QStringView domain = QStringView(normal).sliced(at + 1);
    if (domain.endsWith(u'.'))
        domain.chop(1);
    if (!isLocalpart(QStringView(normal).first(at)) || !isDomain(domain))
        return fail(FailureCode::InvalidArgument, u"not a valid XMPP address"_s);
    return Address{TransportKind::Xmpp, normal.first(at + 1) + domain.toString()};
}

Result<Address> parseEmail(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    const qsizetype at = trimmed.lastIndexOf(u'@');
    if (at < 0 || !isLocalpart(trimmed.first(at)) || !isDomain(trimmed.sliced(at + 1)))
        return fail(FailureCode::InvalidArgument, u"not a valid e-mail address"_s);
    return Address{TransportKind::Email, trimmed.first(at + 1).toString() + trimmed.sliced(at + 1).toString().toLower()};
}

Result<Address> parsePhone(QStringView text)
{
    QString digits;
    for (const QChar c : text.trimmed()) {
        if (c == u' ' || c == u'-' || c == u'(' || c == u')')
            continue;
        digits.append(c);
    }
    const bool isE164 = digits.size() >= 8 && digits.size() <= 16 && digits.front() == u'+'
        && std::all_of(digits.cbegin() + 1, digits.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isE164)
        return fail(FailureCode::InvalidArgument, u"a phone number looks like +821012345678"_s);
    return Address{TransportKind::Sms, digits};
}

} // namespace

Result<Address> Address::parse(TransportKind kind, QStringView text)
{
    switch (kind) {
    case TransportKind::Xmpp: return parseJid(text);
    case TransportKind::Email: return parseEmail(text);
    case TransportKind::Sms: return parsePhone(text);
    case TransportKind::Lan: return fail(FailureCode::NotSupported, u"local network addresses are not there yet"_s);
    }
    Q_UNREACHABLE();
}

QString Address::domain() const
{
    if (kind != TransportKind::Xmpp && kind != TransportKind::Email)
        return {};
    return value.sliced(value.lastIndexOf(u'@') + 1);
}

std::strong_ordering Address::operator<=>(const Address &other) const
{
    if (const auto byKind = kind <=> other.kind; byKind != 0)
        return byKind;
    return QString::compare(value, other.value) <=> 0;
}

} // namespace planb
