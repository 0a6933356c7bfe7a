// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/address.h"

#include "core/model/precis.h"

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <algorithm>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxPartOctets = 1023;

// Controls, spaces and what cannot be seen at all: two addresses that look the same must not be two.
bool isInvisible(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned: return true;
    default: return QChar::isSpace(c);
    }
}

bool isLocalpart(QStringView text, QStringView forbidden)
{
    if (text.isEmpty() || !text.isValidUtf16() || text.toUtf8().size() > kMaxPartOctets)
        return false;
    const auto characters = text.toUcs4();
    return std::none_of(characters.begin(), characters.end(), [forbidden](char32_t c) {
        return isInvisible(c) || (c < 0x80 && forbidden.contains(QChar(static_cast<char16_t>(c))));
    });
}

// RFC 7622, 3.3.1.
constexpr QStringView kForbiddenInJid = u"\"&'/:<>@";
// RFC 5322, 3.2.3, without quoted local parts, which nobody has.
constexpr QStringView kForbiddenInEmail = u"\"(),:;<>@[\\]";

// The dot at the end of a domain that is written out in full names the same domain.
QStringView withoutFinalDot(QStringView domain)
{
    return domain.endsWith(u'.') ? domain.chopped(1) : domain;
}

bool isDomain(QStringView text)
{
    if (text.isEmpty() || text.toUtf8().size() > kMaxPartOctets || text.startsWith(u'.') || text.contains(u".."))
        return false;
    // toAce() applies IDNA's rules and answers with nothing for what is no domain name.
    return !QUrl::toAce(text.toString()).isEmpty();
}

bool holdsOneOf(QStringView text, QStringView characters)
{
    return std::any_of(text.begin(), text.end(), [characters](QChar c) { return characters.contains(c); });
}

struct JidParts {
    QStringView local;
    QStringView domain;
};

// Taken apart before anything is mapped (RFC 7622, 3.1): what becomes an "@" separates nothing.
Result<JidParts> partsOf(QStringView text)
{
    const qsizetype at = text.indexOf(u'@');
    if (at < 0)
        return fail(FailureCode::InvalidArgument, u"an XMPP address looks like name@server"_s);
    if (text.contains(u'/'))
        return fail(FailureCode::InvalidArgument, u"an XMPP address of a person has no /resource"_s);
    return JidParts{text.first(at), withoutFinalDot(text.sliced(at + 1))};
}

// Of what is not ASCII, only what IDNA has in names as well: its other mappings would give one domain two spellings.
std::optional<QString> preparedDomain(QStringView text)
{
    const QString mapped = precis::widthMapped(text).toLower().normalized(QString::NormalizationForm_C);
    QString beyondAscii;
    for (const QStringView label : QStringView(mapped).tokenize(u'.')) {
        if (!precis::hasOneDirection(label))
            return {};
    }
    std::copy_if(mapped.begin(), mapped.end(), std::back_inserter(beyondAscii), [](QChar c) { return c >= u'\x80'; });
    return precis::isIdentifier(beyondAscii) && isDomain(mapped) ? std::optional(mapped) : std::nullopt;
}

Result<Address> parseJid(QStringView text)
{
    const Result<JidParts> parts = partsOf(text);
    if (!parts)
        return fail(parts.error());
    const auto local = precis::usernameCaseMapped(parts->local);
    const auto domain = preparedDomain(parts->domain);
    if (!local || !domain || holdsOneOf(*local, kForbiddenInJid) || local->toUtf8().size() > kMaxPartOctets)
        return fail(FailureCode::InvalidArgument, u"not a valid XMPP address"_s);
    return Address{TransportKind::Xmpp, *local + u'@' + *domain};
}

// What servers took for an address before PRECIS, and many still do: symbols, signs and compatibility forms as well.
Result<Address> parseOlderJid(QStringView text)
{
    const QString normal = text.toString().normalized(QString::NormalizationForm_C).toLower();
    const Result<JidParts> parts = partsOf(normal);
    if (!parts)
        return fail(parts.error());
    if (!isLocalpart(parts->local, kForbiddenInJid) || !isDomain(parts->domain))
        return fail(FailureCode::InvalidArgument, u"not a valid XMPP address"_s);
    return Address{TransportKind::Xmpp, parts->local.toString() + u'@' + parts->domain.toString()};
}

Result<Address> parseEmail(QStringView text)
{
    const QString normal = text.trimmed().toString().normalized(QString::NormalizationForm_C);
    const qsizetype at = normal.lastIndexOf(u'@');
    const QStringView domain = withoutFinalDot(QStringView(normal).sliced(at + 1));
    if (at < 0 || !isLocalpart(QStringView(normal).first(at), kForbiddenInEmail) || !isDomain(domain))
        return fail(FailureCode::InvalidArgument, u"not a valid e-mail address"_s);
    return Address{TransportKind::Email, normal.first(at + 1) + domain.toString().toLower()};
}

Result<Address> parsePhone(QStringView text)
{
    QString digits;
    for (const QChar c : text.trimmed()) {
        if (c == u' ' || c == u'-' || c == u'(' || c == u')')
            continue;
        digits.append(c);
    }
    // No country's code begins with 0: "+010…" is a number at home with a plus before it.
    const bool isE164 = digits.size() >= 8 && digits.size() <= 16 && digits.startsWith(u'+') && digits[1] != u'0'
        && std::all_of(digits.cbegin() + 1, digits.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isE164)
        return fail(FailureCode::InvalidArgument, u"a phone number looks like +821012345678"_s);
    return Address{TransportKind::Sms, digits};
}

} // namespace

Result<Address> Address::parse(TransportKind kind, QStringView text)
{
    switch (kind) {
    case TransportKind::Xmpp: return parseJid(text.trimmed());
    case TransportKind::Email: return parseEmail(text);
    case TransportKind::Sms: return parsePhone(text);
    case TransportKind::Lan: return fail(FailureCode::NotSupported, u"local network addresses are not there yet"_s);
    }
    Q_UNREACHABLE();
}

Result<Address> Address::recognise(TransportKind kind, QStringView text)
{
    Result<Address> address = parse(kind, text);
    return address || kind != TransportKind::Xmpp ? address : parseOlderJid(text.trimmed());
}

QString Address::domain() const
{
    if (kind != TransportKind::Xmpp && kind != TransportKind::Email)
        return {};
    return value.sliced(value.lastIndexOf(u'@') + 1);
}

bool Address::mixesLookAlikes() const
{
    return precis::mixesLookAlikes(value);
}

std::strong_ordering Address::operator<=>(const Address &other) const
{
    if (const auto byKind = kind <=> other.kind; byKind != 0)
        return byKind;
    return QString::compare(value, other.value) <=> 0;
}

} // namespace planb
