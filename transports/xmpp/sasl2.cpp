// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/sasl2.h"

#include "transports/xmpp/namespaces.h"

#include <QUuid>

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

bool hasFeature(const Element &inlineFeatures, QStringView var)
{
    const auto &all = inlineFeatures.children();
    return std::any_of(all.begin(), all.end(), [var](const Element &child) {
        return child.is(u"feature", ns::kBind2) && child.attribute(u"var") == var;
    });
}

std::optional<Element> copyOf(const Element *element)
{
    return element ? std::optional(*element) : std::nullopt;
}

int bestOf(const SaslOffer &offer, const std::optional<QByteArray> &endPoint)
{
    const auto mechanism = chooseMechanism(offer, endPoint);
    return mechanism ? strengthOf(mechanism->name) : 0;
}

Element bindRequest(bool copies)
{
    Element bind(u"bind", ns::kBind2);
    bind.add(Element(u"tag", ns::kBind2).setText(u"PlanB"_s));
    if (copies)
        bind.add(Element(u"enable", ns::kCarbons));
    return bind.add(Element(u"enable", ns::kStreamManagement).set(u"resume", u"true"_s));
}

} // namespace

std::optional<Sasl2Offer> Sasl2Offer::parse(const Element &features)
{
    const Element *authentication = features.child(u"authentication", ns::kSasl2);
    if (!authentication)
        return {};
    Sasl2Offer offer;
    for (const Element &child : authentication->children()) {
        if (child.is(u"mechanism", ns::kSasl2))
            offer.sasl.mechanisms.append(child.text().trimmed());
    }
    offer.sasl.bindings = offeredBindings(features);
    const Element *together = authentication->child(u"inline", ns::kSasl2);
    if (!together)
        return offer;
    offer.resumes = together->has(u"sm", ns::kStreamManagement);
    const Element *bind = together->child(u"bind", ns::kBind2);
    if (const Element *with = bind ? bind->child(u"inline", ns::kBind2) : nullptr) {
        offer.bindsManaged = hasFeature(*with, ns::kStreamManagement);
        offer.enablesCopies = hasFeature(*with, ns::kCarbons);
        offer.knowsClientState = hasFeature(*with, ns::kClientState);
    }
    return offer;
}

bool Sasl2Offer::isWorthUsing(const SaslOffer &older, const std::optional<QByteArray> &endPoint) const
{
    const int strength = bestOf(sasl, endPoint);
    return bindsManaged && strength > 0 && strength >= bestOf(older, endPoint);
}

Element authenticateElement(const Element &auth, const Sasl2Wishes &wishes)
{
    Element element(u"authenticate", ns::kSasl2);
    element.set(u"mechanism", auth.attribute(u"mechanism"));
    element.add(Element(u"initial-response", ns::kSasl2).setText(auth.text()));
    Element agent(u"user-agent", ns::kSasl2);
    agent.set(u"id", wishes.installation).add(Element(u"software", ns::kSasl2).setText(u"PlanB"_s));
    element.add(std::move(agent)).add(bindRequest(wishes.copies));
    if (wishes.resume)
        element.add(*wishes.resume);
    return element;
}

Element newerResponse(const Element &response)
{
    return Element(response.name(), ns::kSasl2).setText(response.text());
}

Result<Element> olderAnswer(const Element &answer)
{
    if (answer.is(u"continue", ns::kSasl2))
        return fail(FailureCode::MechanismNotOffered,
                    u"the server wants more than the password, which this program cannot give"_s);
    if (answer.is(u"challenge", ns::kSasl2))
        return Element(u"challenge", ns::kSasl).setText(answer.text());
    if (answer.is(u"success", ns::kSasl2)) {
        const Element *data = answer.child(u"additional-data", ns::kSasl2);
        return Element(u"success", ns::kSasl).setText(data ? data->text() : QString());
    }
    if (!answer.is(u"failure", ns::kSasl2))
        return fail(FailureCode::ProtocolError, u"unexpected answer to a login: "_s + answer.name().left(50));
    Element failure(u"failure", ns::kSasl);
    for (const Element &child : answer.children()) {
        // The conditions have stayed where they were; the words have not.
        if (child.is(u"text", ns::kSasl2))
            failure.add(Element(u"text", ns::kSasl).setText(child.text()));
        else
            failure.add(child);
    }
    return failure;
}

Sasl2Success Sasl2Success::parse(const Element &success)
{
    Sasl2Success result;
    if (const Element *jid = success.child(u"authorization-identifier", ns::kSasl2))
        result.jid = jid->text().trimmed();
    result.resumed = copyOf(success.child(u"resumed", ns::kStreamManagement));
    result.failed = copyOf(success.child(u"failed", ns::kStreamManagement));
    if (const Element *bound = success.child(u"bound", ns::kBind2)) {
        result.isBound = true;
        result.hasCopies = bound->has(u"enabled", ns::kCarbons);
        result.enabled = copyOf(bound->child(u"enabled", ns::kStreamManagement));
    }
    return result;
}

QString installationId(const QString &bareJid, const QString &resource)
{
    const QUuid ours(u"{6f0c9a6e-3a57-4f6d-9b1e-2f4f8f7a1c55}"_s);
    return QUuid::createUuidV5(ours, bareJid + u'/' + resource).toString(QUuid::WithoutBraces);
}

} // namespace planb::xmpp
