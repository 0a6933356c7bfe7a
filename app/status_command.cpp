// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/run.h"
#include "app/text.h"
#include "core/rpc/encode.h"
#include "core/rpc/failure_sentence.h"

#include <QTimer>

#include <algorithm>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

using namespace std::chrono_literals;

constexpr Millis kLongestWait = 5s;

bool isSettled(const TransportStatus &transport)
{
    switch (transport.link.phase) {
    case LinkPhase::Off: return !transport.enabled; // an enabled one is about to start
    case LinkPhase::Connecting:
    case LinkPhase::Suspect: return false;
    case LinkPhase::Ready:
    case LinkPhase::Waiting:
    case LinkPhase::Blocked: return true;
    }
    Q_UNREACHABLE();
}

QString namesOf(const QList<TransportId> &ids, const QList<TransportStatus> &transports)
{
    QStringList names;
    for (const TransportStatus &transport : transports) {
        if (ids.contains(transport.id))
            names.append(printable(transport.label));
    }
    return names.join(u", "_s);
}

QString wordsFor(const SharedRoutes &shared)
{
    const QString what = shared.what == u"addressRange"_s ? u"address range"_s : shared.what;
    return u"the %1 %2"_s.arg(what, printable(shared.name));
}

QString asText(const StatusSummary &status)
{
    QList<QStringList> rows;
    for (const TransportStatus &transport : status.transports) {
        QStringList notes;
        if (transport.inUse)
            notes.append(u"in use"_s);
        if (!transport.enabled)
            notes.append(u"disabled"_s);
        if (transport.link.rtt)
            notes.append(u"%1 ms"_s.arg(std::chrono::round<Millis>(*transport.link.rtt).count()));
        if (transport.link.failure)
            notes.append(rpc::sentenceFor(*transport.link.failure));
        rows.append({transport.id.toString(), printable(transport.label), nameOf(transport.kind),
                     printable(transport.address), nameOf(transport.link.phase), printable(notes.join(u", "_s))});
    }
    QString text = table(rows) + u"Independent routes: %1\n"_s.arg(status.independentRoutes);
    for (const SharedRoutes &shared : status.sharedRoutes)
        text += u"  %1 share %2\n"_s.arg(namesOf(shared.transports, status.transports), wordsFor(shared));
    return text + u"Waiting to be sent: %1\n"_s.arg(status.queued);
}

/// Shows the state once every link has come to rest, or when it is time.
class Looking : public QObject
{
public:
    explicit Looking(Run &run) : QObject(&run), m_run(run) {}

    void start()
    {
        m_run.open(Reach::Online, [this] {
            connect(&m_run.messenger(), &Messenger::transportChanged, this, [this] { look(false); });
            QTimer::singleShot(kLongestWait, this, [this] { look(true); });
            look(false);
        });
    }

private:
    void look(bool isTime)
    {
        m_run.ask(m_run.messenger().status(), [this, isTime](const StatusSummary &status) {
            const bool allSettled = std::all_of(status.transports.begin(), status.transports.end(), isSettled);
            if (allSettled || isTime)
                m_run.finish(rpc::toJson(status), asText(status));
        });
    }

    Run &m_run;
};

} // namespace

QList<Command> statusCommands()
{
    return {
        {u"status"_s, {}, u"show the chain, its health and the outbox"_s, {}, 0, 0, [](Run &run, const Arguments &) {
             (new Looking(run))->start();
         }}};
}

} // namespace planb::ctl
