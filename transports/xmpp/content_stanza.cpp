// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/content_stanza.h"

#include "core/base/log.h"
#include "core/model/message_text.h"
#include "transports/xmpp/fallback.h"
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/sealed.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

// What clients that cannot take a message back show instead; nothing of what was said may be in it.
constexpr QStringView kRetractionText = u"(A message was taken back; your client cannot show which.)";

void addBody(Element &stanza, const QString &text)
{
    stanza.add(Element(u"body", ns::kClient).setText(text));
}

void addReply(Element &stanza, const Payload &payload, const QString &ownBareJid)
{
    Element reply(u"reply", ns::kReply);
    if (payload.quote) {
        const bool isOwn = payload.quote->direction == Direction::Out;
        reply.set(u"to", isOwn ? ownBareJid : stanza.attribute(u"to"));
    }
    stanza.add(reply.set(u"id", payload.replyTo->toString()));
}

void addText(Element &stanza, const Payload &payload, const QString &ownBareJid)
{
    const bool quotes = payload.replyTo && payload.quote && !payload.quote->text.isEmpty();
    const QString quote = quotes ? quoteOf(payload.quote->text) : QString();
    addBody(stanza, quote + payload.text);
    if (payload.replyTo)
        addReply(stanza, payload, ownBareJid);
    if (quotes)
        stanza.add(fallbackAtBegin(ns::kReply, quote.toUcs4().size()));
}

void addRetraction(Element &stanza, const QString &target)
{
    addBody(stanza, kRetractionText.toString());
    stanza.add(Element(u"retract", ns::kRetraction).set(u"id", target));
    stanza.add(fallbackForAll(ns::kRetraction));
    stanza.add(Element(u"store", ns::kHints));
}

void addReactions(Element &stanza, const QString &target, const QStringList &reactions)
{
    Element set(u"reactions", ns::kReactions);
    set.set(u"id", target);
    for (const QString &reaction : reactions)
        set.add(Element(u"reaction", ns::kReactions).setText(reaction));
    stanza.add(set);
    stanza.add(Element(u"store", ns::kHints));
}

QString cutToLimit(const QString &text)
{
    constexpr qsizetype kEllipsisBytes = 3;
    QString out;
    qsizetype bytes = 0;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype units = text[i].isHighSurrogate() && i + 1 < text.size() ? 2 : 1;
        const QStringView character = QStringView(text).sliced(i, units);
        bytes += character.toUtf8().size();
        if (bytes > kMaxTextBytes - kEllipsisBytes)
            return out + u'…';
        out += character;
        i += units;
    }
    return out;
}

// Empty where nothing is to be seen.
QString normalText(const QString &raw)
{
    const Result<QString> text = normalizedMessageText(raw);
    if (text)
        return *text;
    if (text.error().code != FailureCode::MessageTooLarge)
        return {};
    qCInfo(lcXmpp) << "an incoming text was longer than a message may be, and was cut";
    return normalizedMessageText(cutToLimit(raw)).value_or(QString());
}

QString textOf(const Element &stanza)
{
    const Element *body = stanza.child(u"body", stanza.ns());
    if (!body)
        return {};
    const bool isReply = stanza.has(u"reply", ns::kReply);
    const QString rest = normalText(isReply ? withoutFallback(stanza, body->text(), {ns::kReply}) : body->text());
    // A reply that is nothing but a quote: better that than no message at all.
    return rest.isEmpty() ? normalText(body->text()) : rest;
}

std::optional<WireId> idOf(const Element &element)
{
    return WireId::parse(element.attribute(u"id"));
}

std::optional<ReadContent> retractionIn(const Element &stanza)
{
    const Element *retract = stanza.child(u"retract", ns::kRetraction);
    if (!retract) {
        const Element *fastened = stanza.child(u"apply-to", ns::kFasten);
        retract = fastened && fastened->has(u"retract", ns::kOlderRetraction) ? fastened : nullptr;
    }
    const auto target = retract ? idOf(*retract) : std::nullopt;
    if (!target)
        return {};
    return ReadContent{ContentKind::Retraction, {}, target, {}, {}};
}

std::optional<ReadContent> reactionsIn(const Element &stanza)
{
    const Element *set = stanza.child(u"reactions", ns::kReactions);
    const auto target = set ? idOf(*set) : std::nullopt;
    if (!target)
        return {};
    QStringList reactions;
    for (const Element &child : set->children()) {
        if (child.is(u"reaction", ns::kReactions) && reactions.size() < kMaxReactions)
            reactions.append(child.text());
    }
    return ReadContent{ContentKind::Reaction, reactionLines(normalizedReactions(reactions)), target, {}, {}};
}

} // namespace

void addContent(Element &stanza, const Payload &payload, const QString &ownBareJid)
{
    const QString target = payload.target ? payload.target->toString() : QString();
    switch (payload.kind) {
    case ContentKind::Text: addText(stanza, payload, ownBareJid); break;
    case ContentKind::Correction:
        addBody(stanza, payload.text);
        stanza.add(Element(u"replace", ns::kCorrection).set(u"id", target));
        break;
    case ContentKind::Retraction: addRetraction(stanza, target); break;
    case ContentKind::Reaction: addReactions(stanza, target, reactionsFromLines(payload.text)); break;
    }
}

std::optional<ReadContent> readContent(const Element &stanza)
{
    if (const auto retraction = retractionIn(stanza))
        return retraction;
    if (const auto reactions = reactionsIn(stanza))
        return reactions;
    ReadContent content;
    content.text = textOf(stanza);
    content.sealedBy = sealOf(stanza);
    if (content.text.isEmpty() && content.sealedBy.isEmpty())
        return {};
    const Element *replace = stanza.child(u"replace", ns::kCorrection);
    content.target = replace ? idOf(*replace) : std::nullopt;
    if (content.target && content.text.isEmpty())
        return {};
    content.kind = content.target ? ContentKind::Correction : ContentKind::Text;
    const Element *reply = stanza.child(u"reply", ns::kReply);
    content.replyTo = reply ? idOf(*reply) : std::nullopt;
    return content;
}

} // namespace planb::xmpp
