// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/flood_guard.h"

#include "transports/xmpp/jid.h"
#include "transports/xmpp/namespaces.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

constexpr FlowRate kMessagesOfEach{50, Millis(5'000)};
constexpr FlowRate kMessagesOfAll{500, Millis(1'000)};
constexpr FlowRate kRequestsOfEach{3, Millis(600'000)};
constexpr FlowRate kRequestsOfAll{50, Millis(60'000)};
constexpr FlowRate kPresenceOfEach{60, Millis(1'000)};
constexpr FlowRate kQuestionsOfEach{20, Millis(1'000)};
constexpr FlowRate kQuestionsOfAll{100, Millis(100)};
constexpr FlowRate kAnswers{50, Millis(1'000)};

// Of a copy (XEP-0280), the message in it: whoever wrote it to another client of ours wrote it to this one as well.
const Element &messageIn(const Element &stanza)
{
    const Element *received = stanza.child(u"received", ns::kCarbons);
    const Element *forwarded = received ? received->child(u"forwarded", ns::kForward) : nullptr;
    const Element *message = forwarded ? forwarded->child(u"message", ns::kClient) : nullptr;
    return message ? *message : stanza;
}

// RFC 6120, 8.3.1: an error is no answer to an error, and groups are not written to.
bool mayBounce(const Element &message)
{
    const QString type = message.attribute(u"type");
    return (type.isEmpty() || type == u"chat" || type == u"normal") && message.has(u"body", ns::kClient);
}

Element bounced(const Element &message)
{
    Element error(u"error", ns::kClient);
    error.set(u"type", u"wait"_s).add(Element(u"resource-constraint", ns::kStanzaErrors));
    Element answer(u"message", ns::kClient);
    answer.set(u"type", u"error"_s).set(u"to", message.attribute(u"from"));
    if (message.hasAttribute(u"id"))
        answer.set(u"id", message.attribute(u"id"));
    return answer.add(std::move(error));
}

bool isQuestion(const Element &iq)
{
    const QString type = iq.attribute(u"type");
    return type == u"get" || type == u"set";
}

} // namespace

FloodGuard::FloodGuard(QString bareJid, QString domain, MonoTime now)
    : m_bareJid(std::move(bareJid))
    , m_domain(std::move(domain))
    , m_messages(kMessagesOfEach, kMessagesOfAll, now)
    , m_requests(kRequestsOfEach, kRequestsOfAll, now)
    , m_presence(kPresenceOfEach, {}, now)
    , m_questions(kQuestionsOfEach, kQuestionsOfAll, now)
    , m_answers(kAnswers, now)
{}

qsizetype FloodGuard::remembered() const
{
    return m_messages.remembered() + m_requests.remembered() + m_presence.remembered() + m_questions.remembered();
}

bool FloodGuard::isOurs(QStringView from) const
{
    return from.isEmpty() || from == m_domain || bareJid(from) == m_bareJid;
}

std::optional<FloodGuard::Refusal> FloodGuard::refusalOf(const Element &stanza, const People &people, MonoTime now)
{
    if (stanza.name() == u"message")
        return refuseMessage(stanza, people, now);
    const QString from = stanza.attribute(u"from");
    if (isOurs(from))
        return {};
    bool isAdmitted = true;
    if (stanza.name() == u"iq") {
        // A server has one bucket, a person one for all of their clients.
        isAdmitted = !isQuestion(stanza) || m_questions.take(bareJid(from).toString(), now);
    } else if (const auto person = addressOf(from)) {
        isAdmitted = admitsPresence(stanza, *person, people, now);
    }
    return isAdmitted ? std::nullopt : std::optional(Refusal());
}

bool FloodGuard::admitsPresence(const Element &stanza, const Address &from, const People &people, MonoTime now)
{
    const QString type = stanza.attribute(u"type");
    if (type == u"subscribe" || type == u"unsubscribe")
        return m_requests.take(from.value, now);
    // Of anybody else it is left in any case.
    return !people.isListed(from) || m_presence.take(from.value, now);
}

std::optional<FloodGuard::Refusal> FloodGuard::refuseMessage(const Element &stanza, const People &people, MonoTime now)
{
    const bool isOurOwn = isOurs(stanza.attribute(u"from"));
    const Element &message = isOurOwn ? messageIn(stanza) : stanza;
    const auto from = addressOf(message.attribute(u"from"));
    if (!from || from->value == m_bareJid)
        return {};
    if (people.isListed(*from) && message.has(u"event", ns::kPubSubEvent))
        return m_presence.take(from->value, now) ? std::nullopt : std::optional(Refusal());
    if (!people.isStranger(*from) || m_messages.take(from->value, now))
        return {};
    Refusal refusal;
    if (!isOurOwn && mayBounce(message) && m_answers.take(now))
        refusal.answer = bounced(message);
    return refusal;
}

} // namespace planb::xmpp
