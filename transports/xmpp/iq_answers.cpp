// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/iq_answers.h"

#include "transports/xmpp/namespaces.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

Element discoInfo(const Element &question)
{
    Element query(u"query", ns::kDiscoInfo);
    if (question.hasAttribute(u"node"))
        query.set(u"node", question.attribute(u"node"));
    query.add(Element(u"identity", ns::kDiscoInfo)
                  .set(u"category", u"client"_s)
                  .set(u"type", u"pc"_s)
                  .set(u"name", u"PlanB"_s));
    for (const QStringView feature : {ns::kDiscoInfo, ns::kPing, ns::kReceipts, ns::kReply, ns::kStanzaIds})
        query.add(Element(u"feature", ns::kDiscoInfo).set(u"var", feature.toString()));
    return query;
}

Element answer(const Element &iq, const QString &type)
{
    Element result(u"iq", ns::kClient);
    result.set(u"type", type).set(u"id", iq.attribute(u"id"));
    if (iq.hasAttribute(u"from"))
        result.set(u"to", iq.attribute(u"from"));
    return result;
}

} // namespace

std::optional<Element> answerTo(const Element &iq)
{
    const QString type = iq.attribute(u"type");
    if (type != u"get" && type != u"set")
        return {};
    if (type == u"get" && iq.has(u"ping", ns::kPing))
        return answer(iq, u"result"_s);
    if (const Element *question = iq.child(u"query", ns::kDiscoInfo); question && type == u"get")
        return answer(iq, u"result"_s).add(discoInfo(*question));
    Element error(u"error", ns::kClient);
    error.set(u"type", u"cancel"_s).add(Element(u"service-unavailable", ns::kStanzaErrors));
    return answer(iq, u"error"_s).add(std::move(error));
}

} // namespace planb::xmpp
