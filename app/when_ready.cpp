// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/when_ready.h"

#include "app/name_lookup.h"
#include "app/run.h"

#include <QTimer>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds kPatience{30};

/// Looks at every change of one transport until it is ready; goes with the run.
class Waiting : public QObject
{
public:
    Waiting(Run &run, QString wanted, std::function<void(TransportId)> then)
        : QObject(&run), m_run(run), m_wanted(std::move(wanted)), m_then(std::move(then))
    {}

    void start()
    {
        m_run.open(Reach::Online, [this] {
            connect(&m_run.messenger(), &Messenger::transportChanged, this, &Waiting::look);
            QTimer::singleShot(kPatience, this, [this] { giveUp(); });
            m_run.ask(m_run.messenger().transports(), [this](const QList<TransportStatus> &chain) { find(chain); });
        });
    }

private:
    void find(const QList<TransportStatus> &chain)
    {
        const auto found = findByIdOrName<TransportStatus>(chain, m_wanted, FailureCode::UnknownTransport,
                                                           [](const TransportStatus &t) { return t.label; });
        if (!found)
            return m_run.fail(found.error());
        m_id = found->id;
        look(*found);
    }

    void look(const TransportStatus &transport)
    {
        if (m_isReady || transport.id != m_id)
            return;
        m_failure = transport.link.failure;
        if (transport.link.phase == LinkPhase::Ready) {
            m_isReady = true;
            m_then(m_id);
        } else if (transport.link.phase == LinkPhase::Blocked) {
            giveUp();
        }
    }

    void giveUp()
    {
        if (!m_isReady)
            m_run.fail(m_failure.value_or(Failure{FailureCode::ConnectTimeout, {}, {}}));
    }

    Run &m_run;
    const QString m_wanted;
    const std::function<void(TransportId)> m_then;
    TransportId m_id;
    bool m_isReady = false;
    std::optional<Failure> m_failure;
};

} // namespace

void whenReady(Run &run, const QString &wanted, const std::function<void(TransportId)> &then)
{
    (new Waiting(run, wanted, then))->start(); // the run is its parent
}

} // namespace planb::ctl
