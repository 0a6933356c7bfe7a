// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/run.h"
#include "app/status_text.h"
#include "core/rpc/encode.h"

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
                show(status);
        });
    }

    void show(const StatusSummary &status)
    {
        m_run.ask(m_run.messenger().contacts(), [this, status](const QList<Contact> &people) {
            m_run.finish(rpc::toJson(status), statusText(status, people));
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
