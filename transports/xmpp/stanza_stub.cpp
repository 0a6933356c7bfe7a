// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/stanza_stub.h"

#include "transports/xmpp/namespaces.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

Element bare(const Element &element)
{
    Element copy(element.name(), element.ns());
    for (const Element::Attribute &attribute : element.attributes())
        copy.set(attribute.name, attribute.value);
    return copy;
}

Element failedAnswer(const Element &iq)
{
    Element answer(iq.name(), iq.ns());
    for (const Element::Attribute &attribute : iq.attributes()) {
        if (attribute.name != u"type")
            answer.set(attribute.name, attribute.value);
    }
    Element error(u"error", ns::kClient);
    error.set(u"type", u"wait"_s).add(Element(u"resource-constraint", ns::kStanzaErrors));
    return answer.set(u"type", u"error"_s).add(std::move(error));
}

Element foundStub(const Element &result)
{
    Element stub = bare(result);
    const Element *forwarded = result.child(u"forwarded", ns::kForward);
    const Element *delay = forwarded ? forwarded->child(u"delay", ns::kDelay) : nullptr;
    if (delay)
        stub.add(bare(*forwarded).add(bare(*delay)));
    return stub;
}

} // namespace

Element stubOf(const Element &stanza)
{
    const QString type = stanza.attribute(u"type");
    if (stanza.is(u"iq", ns::kClient) && (type == u"result" || type == u"error"))
        return failedAnswer(stanza);
    Element stub = bare(stanza);
    const Element *found = stanza.is(u"message", ns::kClient) ? stanza.child(u"result", ns::kArchive) : nullptr;
    if (found)
        stub.add(foundStub(*found));
    return stub;
}

} // namespace planb::xmpp
