// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/name_lookup.h"
#include "app/run.h"
#include "core/rpc/encode.h"
#include "core/rpc/failure_sentence.h"

#include <QHash>
#include <QTimer>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestWaitSeconds = 86'400;
constexpr int kDefaultWaitSeconds = 30;

/// Sends one message and stays until it has come far enough.
class Sending : public QObject
{
public:
    struct Order {
        QString to;
        QString text;
        /// Sends something else than `text` to `to`.
        std::function<QFuture<Result<SentMessage>>(Messenger &)> item = {};
        MessageState awaited = MessageState::Sent;
        int seconds = kDefaultWaitSeconds;
    };

    Sending(Run &run, Order order) : QObject(&run), m_run(run), m_order(std::move(order)) {}

    void start()
    {
        // For a message that need not leave, nothing needs the network.
        const Reach reach = m_order.awaited == MessageState::Queued ? Reach::Offline : Reach::Online;
        m_run.open(reach, [this] {
            m_run.ask(m_run.messenger().contacts(), [this](const QList<Contact> &people) { send(people); });
        });
    }

private:
    struct Progress {
        MessageState state = MessageState::Queued;
        std::optional<RouteLabel> route;
    };

    void send(const QList<Contact> &people)
    {
        connect(&m_run.messenger(), &Messenger::messageUpdated, this,
                [this](MessageId id, MessageState state, const std::optional<RouteLabel> &route) {
                    m_progress.insert(id, {state, route});
                    look();
                });
        const auto onSent = [this](const SentMessage &sent) {
            m_sent = sent;
            QTimer::singleShot(std::chrono::seconds(m_order.seconds), this, [this] { onTimeout(); });
            look();
        };
        if (m_order.item)
            return m_run.ask(m_order.item(m_run.messenger()), onSent);
        if (const auto conversation = ConversationId::fromString(m_order.to))
            return m_run.ask(m_run.messenger().send(*conversation, m_order.text, {}, {}), onSent);
        const auto person = findByIdOrName<Contact>(people, m_order.to, FailureCode::UnknownContact,
                                                    [](const Contact &c) { return c.name; });
        if (!person)
            return m_run.fail(person.error());
        m_run.ask(m_run.messenger().send(person->id, m_order.text, {}, {}), onSent);
    }

    Progress progress() const { return m_progress.value(m_sent.message); }

    void look()
    {
        const MessageState state = progress().state;
        if (!m_sent.message.isValid())
            return;
        if (m_order.awaited == MessageState::Queued)
            return m_run.finish(json(), text() + u'\n');
        if (state == MessageState::Failed)
            return explain(u"The message failed"_s);
        if (state == MessageState::Stalled)
            return explain(u"The message is stored, but no way is open to it"_s);
        if (state >= m_order.awaited)
            m_run.finish(json(), text() + u'\n');
    }

    void explain(const QString &what)
    {
        m_run.ask(m_run.messenger().messageWay(m_sent.message), [this, what](const MessageWay &way) {
            QString why = u"no transport can carry it."_s;
            for (const Attempt &attempt : way.attempts) {
                if (attempt.failure)
                    why = rpc::sentenceFor(*attempt.failure);
            }
            m_run.fail(what + u": "_s + why, json());
        });
    }

    void onTimeout()
    {
        const QString hope = progress().state == MessageState::Sent
            ? u"It was sent, but nothing confirms yet that it arrived."_s
            : u"It is stored and goes out the next time PlanB runs and finds a way."_s;
        m_run.fail(
            u"The message was not %1 within %2 s. %3"_s.arg(nameOf(m_order.awaited)).arg(m_order.seconds).arg(hope),
            json());
    }

    QJsonObject json() const
    {
        return {{u"messageId"_s, m_sent.message.toString()},
                {u"conversationId"_s, m_sent.conversation.toString()},
                {u"state"_s, nameOf(progress().state)},
                {u"route"_s, rpc::toJson(progress().route)}};
    }

    QString text() const
    {
        const Progress now = progress();
        const QString way = now.route ? u" via "_s + printable(now.route->label) : QString();
        return u"%1: %2%3"_s.arg(m_sent.message.toString(), nameOf(now.state), way);
    }

    Run &m_run;
    const Order m_order;
    SentMessage m_sent;
    QHash<MessageId, Progress> m_progress; ///< news may come before the answer that names the message
};

// How long to stay.
bool readPatience(Run &run, const Arguments &arguments, Sending::Order &order)
{
    const QString wait = arguments.value(u"wait"_s).value_or(u"sent"_s);
    const auto awaited = messageStateFromName(wait);
    if (awaited != MessageState::Queued && awaited != MessageState::Sent && awaited != MessageState::Delivered) {
        run.refuse(u"The option --wait is queued, sent or delivered."_s);
        return false;
    }
    order.awaited = *awaited;
    if (const auto timeout = arguments.value(u"timeout"_s)) {
        const auto seconds = wholeNumber(*timeout, 0, kLongestWaitSeconds);
        if (!seconds) {
            run.refuse(u"The option --timeout is a number of seconds up to %1."_s.arg(kLongestWaitSeconds));
            return false;
        }
        order.seconds = *seconds;
    }
    return true;
}

void start(Run &run, const Arguments &arguments)
{
    Sending::Order order;
    order.to = arguments.value(u"to"_s).value_or(QString());
    order.text = arguments.positional.first();
    if (readPatience(run, arguments, order))
        (new Sending(run, order))->start(); // the run is its parent
}

using Item = QFuture<Result<SentMessage>> (*)(Messenger &, MessageId, const QStringList &);

// What is said about an earlier message.
template<Item item>
void startItem(Run &run, const Arguments &arguments)
{
    const auto message = MessageId::fromString(arguments.positional.first());
    if (!message)
        return run.refuse(u"ID is a message's id, as \"send\", \"watch\" and \"message list\" print it."_s);
    Sending::Order order;
    order.item = [id = *message, rest = arguments.positional.mid(1)](Messenger &messenger) {
        return item(messenger, id, rest);
    };
    if (readPatience(run, arguments, order))
        (new Sending(run, order))->start(); // the run is its parent
}

QFuture<Result<SentMessage>> correct(Messenger &messenger, MessageId id, const QStringList &rest)
{
    return messenger.correct(id, rest.first());
}

QFuture<Result<SentMessage>> retract(Messenger &messenger, MessageId id, const QStringList &)
{
    return messenger.retract(id);
}

QFuture<Result<SentMessage>> react(Messenger &messenger, MessageId id, const QStringList &rest)
{
    return messenger.react(id, rest);
}

} // namespace

QList<Command> sendCommands()
{
    using enum Option::Presence;
    const QList<Option> patience{
        {u"wait"_s, u"queued|sent|delivered"_s, u"what to wait for; default: sent"_s, Optional},
        {u"timeout"_s, u"SECONDS"_s, u"how long to wait; default: 30"_s, Optional}};
    const Option to{u"to"_s, u"NAME"_s, u"a contact's name or id, or a conversation's id"_s, Required};
    return {
        {u"send"_s, u"TEXT"_s, u"send one message; done when it has come as far as --wait says"_s,
         QList<Option>{to} + patience, 1, 1, start},
        {u"correct"_s, u"ID TEXT"_s, u"let an own message say something else"_s, patience, 2, 2, startItem<correct>},
        {u"retract"_s, u"ID"_s, u"take an own message back"_s, patience, 1, 1, startItem<retract>},
        {u"react"_s, u"ID [SIGN…]"_s, u"put signs to a message, instead of those before; none: take them back"_s,
         patience, 1, 1 + kMaxReactions, startItem<react>},
    };
}

} // namespace planb::ctl
