// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/event_text.h"
#include "app/run.h"
#include "app/text.h"
#include "app/unread.h"
#include "core/rpc/encode.h"
#include "core/rpc/encode_people.h"
#include "core/rpc/failure_sentence.h"
#include "core/rpc/notifier.h"
#include "core/rpc/request.h"

#include <QHash>
#include <QSet>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

/// Prints what waited, then what happens, one line each, with names instead of ids.
class Watching : public QObject
{
public:
    Watching(Run &run, bool keepsUnread) : QObject(&run), m_run(run), m_keepsUnread(keepsUnread) {}

    void start()
    {
        m_run.becomeEndless();
        Messenger &messenger = m_run.prepare(Reach::Online);
        connect(&messenger, &Messenger::messageAdded, this, [this](const Message &message) {
            if (!m_hasCaughtUp)
                m_news.insert(message.id);
        });
        connect(&messenger, &Messenger::requestAdded, this, [this](const PresenceRequest &request) {
            if (!m_hasCaughtUp)
                m_asked.append(request);
        });
        if (m_run.asJson()) {
            passOn(messenger);
        } else {
            listenToMessages(messenger);
            listenToWays(messenger);
            listenToPeople(messenger);
        }
        m_run.openProfile([this](const Result<void> &opened) {
            if (!opened)
                return m_run.fail(opened.error());
            collectUnread(m_run, [this](const QList<Message> &unread) { findRequests(unread); });
        });
    }

private:
    // ---- what waited ----

    void findRequests(const QList<Message> &unread)
    {
        m_run.ask(m_run.messenger().presenceRequests(), [this, unread](const QList<PresenceRequest> &requests) {
            withNames([this, unread, requests] { showWhatWaited(unread, requests); });
        });
    }

    // What came in the meantime is in both, and is told as news.
    void showWhatWaited(QList<Message> messages, QList<PresenceRequest> requests)
    {
        messages.removeIf([this](const Message &m) { return m_news.contains(m.id); });
        requests.removeIf([this](const PresenceRequest &r) { return m_asked.contains(r); });
        showMessages(messages);
        showRequests(requests);
        m_news.clear();
        m_asked.clear();
        m_hasCaughtUp = true;
        for (const auto &tell : std::exchange(m_held, {}))
            tell();
    }

    void showMessages(const QList<Message> &messages)
    {
        for (qsizetype i = 0; i < messages.size(); ++i) {
            const Message &message = messages[i];
            if (m_run.asJson())
                m_run.print(rpc::notificationLine(u"message.waiting"_s, {{u"message"_s, rpc::toJson(message)}}));
            else
                say(timeOf(message), u"waited: "_s + lineOf(message));
            m_marked.insert(message.id);
            const bool isLast = i + 1 == messages.size() || messages[i + 1].conversation != message.conversation;
            if (isLast)
                markRead(message); // and with it what stands above
        }
    }

    void showRequests(const QList<PresenceRequest> &requests)
    {
        for (const PresenceRequest &request : requests) {
            if (m_run.asJson())
                m_run.print(rpc::notificationLine(u"request.waiting"_s, {{u"request"_s, rpc::toJson(request)}}));
            else
                say(request.askedAt, u"waited: "_s + requestText(request));
        }
    }

    /// News stands below what waited.
    void inTurn(const std::function<void()> &tell)
    {
        if (m_hasCaughtUp)
            tell();
        else
            m_held.append(tell);
    }

    /// After it was printed.
    void markRead(const Message &message)
    {
        if (m_keepsUnread || !isUnread(message) || m_run.hasEnded())
            return;
        m_marked.insert(message.id);
        m_run.ask(m_run.messenger().markRead(message.conversation, message.id), [] {});
    }

    // ---- what happens ----

    void passOn(Messenger &messenger)
    {
        new rpc::Notifier(
            messenger, [this](const QByteArray &line) { inTurn([this, line] { m_run.print(line); }); }, this);
        connect(&messenger, &Messenger::messageAdded, this,
                [this](const Message &message) { inTurn([this, message] { markRead(message); }); });
        connect(&messenger, &Messenger::messageUpdated, this,
                [this](MessageId id, MessageState state, const std::optional<RouteLabel> &) {
                    if (state == MessageState::Read)
                        m_marked.remove(id);
                });
    }

    void listenToMessages(Messenger &messenger)
    {
        connect(&messenger, &Messenger::messageAdded, this, [this](const Message &message) {
            tell([this, message] {
                say(timeOf(message), lineOf(message));
                markRead(message);
            });
        });
        connect(&messenger, &Messenger::messageChanged, this, [this](const Message &message) {
            tellNow([this, message] { return u"changed: "_s + lineOf(message); });
        });
        connect(&messenger, &Messenger::messageUpdated, this,
                [this](MessageId id, MessageState state, const std::optional<RouteLabel> &route) {
                    const bool isOurMark = state == MessageState::Read && m_marked.remove(id);
                    if (!isOurMark)
                        tellNow([=] { return u"%1 is %2%3"_s.arg(id.toString(), nameOf(state), viaText(route)); });
                });
    }

    void listenToWays(Messenger &messenger)
    {
        connect(&messenger, &Messenger::transportChanged, this, [this](const TransportStatus &transport) {
            m_labels.insert(transport.id, transport.label);
            const QString why = transport.link.failure ? u": "_s + rpc::sentenceFor(*transport.link.failure)
                                                       : QString();
            tellNow([=] {
                return u"%1 is %2%3"_s.arg(printable(transport.label), nameOf(transport.link.phase), printable(why));
            });
        });
        connect(&messenger, &Messenger::routeSwitched, this, [this](const RouteSwitch &change) {
            tell([this, change] {
                say(change.at,
                    u"messages to %1 now go by %2 instead of %3 (%4)"_s.arg(printable(nameOfContact(change.contact)),
                                                                            labelOf(change.to), labelOf(change.from),
                                                                            change.reason));
            });
        });
    }

    void listenToPeople(Messenger &messenger)
    {
        connect(&messenger, &Messenger::requestAdded, this, [this](const PresenceRequest &request) {
            tell([this, request] { say(request.askedAt, requestText(request)); });
        });
        connect(&messenger, &Messenger::requestRemoved, this, [this](TransportId, const Address &from) {
            tellNow([from] { return u"the request of %1 is over"_s.arg(printable(from.value)); });
        });
    }

    void tell(const std::function<void()> &line)
    {
        inTurn([this, line] { withNames(line); });
    }

    void tellNow(const std::function<QString()> &line)
    {
        tell([this, line, at = SystemClock().wall()] { say(at, line()); });
    }

    /// Looks the contacts up each time: answers come in the order of asking, so lines keep their order.
    void withNames(const std::function<void()> &then)
    {
        m_run.ask(m_run.messenger().contacts(), [this, then](const QList<Contact> &people) {
            for (const Contact &person : people)
                m_names.insert(person.id, person.name);
            then();
        });
    }

    QString nameOfContact(ContactId id) const { return m_names.value(id, id.toString()); }
    QString labelOf(TransportId id) const { return printable(m_labels.value(id, id.toString())); }
    QString lineOf(const Message &message) const { return messageText(message, nameOfContact(message.contact)); }
    static WallTime timeOf(const Message &message) { return message.receivedAt.value_or(message.sentAt); }

    void say(WallTime at, const QString &what) { m_run.print(u"%1  %2\n"_s.arg(localTime(at), what).toUtf8()); }

    Run &m_run;
    const bool m_keepsUnread;
    bool m_hasCaughtUp = false;
    QList<std::function<void()>> m_held; ///< news, until what waited is printed
    QSet<MessageId> m_news; ///< until then
    QList<PresenceRequest> m_asked; ///< until then
    QSet<MessageId> m_marked; ///< whose being read is no news
    QHash<ContactId, QString> m_names;
    QHash<TransportId, QString> m_labels;
};

} // namespace

QList<Command> watchCommands()
{
    return {
        {u"watch"_s,
         {},
         u"print the unread messages and the requests that waited, then what happens, one line each, until "
         u"interrupted; "
         "what it prints counts as read"_s,
         {{u"keep-unread"_s,
           {},
           u"leave it unread: nobody reads what is printed, a log file for example"_s,
           Option::Presence::Optional}},
         0,
         0,
         [](Run &run, const Arguments &arguments) { (new Watching(run, arguments.has(u"keep-unread"_s)))->start(); }}};
}

} // namespace planb::ctl
