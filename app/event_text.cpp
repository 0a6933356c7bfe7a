// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/event_text.h"

#include "app/text.h"

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

QString signsText(const QString &whose, const QStringList &signs)
{
    return signs.isEmpty() ? QString() : u" (%1: %2)"_s.arg(whose, printable(signs.join(u' ')));
}

} // namespace

QString viaText(const std::optional<RouteLabel> &route)
{
    return route ? u" via "_s + printable(route->label) : QString();
}

QString remarksOn(const Message &message)
{
    QString remarks;
    if (message.late)
        remarks += u" (late, above newer ones)"_s;
    if (message.missing)
        remarks += u" (one before it is missing)"_s;
    if (!message.sealedBy.isEmpty())
        remarks += u" (encrypted with %1, which PlanB cannot read)"_s.arg(printable(message.sealedBy));
    if (message.retracted)
        remarks += u" (taken back)"_s;
    else if (message.correctedAt)
        remarks += u" (corrected)"_s;
    return remarks + signsText(u"you"_s, message.reactions.mine) + signsText(u"they"_s, message.reactions.theirs);
}

QString messageText(const Message &message, const QString &other)
{
    const QString way = message.direction == Direction::In ? u"from"_s : u"to"_s;
    const QString head = message.id.toString() + u' ' + way + u' ' + printable(other) + viaText(message.route)
        + remarksOn(message);
    return message.text.isEmpty() ? head : head + u": "_s + printable(message.text);
}

QString requestText(const PresenceRequest &request)
{
    QString text = printable(request.from.value);
    if (!request.nickname.isEmpty())
        text += u" (calls themselves %1)"_s.arg(printable(request.nickname));
    if (request.from.mixesLookAlikes())
        text += u" (mixes look-alike letters)"_s;
    text += u" asks to see when you are there"_s;
    if (!request.words.isEmpty())
        text += u": "_s + printable(request.words);
    return text + u" [answer with \"planbctl request accept\" or \"decline\"]"_s;
}

bool isUnread(const Message &message)
{
    return message.direction == Direction::In && message.state != MessageState::Read;
}

} // namespace planb::ctl
