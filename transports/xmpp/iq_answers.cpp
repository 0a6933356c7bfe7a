// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/iq_answers.h"

#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/own_features.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

Element answer(const Element &iq, const QString &type)
{
    Element result(u"iq", ns::kClient);
    result.set(u"type", type).set(u"id", iq.attribute(u"id"));
    if (iq.hasAttribute(u"from"))
        result.set(u"to", iq.attribute(u"from"));
    return result;
}

Element refusal(const Element &iq, QStringView condition)
{
    Element error(u"error", ns::kClient);
    error.set(u"type", u"cancel"_s).add(Element(condition, ns::kStanzaErrors));
    return answer(iq, u"error"_s).add(std::move(error));
}

} // namespace

std::optional<Element> answerTo(const Element &iq, const QString &version)
{
    const QString type = iq.attribute(u"type");
    if (type != u"get" && type != u"set")
        return {};
    if (type == u"get" && iq.has(u"ping", ns::kPing))
        return answer(iq, u"result"_s);
    if (type == u"get" && !version.isEmpty() && iq.has(u"query", ns::kVersion))
        return answer(iq, u"result"_s).add(ownVersion(version));
    const Element *question = type == u"get" ? iq.child(u"query", ns::kDiscoInfo) : nullptr;
    if (!question)
        return refusal(iq, u"service-unavailable");
    auto features = ownFeatures(question->attribute(u"node"), !version.isEmpty());
    return features ? answer(iq, u"result"_s).add(*std::move(features)) : refusal(iq, u"item-not-found");
}

} // namespace planb::xmpp
