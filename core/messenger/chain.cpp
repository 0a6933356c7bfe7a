// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/chain.h"

#include "core/base/log.h"
#include "core/transport/transport_memory.h"

#include <QJsonDocument>

#include <algorithm>

namespace planb {

using namespace Qt::StringLiterals;

namespace {

QString memorySetting(TransportId id)
{
    return u"transport.%1.memory"_s.arg(id.toString());
}

} // namespace

Chain::Chain(Context context, QObject *parent) : QObject(parent), m_context(std::move(context)) {}

Chain::~Chain()
{
    stop();
}

Result<void> Chain::load()
{
    const auto configs = m_context.store.transports().all();
    if (!configs)
        return fail(configs.error());
    for (const TransportConfig &config : *configs)
        m_entries.push_back(entryFor(config));
    return {};
}

void Chain::start()
{
    m_isStarted = true;
    for (Entry &entry : m_entries)
        startIfWanted(entry);
}

void Chain::stop()
{
    m_isStarted = false;
    for (Entry &entry : m_entries) {
        if (entry.transport)
            entry.transport->stop();
    }
}

void Chain::leave(const std::function<void()> &gone)
{
    blockSignals(true);
    stop();
    const auto isOver = [this] {
        return std::ranges::none_of(m_entries,
                                    [](const Entry &entry) { return entry.transport && entry.transport->isLeaving(); });
    };
    if (isOver())
        return gone();
    for (const Entry &entry : m_entries) {
        if (!entry.transport)
            continue;
        connect(entry.transport.get(), &Transport::left, this, [isOver, gone] {
            if (isOver())
                gone();
        });
    }
}

Chain::Entry Chain::entryFor(const TransportConfig &config)
{
    Entry entry{config, nullptr, {}, m_context.clock.wall()};
    auto made = m_context.factory.create(config, m_context.deviceName);
    if (!made) {
        // Written by another version, or edited: the others must still work.
        qCWarning(lcMessenger) << "transport" << config.id.toString() << "cannot be used:" << describe(made.error());
        entry.state = LinkState{LinkPhase::Blocked, made.error(), {}, {}};
        return entry;
    }
    entry.transport = std::move(*made);
    connectTransport(*entry.transport);
    giveMemory(*entry.transport);
    return entry;
}

void Chain::giveMemory(Transport &transport)
{
    TransportMemory *memory = transport.memory();
    if (!memory)
        return;
    const QString name = memorySetting(transport.id());
    if (const auto known = m_context.store.settings().get(name); known && known->has_value())
        memory->recall(QJsonDocument::fromJson((*known)->toUtf8()).object());
    connect(memory, &TransportMemory::changed, this, [this, name](const QJsonObject &now) {
        const QByteArray json = QJsonDocument(now).toJson(QJsonDocument::Compact);
        if (const auto kept = m_context.store.settings().set(name, QString::fromUtf8(json)); !kept)
            qCWarning(lcMessenger) << "what a transport learned was not kept:" << describe(kept.error());
    });
}

void Chain::forgetMemory(TransportId id)
{
    if (const auto removed = m_context.store.settings().remove(memorySetting(id)); !removed)
        qCWarning(lcMessenger) << "what a transport learned was kept:" << describe(removed.error());
}

void Chain::connectTransport(Transport &transport)
{
    const TransportId id = transport.id();
    connect(&transport, &Transport::stateChanged, this,
            [this, id](const LinkState &state) { onStateChanged(id, state); });
    connect(&transport, &Transport::handedOver, this, &Chain::handedOver);
    connect(&transport, &Transport::received, this,
            [this, &transport](const QList<Incoming> &incoming) { giveReceived(transport, incoming); });
    if (Roster *roster = transport.roster())
        connect(roster, &Roster::news, this, [this, id](const RosterNews &news) { Q_EMIT rosterNews(id, news); });
    connect(&transport, &Transport::acknowledged, this,
            [this, id](const Acknowledgement &acknowledgement) { Q_EMIT acknowledged(id, acknowledgement); });
    connect(&transport, &Transport::reported, this, [this, id](const Report &report) { Q_EMIT reported(id, report); });
    if (const Attention *attention = transport.attention())
        connect(attention, &Attention::stateShown, this, &Chain::stateShown);
    if (const Archive *archive = transport.archive())
        connect(archive, &Archive::pageRead, this,
                [this, &transport](const ArchivePage &page) { givePage(transport, page); });
}

QList<Incoming> Chain::wantedOf(Transport &transport, const QList<Incoming> &incoming)
{
    QList<Incoming> wanted;
    for (const Incoming &one : incoming) {
        if (m_ignored.contains(one.from))
            transport.handled(one.token, Disposition::Dropped);
        else
            wanted.append(one);
    }
    return wanted;
}

void Chain::givePage(Transport &transport, ArchivePage page)
{
    page.messages = wantedOf(transport, page.messages);
    Q_EMIT pageRead(transport.id(), page);
}

void Chain::giveReceived(Transport &transport, const QList<Incoming> &incoming)
{
    const QList<Incoming> wanted = wantedOf(transport, incoming);
    if (!wanted.isEmpty())
        Q_EMIT received(transport.id(), wanted);
}

void Chain::retire(Entry &entry)
{
    if (!entry.transport)
        return;
    entry.transport->stop();
    entry.transport->disconnect(this);
    if (Attention *attention = entry.transport->attention())
        attention->disconnect(this);
    if (Roster *roster = entry.transport->roster())
        roster->disconnect(this);
    if (Archive *archive = entry.transport->archive())
        archive->disconnect(this);
    Transport *gone = entry.transport.release();
    gone->setParent(this);
    // It may be further up this very call stack.
    if (gone->isLeaving())
        connect(gone, &Transport::left, gone, &QObject::deleteLater);
    else
        gone->deleteLater();
}

void Chain::startIfWanted(Entry &entry)
{
    if (!m_isStarted || !m_context.online || !entry.config.enabled || !entry.transport)
        return;
    Q_EMIT starting(entry.config.id);
    if (Archive *archive = entry.transport->archive()) {
        // Without a mark that can be read nothing is read, rather than everything once more.
        const auto mark = m_context.store.archives().mark(entry.config.id, entry.transport->traits().ownAddress);
        if (mark)
            archive->setMark(*mark);
        else
            qCWarning(lcMessenger) << "the archive is not read:" << describe(mark.error());
    }
    entry.transport->start();
}

void Chain::onStateChanged(TransportId id, const LinkState &state)
{
    const auto entry = find(id);
    if (entry == m_entries.end())
        return;
    if (entry->state.phase != state.phase)
        entry->since = m_context.clock.wall();
    entry->state = state;
    Q_EMIT linkChanged(id, state);
}

Result<TransportConfig> Chain::configOf(TransportId id) const
{
    const auto entry = find(id);
    if (entry == m_entries.end())
        return fail(FailureCode::UnknownTransport, id.toString());
    return entry->config;
}

Transport *Chain::transport(TransportId id) const
{
    const auto entry = find(id);
    return entry == m_entries.end() ? nullptr : entry->transport.get();
}

std::optional<RouteLabel> Chain::labelOf(TransportId id) const
{
    const auto entry = find(id);
    if (entry == m_entries.end())
        return {};
    return RouteLabel{id, entry->config.label, entry->config.kind};
}

std::optional<std::pair<Attention *, Address>> Chain::attentionTo(const QList<Address> &addresses) const
{
    for (const Entry &entry : m_entries) {
        Attention *attention = entry.transport ? entry.transport->attention() : nullptr;
        if (!attention || entry.state.phase != LinkPhase::Ready)
            continue;
        const TransportTraits traits = entry.transport->traits();
        const QString domain = Address{traits.kind, traits.ownAddress}.domain();
        QList<Address> reached = addresses;
        reached.removeIf([&traits](const Address &address) { return address.kind != traits.kind; });
        const auto near = std::ranges::find_if(reached, [&domain](const Address &a) { return a.domain() == domain; });
        if (!reached.isEmpty())
            return std::pair(attention, near != reached.end() ? *near : reached.constFirst());
    }
    return {};
}

QList<TransportStatus> Chain::statuses() const
{
    QList<TransportStatus> all;
    for (const Entry &entry : m_entries) {
        TransportStatus status;
        status.id = entry.config.id;
        status.kind = entry.config.kind;
        status.label = entry.config.label;
        status.address = entry.transport ? entry.transport->traits().ownAddress : QString();
        status.enabled = entry.config.enabled;
        status.link = entry.state;
        status.since = entry.since;
        all.append(status);
    }
    return all;
}

std::vector<delivery::ChainLink> Chain::links() const
{
    std::vector<delivery::ChainLink> links;
    for (const Entry &entry : m_entries) {
        if (!entry.config.enabled || !entry.transport)
            continue;
        const TransportTraits traits = entry.transport->traits();
        const Address own{traits.kind, traits.ownAddress};
        links.push_back({entry.config.id, traits.kind, own.domain(), traits.maxTextBytes, traits.metered});
    }
    return links;
}

std::vector<delivery::Footing> Chain::footings() const
{
    std::vector<delivery::Footing> footings;
    for (const Entry &entry : m_entries) {
        if (!entry.config.enabled || !entry.transport)
            continue;
        const TransportTraits traits = entry.transport->traits();
        const Address own{traits.kind, traits.ownAddress};
        footings.push_back({entry.config.id, traits.kind, own.domain(), entry.transport->hosts()});
    }
    return footings;
}

std::vector<Chain::Entry>::iterator Chain::find(TransportId id)
{
    return std::ranges::find_if(m_entries, [id](const Entry &entry) { return entry.config.id == id; });
}

std::vector<Chain::Entry>::const_iterator Chain::find(TransportId id) const
{
    return std::ranges::find_if(m_entries, [id](const Entry &entry) { return entry.config.id == id; });
}

} // namespace planb
