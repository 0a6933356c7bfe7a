// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/own_features.h"

#include "transports/xmpp/namespaces.h"

#include <QCryptographicHash>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

const QString kNode = u"urn:planb:client"_s;
const QString kCategory = u"client"_s;
const QString kType = u"pc"_s;
const QString kName = u"PlanB"_s;

QStringList features(bool tellsVersion)
{
    QStringList names;
    for (const QStringView ns : {ns::kCapabilities, ns::kChatMarkers, ns::kChatStates, ns::kCorrection, ns::kDiscoInfo,
                                 ns::kPing, ns::kReactions, ns::kReceipts, ns::kReply, ns::kRetraction, ns::kStanzaIds})
        names.append(ns.toString());
    // What servers are to push of the people on our list (XEP-0163, section 4.3).
    for (const QStringView ns : {ns::kAvatarMetadata, ns::kNickname})
        names.append(ns.toString() + u"+notify"_s);
    if (tellsVersion)
        names.append(ns::kVersion.toString());
    return names;
}

// The answer to whoever asked for just this version, and our node's name in the presence.
QString versionNode(bool tellsVersion)
{
    return kNode + u'#' + capabilityVersion(kCategory, kType, kName, features(tellsVersion));
}

} // namespace

QString capabilityVersion(const QString &category, const QString &type, const QString &name, QStringList features)
{
    // By octets (XEP-0115, 5.1), which for these is the order of code units.
    features.sort();
    QString text = u"%1/%2//%3<"_s.arg(category, type, name);
    for (const QString &feature : features)
        text += feature + u'<';
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha1);
    return QString::fromLatin1(hash.toBase64());
}

std::optional<Element> ownFeatures(const QString &node, bool tellsVersion)
{
    if (!node.isEmpty() && node != versionNode(tellsVersion))
        return {};
    Element query(u"query", ns::kDiscoInfo);
    if (!node.isEmpty())
        query.set(u"node", node);
    query.add(Element(u"identity", ns::kDiscoInfo).set(u"category", kCategory).set(u"type", kType).set(u"name", kName));
    for (const QString &feature : features(tellsVersion))
        query.add(Element(u"feature", ns::kDiscoInfo).set(u"var", feature));
    return query;
}

Element ownCapabilities(bool tellsVersion)
{
    return Element(u"c", ns::kCapabilities)
        .set(u"hash", u"sha-1"_s)
        .set(u"node", kNode)
        .set(u"ver", versionNode(tellsVersion).section(u'#', 1));
}

Element ownVersion(const QString &version)
{
    Element query(u"query", ns::kVersion);
    query.add(Element(u"name", ns::kVersion).setText(kName));
    return query.add(Element(u"version", ns::kVersion).setText(version));
}

} // namespace planb::xmpp
