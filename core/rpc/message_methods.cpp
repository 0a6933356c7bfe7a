// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/messenger.h"
#include "core/rpc/encode.h"
#include "core/rpc/methods.h"

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kDefaultPage = 50;
constexpr qint64 kLargestPage = 500;

QJsonObject sentToJson(const SentMessage &sent)
{
    return {{u"messageId"_s, sent.message.toString()}, {u"conversationId"_s, sent.conversation.toString()}};
}

QJsonObject itemToJson(const SentMessage &sent)
{
    return {{u"itemId"_s, sent.message.toString()}};
}

void sendMessage(Messenger &messenger, const Parameters &in, const Reply &out)
{
    const QString text = in.get<QString>(u"text"_s);
    const auto replyTo = in.find<MessageId>(u"replyTo"_s);
    const auto via = in.find<TransportId>(u"via"_s);
    if (const auto contact = in.find<ContactId>(u"to"_s))
        out.answerWhen(messenger.send(*contact, text, replyTo, via), sentToJson);
    else
        out.answerWhen(messenger.send(in.get<ConversationId>(u"to"_s), text, replyTo, via), sentToJson);
}

void listMessages(Messenger &messenger, const Parameters &in, const Reply &out)
{
    const qint64 limit = in.find<qint64>(u"limit"_s).value_or(kDefaultPage);
    out.answerWhen(messenger.messages(in.get<ConversationId>(u"conversationId"_s), in.find<MessageId>(u"before"_s),
                                      static_cast<int>(limit)),
                   listToJson<Message>);
}

} // namespace

QList<Method> messageMethods(Messenger &messenger)
{
    return {
        {u"messages.send"_s,
         {required(u"to"_s, ParameterType::Recipient), required(u"text"_s, ParameterType::Text),
          optional(u"replyTo"_s, ParameterType::Message), optional(u"via"_s, ParameterType::Transport)},
         [&messenger](const Parameters &in, const Reply &out) { sendMessage(messenger, in, out); }},
        {u"messages.list"_s,
         {required(u"conversationId"_s, ParameterType::Conversation), optional(u"before"_s, ParameterType::Message),
          optionalInteger(u"limit"_s, 1, kLargestPage)},
         [&messenger](const Parameters &in, const Reply &out) { listMessages(messenger, in, out); }},
        {u"messages.status"_s,
         {required(u"messageId"_s, ParameterType::Message)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.messageWay(in.get<MessageId>(u"messageId"_s)),
                            [](const MessageWay &way) { return toJson(way); });
         }},
        {u"messages.markRead"_s,
         {required(u"conversationId"_s, ParameterType::Conversation), required(u"upTo"_s, ParameterType::Message)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(
                 messenger.markRead(in.get<ConversationId>(u"conversationId"_s), in.get<MessageId>(u"upTo"_s)));
         }},
        {u"messages.correct"_s,
         {required(u"messageId"_s, ParameterType::Message), required(u"text"_s, ParameterType::Text)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.correct(in.get<MessageId>(u"messageId"_s), in.get<QString>(u"text"_s)),
                            itemToJson);
         }},
        {u"messages.retract"_s,
         {required(u"messageId"_s, ParameterType::Message)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.retract(in.get<MessageId>(u"messageId"_s)), itemToJson);
         }},
        {u"messages.react"_s,
         {required(u"messageId"_s, ParameterType::Message), required(u"reactions"_s, ParameterType::TextList)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.react(in.get<MessageId>(u"messageId"_s), in.get<QStringList>(u"reactions"_s)),
                            itemToJson);
         }},
        {u"messages.versions"_s,
         {required(u"messageId"_s, ParameterType::Message)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.versions(in.get<MessageId>(u"messageId"_s)), listToJson<MessageVersion>);
         }},
        {u"conversations.showState"_s,
         {required(u"conversationId"_s, ParameterType::Conversation), required(u"state"_s, ParameterType::State)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(
                 messenger.showState(in.get<ConversationId>(u"conversationId"_s), in.get<ChatState>(u"state"_s)));
         }},
        {u"conversations.list"_s,
         {},
         [&messenger](const Parameters &, const Reply &out) {
             out.answerWhen(messenger.conversations(), listToJson<ConversationSummary>);
         }},
    };
}

} // namespace planb::rpc
