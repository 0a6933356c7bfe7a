// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/run.h"
#include "app/text.h"
#include "core/rpc/failure_sentence.h"
#include "core/rpc/notifier.h"

#include <QDateTime>
#include <QHash>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

/// Prints what happens, one line each, with names instead of ids.
class Watching : public QObject
{
public:
    explicit Watching(Run &run) : QObject(&run), m_run(run) {}

    void start()
    {
        m_run.becomeEndless();
        Messenger &messenger = m_run.prepare(Reach::Online);
        if (m_run.asJson())
            new rpc::Notifier(
                messenger, [this](const QByteArray &line) { m_run.print(line); }, this);
        else
            listen(messenger);
        m_run.openProfile([this](const Result<void> &opened) {
            if (!opened)
                m_run.fail(opened.error());
        });
    }

private:
    void listen(Messenger &messenger)
    {
        connect(&messenger, &Messenger::messageAdded, this, [this](const Message &message) {
            const bool isIncoming = message.direction == Direction::In;
            withNames([this, message, isIncoming] {
                say(message.receivedAt.value_or(message.sentAt),
                    u"%1 %2%3%4: %5"_s.arg(isIncoming ? u"from"_s : u"to"_s, nameOfContact(message.contact),
                                           via(message.route), remarksOn(message), printable(message.text)));
            });
        });
        connect(&messenger, &Messenger::messageUpdated, this,
                [this](MessageId id, MessageState state, const std::optional<RouteLabel> &route) {
                    sayNow(u"%1 is %2%3"_s.arg(id.toString(), nameOf(state), via(route)));
                });
        connect(&messenger, &Messenger::transportChanged, this, [this](const TransportStatus &transport) {
            m_labels.insert(transport.id, transport.label);
            const QString why = transport.link.failure ? u": "_s + rpc::sentenceFor(*transport.link.failure)
                                                       : QString();
            sayNow(u"%1 is %2%3"_s.arg(printable(transport.label), nameOf(transport.link.phase), printable(why)));
        });
        connect(&messenger, &Messenger::routeSwitched, this, [this](const RouteSwitch &change) {
            withNames([this, change] {
                say(change.at,
                    u"messages to %1 now go by %2 instead of %3 (%4)"_s.arg(
                        nameOfContact(change.contact), labelOf(change.to), labelOf(change.from), change.reason));
            });
        });
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

    QString nameOfContact(ContactId id) const { return printable(m_names.value(id, id.toString())); }

    QString labelOf(TransportId id) const { return printable(m_labels.value(id, id.toString())); }

    static QString via(const std::optional<RouteLabel> &route)
    {
        return route ? u" via "_s + printable(route->label) : QString();
    }

    static QString remarksOn(const Message &message)
    {
        QString remarks;
        if (message.late)
            remarks += u" (late, above newer ones)"_s;
        if (message.missing)
            remarks += u" (one before it is missing)"_s;
        return remarks;
    }

    void sayNow(const QString &what)
    {
        withNames([this, what, at = SystemClock().wall()] { say(at, what); });
    }

    void say(WallTime at, const QString &what)
    {
        const QString when = QDateTime::fromMSecsSinceEpoch(toMillis(at)).toString(Qt::ISODate);
        m_run.print(u"%1  %2\n"_s.arg(when, what).toUtf8());
    }

    Run &m_run;
    QHash<ContactId, QString> m_names;
    QHash<TransportId, QString> m_labels;
};

} // namespace

QList<Command> watchCommands()
{
    return {{u"watch"_s,
             {},
             u"print what happens, one line each, until interrupted"_s,
             {},
             0,
             0,
             [](Run &run, const Arguments &) { (new Watching(run))->start(); }}};
}

} // namespace planb::ctl
