// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/sealed.h"

#include "transports/xmpp/namespaces.h"

#include <array>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

struct Seal {
    QStringView ns;
    QStringView element; // that holds the message
    QStringView name;
};

// XEP-0380, section 4: namespaces that are in use.
constexpr std::array kSeals{
    Seal{u"eu.siacs.conversations.axolotl", u"encrypted", u"OMEMO"},
    Seal{u"urn:xmpp:omemo:1", u"encrypted", u"OMEMO"},
    Seal{u"urn:xmpp:omemo:2", u"encrypted", u"OMEMO"},
    Seal{u"urn:xmpp:openpgp:0", u"openpgp", u"OpenPGP"},
    Seal{u"jabber:x:encrypted", u"x", u"OpenPGP"},
    Seal{u"urn:xmpp:otr:0", u"", u"OTR"},
};

// OMEMO clients also exchange keys in messages that hold nothing else.
bool holdsAMessage(const Element &element)
{
    return element.name() != u"encrypted" || element.has(u"payload", element.ns());
}

QString printable(const QString &text)
{
    QString out;
    for (const QChar c : text.left(kMaxSealName)) {
        if (c.isPrint() && !c.isSurrogate())
            out += c;
    }
    return out.trimmed();
}

} // namespace

QString sealOf(const Element &stanza)
{
    for (const Seal &seal : kSeals) {
        const Element *element = stanza.child(seal.element, seal.ns);
        if (element)
            return holdsAMessage(*element) ? seal.name.toString() : QString();
    }
    const Element *hint = stanza.child(u"encryption", ns::kEncryption);
    if (!hint)
        return {};
    const QString ns = hint->attribute(u"namespace");
    for (const Seal &seal : kSeals) {
        if (ns == seal.ns)
            return seal.name.toString();
    }
    const QString name = printable(hint->attribute(u"name"));
    return name.isEmpty() ? u"unknown"_s : name;
}

} // namespace planb::xmpp
