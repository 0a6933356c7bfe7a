// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/open_profile.h"

#include "core/base/log.h"
#include "core/messenger/delivery_status.h"

#include <algorithm>

namespace planb {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kMaxReturnAfter{3'600'000};
// Many round trips of a server that answers, and half of what a program that ends waits at all.
constexpr Millis kLastAnswers{500};

// The round trip changes with every answer; it alone is no news.
bool looksTheSame(const TransportStatus &a, const TransportStatus &b)
{
    return a.id == b.id && a.label == b.label && a.address == b.address && a.enabled == b.enabled && a.since == b.since
        && a.inUse == b.inUse && a.link.phase == b.link.phase && a.link.failure == b.link.failure
        && a.link.retryAt == b.link.retryAt;
}

} // namespace

OpenProfile::OpenProfile(std::unique_ptr<store::Store> store, const Context &context)
    : m_store(std::move(store)), m_context(context), m_streams(context.random)
{}

OpenProfile::~OpenProfile() = default;

Result<std::unique_ptr<OpenProfile>> OpenProfile::open(std::unique_ptr<store::Store> store, const Context &context)
{
    std::unique_ptr<OpenProfile> profile(new OpenProfile(std::move(store), context));
    if (const auto loaded = profile->load(); !loaded)
        return fail(loaded.error());
    return profile;
}

Result<void> OpenProfile::load()
{
    const auto name = m_store->settings().get(setting::kProfileName.toString());
    if (!name)
        return fail(name.error());
    m_name = name->value_or(QString());
    const auto device = deviceName();
    if (!device)
        return fail(device.error());
    m_deviceName = *device;
    const auto lastAttempt = m_store->attempts().lastId();
    if (!lastAttempt)
        return fail(lastAttempt.error());
    const auto rules = policy();
    if (!rules)
        return fail(rules.error());
    const auto shown = privacy();
    if (!shown)
        return fail(shown.error());

    m_chain = std::make_unique<Chain>(
        Chain::Context{*m_store, m_context.factory, m_context.clock, m_deviceName, m_context.online});
    if (const auto loaded = m_chain->load(); !loaded)
        return loaded;
    m_accounts = std::make_unique<AccountChanges>(*m_store, *m_chain,
                                                  [this](TransportId id) { return removeTransport(id); });
    m_people = std::make_unique<PeopleDesk>(*m_store, *m_chain, m_context.clock, m_name);
    connect(m_people.get(), &PeopleDesk::personChanged, this, &OpenProfile::personChanged);
    connect(m_people.get(), &PeopleDesk::requestAdded, this, &OpenProfile::requestAdded);
    connect(m_people.get(), &PeopleDesk::requestRemoved, this, &OpenProfile::requestRemoved);
    if (const auto loaded = m_people->load(); !loaded)
        return loaded;
    m_self = std::make_unique<SelfDesk>(*m_chain);
    m_self->setTellsVersion(shown->tellsVersion);
    m_courier = std::make_unique<Courier>(*m_store, *m_chain, m_streams, m_context.clock, m_context.random,
                                          *lastAttempt);
    connect(m_courier.get(), &Courier::messageAdded, this, &OpenProfile::messageAdded);
    connect(m_courier.get(), &Courier::messageUpdated, this, &OpenProfile::messageUpdated);
    connect(m_courier.get(), &Courier::messageChanged, this, &OpenProfile::messageChanged);
    connect(m_courier.get(), &Courier::stateShown, this, &OpenProfile::stateShown);
    connect(m_courier.get(), &Courier::routeSwitched, this, &OpenProfile::routeSwitched);
    connect(m_courier.get(), &Courier::settled, this, &OpenProfile::publishChangedTransports);
    m_courier->setReturnAfter(rules->returnAfter);
    m_courier->setPrivacy(*shown);
    if (const auto loaded = m_courier->load(); !loaded)
        return loaded;
    m_chain->start();
    return {};
}

// Stable, so that the server replaces a dead session of ours instead of keeping a ghost beside the new one.
Result<QString> OpenProfile::deviceName()
{
    const QString key = setting::kDeviceName.toString();
    const auto stored = m_store->settings().get(key);
    if (!stored)
        return fail(stored.error());
    if (*stored)
        return **stored;
    const QString made = u"planb."_s + QString::fromLatin1(m_context.random.bytes(4).toHex());
    if (const auto set = m_store->settings().set(key, made); !set)
        return fail(set.error());
    return made;
}

Result<void> OpenProfile::checkWorking() const
{
    return m_courier->brokenBy() ? Result<void>(fail(*m_courier->brokenBy())) : Result<void>();
}

Result<TransportId> OpenProfile::addTransport(TransportKind kind, const QString &label, const QJsonObject &settings,
                                              std::optional<int> position)
{
    return m_chain->add(kind, label, settings, position);
}

Result<QList<TransportStatus>> OpenProfile::transports() const
{
    QList<TransportStatus> all = m_chain->statuses();
    for (TransportStatus &status : all) {
        if (const auto &failure = m_courier->brokenBy()) // whatever the link is like
            status.link = {LinkPhase::Blocked, *failure, {}, {}};
        else
            status.inUse = m_courier->isInUse(status.id);
    }
    return all;
}

Result<void> OpenProfile::reorderTransports(const QList<TransportId> &order)
{
    return m_chain->reorder(order);
}

Result<void> OpenProfile::updateTransport(TransportId id, const std::optional<QString> &label,
                                          std::optional<bool> enabled, const std::optional<QJsonObject> &settings)
{
    return m_chain->update(id, label, enabled, settings);
}

void OpenProfile::leave(const std::function<void()> &gone)
{
    m_courier->finish(kLastAnswers, [this, gone] { m_chain->leave(gone); });
}

Result<void> OpenProfile::removeTransport(TransportId id)
{
    if (auto forgotten = m_people->transportRemoved(id); !forgotten)
        return forgotten;
    if (auto forgotten = m_accounts->transportRemoved(id); !forgotten)
        return forgotten;
    return m_chain->remove(id);
}

Result<std::unique_ptr<Transport>> OpenProfile::twinOf(TransportId id)
{
    const auto config = m_chain->configOf(id);
    if (!config)
        return fail(config.error());
    // A name of its own: the server would end the living session for a second one of the same name.
    return m_context.factory.create(*config, m_deviceName + u".test"_s);
}

Result<StatusSummary> OpenProfile::status()
{
    const auto all = transports();
    const auto queued = m_store->messages().queuedCount();
    if (!queued)
        return fail(queued.error());
    const auto oldest = m_store->messages().oldestQueuedAt();
    if (!oldest)
        return fail(oldest.error());
    StatusSummary summary{*all, *queued, *oldest, 0, {}, deliveryStatus(m_courier->report(), m_context.clock)};
    const delivery::Independence independence = delivery::independenceOf(m_chain->footings());
    summary.independentRoutes = independence.routes;
    for (const delivery::SharedFooting &shared : independence.shared) {
        summary.sharedRoutes.append(
            {QList<TransportId>(shared.transports.begin(), shared.transports.end()), nameOf(shared.what), shared.name});
    }
    return summary;
}

Result<DeliveryPolicy> OpenProfile::policy()
{
    const auto stored = m_store->settings().get(setting::kReturnAfter.toString());
    if (!stored)
        return fail(stored.error());
    DeliveryPolicy rules;
    if (*stored)
        rules.returnAfter = std::clamp(Millis((*stored)->toLongLong()), Millis(0), kMaxReturnAfter);
    return rules;
}

Result<void> OpenProfile::setPolicy(const DeliveryPolicy &rules)
{
    if (rules.returnAfter < Millis(0) || rules.returnAfter > kMaxReturnAfter)
        return fail(FailureCode::InvalidArgument, u"returnAfterMs must be from 0 to %1"_s.arg(kMaxReturnAfter.count()));
    const auto set = m_store->settings().set(setting::kReturnAfter.toString(),
                                             QString::number(rules.returnAfter.count()));
    if (!set)
        return set;
    m_courier->setReturnAfter(rules.returnAfter);
    return {};
}

void OpenProfile::publishChangedTransports()
{
    const QList<TransportStatus> before = m_published;
    const auto now = transports();
    m_published = *now;
    for (const TransportStatus &status : m_published) {
        const bool isKnown = std::ranges::any_of(before,
                                                 [&](const TransportStatus &old) { return looksTheSame(old, status); });
        if (!isKnown)
            Q_EMIT transportChanged(status);
    }
}

} // namespace planb
