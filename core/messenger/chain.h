// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delivery/event.h"
#include "core/delivery/independence.h"
#include "core/messenger/messenger_types.h"
#include "core/store/store.h"
#include "core/transport/archive.h"
#include "core/transport/attention.h"
#include "core/transport/roster.h"
#include "core/transport/transport_factory.h"

#include <QObject>

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace planb {

/// The user's transports, in order of priority: the stored rows and the living objects, kept in step.
/// Lives on the core thread. Decides nothing about messages; passes on what the transports say.
class Chain : public QObject
{
    Q_OBJECT

public:
    struct Context {
        store::Store &store;
        TransportFactory &factory;
        const Clock &clock;
        QString deviceName;
        bool online = true; ///< false: no transport is ever started
    };

    explicit Chain(Context context, QObject *parent = nullptr);
    /// Stops every transport; they hand their open attempts over first.
    ~Chain() override;

    /// Makes the transports of the stored chain; they are started with start().
    Result<void> load();
    void start();
    void stop();
    /// The end: stops, tells nobody any more, and calls `gone` once no transport is leaving; perhaps at once, and never
    /// after the chain has been destroyed.
    void leave(const std::function<void()> &gone);

    Result<TransportId> add(TransportKind kind, const QString &label, const QJsonObject &settings,
                            std::optional<int> position);
    Result<void> reorder(const QList<TransportId> &order);
    Result<void> update(TransportId id, const std::optional<QString> &label, std::optional<bool> enabled,
                        const std::optional<QJsonObject> &settings);
    Result<void> remove(TransportId id);

    /// What comes from them is dropped: acknowledged to the server, but neither stored nor confirmed.
    void setIgnored(std::set<Address> ignored) { m_ignored = std::move(ignored); }

    Result<TransportConfig> configOf(TransportId id) const;
    /// The living object, or null.
    Transport *transport(TransportId id) const;
    std::optional<RouteLabel> labelOf(TransportId id) const;
    /// The first one that is ready, can show attention to somebody with these addresses (in order of preference), and
    /// to which of them; one of its own domain if there is one.
    std::optional<std::pair<Attention *, Address>> attentionTo(const QList<Address> &addresses) const;
    /// All transports; `inUse` is left for the caller to fill.
    QList<TransportStatus> statuses() const;
    /// What the delivery engine needs of the enabled ones.
    std::vector<delivery::ChainLink> links() const;
    /// What the enabled ones stand on.
    std::vector<delivery::Footing> footings() const;

Q_SIGNALS:
    /// A transport came, went, moved, or was switched on or off.
    void changed();
    void linkChanged(planb::TransportId id, const planb::LinkState &state);
    void handedOver(planb::AttemptId attempt, const std::optional<planb::Failure> &failure);
    void received(planb::TransportId id, const QList<planb::Incoming> &incoming);
    /// It is about to be started: what it needs to be told first.
    void starting(planb::TransportId id);
    void rosterNews(planb::TransportId id, const planb::RosterNews &news);
    void acknowledged(planb::TransportId id, const planb::Acknowledgement &acknowledgement);
    void reported(planb::TransportId id, const planb::Report &report);
    void stateShown(const planb::Address &from, planb::ChatState state);
    void pageRead(planb::TransportId id, const planb::ArchivePage &page);

private:
    struct Entry {
        TransportConfig config;
        std::unique_ptr<Transport> transport; ///< null when its settings can no longer be used
        LinkState state;
        WallTime since;
    };

    QList<Incoming> wantedOf(Transport &transport, const QList<Incoming> &incoming);
    void givePage(Transport &transport, ArchivePage page);
    void giveReceived(Transport &transport, const QList<Incoming> &incoming);
    Entry entryFor(const TransportConfig &config);
    void connectTransport(Transport &transport);
    void giveMemory(Transport &transport);
    void forgetMemory(TransportId id);
    void retire(Entry &entry);
    void startIfWanted(Entry &entry);
    void onStateChanged(TransportId id, const LinkState &state);
    std::vector<Entry>::iterator find(TransportId id);
    std::vector<Entry>::const_iterator find(TransportId id) const;

    Context m_context;
    bool m_isStarted = false;
    std::set<Address> m_ignored;
    std::vector<Entry> m_entries;
};

} // namespace planb
