// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/event_text.h"
#include "app/name_lookup.h"
#include "app/run.h"
#include "app/text.h"
#include "core/rpc/encode.h"
#include "core/rpc/failure_sentence.h"

#include <algorithm>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 500;
constexpr qsizetype kGlimpse = 60;

QString otherSide(const Message &message, const QString &name)
{
    return (message.direction == Direction::In ? u"from "_s : u"to "_s) + printable(name);
}

/// "delivered via Primary, not encrypted"
QString stateText(const Message &message)
{
    const QString state = isUnread(message) ? u"unread"_s : nameOf(message.state);
    return state + viaText(message.route) + (message.encrypted ? QString() : u", not encrypted"_s);
}

QString textAndRemarks(const Message &message)
{
    return (printable(message.text) + remarksOn(message)).trimmed();
}

QString pageText(const QList<Message> &page, const QString &name)
{
    QList<QStringList> rows;
    for (const Message &message : page)
        rows.append({message.id.toString(), localTime(message.sentAt), otherSide(message, name), stateText(message),
                     textAndRemarks(message)});
    return table(rows);
}

struct Page {
    std::optional<MessageId> before;
    int limit = kDefaultPage;
};

void showPage(Run &run, ConversationId conversation, const QString &name, const Page &page)
{
    run.ask(run.messenger().messages(conversation, page.before, page.limit),
            [&run, name](const QList<Message> &messages) {
                run.finish(rpc::listToJson(messages), pageText(messages, name));
            });
}

void showPageOfContact(Run &run, const QString &wanted, const Page &page)
{
    run.ask(run.messenger().contacts(), [&run, wanted, page](const QList<Contact> &people) {
        const auto person = findByIdOrName<Contact>(people, wanted, FailureCode::UnknownContact,
                                                    [](const Contact &c) { return c.name; });
        if (!person)
            return run.fail(person.error());
        showPage(run, person->conversation, person->name, page);
    });
}

void findAndShowPage(Run &run, const QString &wanted, const Page &page)
{
    const auto id = ConversationId::fromString(wanted);
    if (!id)
        return showPageOfContact(run, wanted, page);
    run.ask(run.messenger().conversations(), [&run, id = *id, page](const QList<ConversationSummary> &all) {
        const auto found = std::ranges::find(all, id, &ConversationSummary::id);
        if (found == all.end())
            return run.fail(Failure{FailureCode::UnknownConversation, id.toString(), {}});
        showPage(run, id, found->title, page);
    });
}

void listMessages(Run &run, const Arguments &arguments)
{
    Page page;
    if (const auto limit = arguments.value(u"limit"_s)) {
        const auto number = wholeNumber(*limit, 1, kLargestPage);
        if (!number)
            return run.refuse(u"The option --limit is a number from 1 to %1."_s.arg(kLargestPage));
        page.limit = *number;
    }
    if (const auto before = arguments.value(u"before"_s)) {
        page.before = MessageId::fromString(*before);
        if (!page.before)
            return run.refuse(u"The option --before is a message's id, as \"message list\" prints it."_s);
    }
    run.open(Reach::Offline,
             [&run, wanted = arguments.positional.first(), page] { findAndShowPage(run, wanted, page); });
}

QStringList attemptRow(const Attempt &attempt)
{
    const QString result = nameOf(attempt.state)
        + (attempt.finishedAt ? u" at "_s + preciseLocalTime(*attempt.finishedAt) : QString());
    return {u"  "_s + preciseLocalTime(attempt.startedAt),
            printable(attempt.route.label),
            nameOf(attempt.address.kind) + u':' + printable(attempt.address.value),
            result,
            attempt.reason.isEmpty() ? QString() : u"because of %1"_s.arg(attempt.reason),
            attempt.failure ? printable(rpc::sentenceFor(*attempt.failure)) : QString()};
}

QString wayText(const Message &message, const MessageWay &way)
{
    QString text = message.id.toString() + u" is "_s + nameOf(way.state);
    if (message.direction == Direction::In)
        return text + (message.route ? u", came"_s + viaText(message.route) : QString()) + u'\n';
    text += viaText(message.route) + u'\n';
    if (way.attempts.isEmpty())
        return text + u"Nothing was tried yet.\n"_s;
    QList<QStringList> rows;
    for (const Attempt &attempt : way.attempts)
        rows.append(attemptRow(attempt));
    return text + table(rows);
}

void showWay(Run &run, const Arguments &arguments)
{
    const auto id = MessageId::fromString(arguments.positional.first());
    if (!id)
        return run.refuse(u"ID is a message's id, as \"send\", \"watch\" and \"message list\" print it."_s);
    run.open(Reach::Offline, [&run, id = *id] {
        run.ask(run.messenger().message(id), [&run](const Message &message) {
            run.ask(run.messenger().messageWay(message.id), [&run, message](const MessageWay &way) {
                QJsonObject json = rpc::toJson(way);
                json.insert(u"messageId"_s, message.id.toString());
                json.insert(u"route"_s, rpc::toJson(message.route));
                run.finish(json, wayText(message, way));
            });
        });
    });
}

QString glimpse(const std::optional<Message> &message)
{
    if (!message)
        return {};
    const QString text = textAndRemarks(*message);
    // Never half of a character that takes two units.
    const qsizetype end = text.size() > kGlimpse && text[kGlimpse - 1].isHighSurrogate() ? kGlimpse - 1 : kGlimpse;
    return text.size() > end ? text.first(end) + u'…' : text;
}

void listConversations(Run &run, const Arguments &)
{
    run.open(Reach::Offline, [&run] {
        run.ask(run.messenger().conversations(), [&run](const QList<ConversationSummary> &all) {
            QList<QStringList> rows;
            for (const ConversationSummary &one : all) {
                const std::optional<Message> &last = one.lastMessage;
                rows.append({one.id.toString(), printable(one.title),
                             one.unread > 0 ? u"%1 unread"_s.arg(one.unread) : QString(),
                             last ? localTime(last->sentAt) : QString(), glimpse(last)});
            }
            run.finish(rpc::listToJson(all), table(rows));
        });
    });
}

} // namespace

QList<Command> messageCommands()
{
    using enum Option::Presence;
    return {
        {u"conversation list"_s,
         {},
         u"show all conversations, the newest first, and how much of them is unread"_s,
         {},
         0,
         0,
         listConversations},
        {u"message list"_s,
         u"NAME"_s,
         u"show the newest messages with a contact (name or id, or a conversation's id), the oldest of them first, "
         u"each "
         "with its state and the way it took; needs no network and marks nothing as read"_s,
         {{u"limit"_s, u"N"_s, u"so many, up to 500; default: 50"_s, Optional},
          {u"before"_s, u"ID"_s, u"only what stands above this message"_s, Optional}},
         1,
         1,
         listMessages},
        {u"message way"_s,
         u"ID"_s,
         u"show the way of a message: each attempt with its route, its times, its result and why it was made; needs no "
         "network"_s,
         {},
         1,
         1,
         showWay},
    };
}

} // namespace planb::ctl
