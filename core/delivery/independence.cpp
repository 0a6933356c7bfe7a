// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/independence.h"

#include "core/delivery/address_range.h"

#include <QUrl>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace planb::delivery {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kSecondLevel{u"ac",  u"co", u"com", u"edu", u"go", u"gob", u"gov", u"gub", u"id", u"ltd", u"me",
                                  u"mil", u"ne", u"net", u"nom", u"or", u"org", u"pe",  u"plc", u"re", u"sch"};

enum class Space { Domain, AddressRange, Network };
// What two transports may share: in which space, and its name there.
using Key = std::pair<Space, QString>;

struct Holders {
    std::vector<std::size_t> places; // in the chain
    bool byHost = false; // somebody has it only because a host of theirs is there
};
using Ground = std::map<Key, Holders>;

void add(Ground &ground, const Key &key, std::size_t place, bool byHost)
{
    Holders &holders = ground[key];
    if (!holders.places.empty() && holders.places.back() == place)
        return;
    holders.places.push_back(place);
    holders.byHost |= byHost;
}

void addHost(Ground &ground, const QString &host, std::size_t place)
{
    if (const auto address = ipAddressFrom(host)) {
        if (const auto range = addressRangeOf(*address))
            add(ground, {Space::AddressRange, *range}, place, true);
    } else if (!host.isEmpty()) {
        add(ground, {Space::Domain, registrableDomain(host)}, place, true);
    }
}

Ground groundOf(const std::vector<Footing> &chain)
{
    Ground ground;
    for (std::size_t place = 0; place < chain.size(); ++place) {
        const Footing &footing = chain[place];
        if (footing.kind == TransportKind::Lan || footing.kind == TransportKind::Sms)
            add(ground, {Space::Network, nameOf(footing.kind)}, place, false);
        if (!footing.domain.isEmpty())
            add(ground, {Space::Domain, registrableDomain(footing.domain)}, place, false);
        for (const QString &host : footing.hosts)
            addHost(ground, host, place);
    }
    return ground;
}

SharedFooting::What whatIs(const Key &key, const Holders &holders)
{
    switch (key.first) {
    case Space::Domain: return holders.byHost ? SharedFooting::What::Operator : SharedFooting::What::Domain;
    case Space::AddressRange: return SharedFooting::What::AddressRange;
    case Space::Network: return SharedFooting::What::Network;
    }
    Q_UNREACHABLE();
}

using Places = std::set<std::size_t>;

// Finds the most places of which no two share anything. Exact, by trying; quick for any chain a person would set up.
class Search
{
public:
    explicit Search(std::size_t size) : m_sharers(size), m_kin(size)
    {
        for (std::size_t place = 0; place < size; ++place)
            m_kin[place] = place;
    }

    void addSharers(const std::vector<std::size_t> &places)
    {
        const std::size_t kin = m_sharers.size() + ++m_kins;
        for (const std::size_t place : places) {
            m_sharers[place].insert(places.begin(), places.end());
            m_sharers[place].erase(place);
            // All of them share with one another, so at most one of a kin can be taken.
            if (m_kin[place] == place)
                m_kin[place] = kin;
        }
    }

    int most()
    {
        Places all;
        for (std::size_t place = 0; place < m_sharers.size(); ++place)
            all.insert(place);
        look(all, 0);
        return m_best;
    }

private:
    void look(const Places &left, int taken)
    {
        m_best = std::max(m_best, taken);
        if (taken + atMost(left) <= m_best)
            return;
        const auto degree = [&](std::size_t place) { return sharersWithin(left, place); };
        const auto [fewest, most] = std::ranges::minmax_element(left, {}, degree);
        const bool isSafeToTake = degree(*fewest) <= 1;
        const std::size_t place = isSafeToTake ? *fewest : *most;
        Places others = left;
        others.erase(place);
        Places withIt = others;
        for (const std::size_t sharer : m_sharers[place])
            withIt.erase(sharer);
        look(withIt, taken + 1);
        if (!isSafeToTake)
            look(others, taken);
    }

    std::size_t sharersWithin(const Places &left, std::size_t place) const
    {
        const auto isLeft = [&left](std::size_t other) { return left.contains(other); };
        return static_cast<std::size_t>(std::ranges::count_if(m_sharers[place], isLeft));
    }

    int atMost(const Places &left) const
    {
        Places kins;
        for (const std::size_t place : left)
            kins.insert(m_kin[place]);
        return static_cast<int>(kins.size());
    }

    std::vector<Places> m_sharers; // for each place
    std::vector<std::size_t> m_kin; // for each place one thing that all who have the same value here share
    std::size_t m_kins = 0;
    int m_best = 0;
};

} // namespace

QString nameOf(SharedFooting::What what)
{
    switch (what) {
    case SharedFooting::What::Domain: return u"domain"_s;
    case SharedFooting::What::Operator: return u"operator"_s;
    case SharedFooting::What::AddressRange: return u"addressRange"_s;
    case SharedFooting::What::Network: return u"network"_s;
    }
    Q_UNREACHABLE();
}

QString registrableDomain(const QString &name)
{
    if (ipAddressFrom(name))
        return name;
    // Names come as people write them and as the domain name system has them.
    const QString ascii = QString::fromLatin1(QUrl::toAce(name));
    const QStringList labels = (ascii.isEmpty() ? name : ascii).toLower().split(u'.', Qt::SkipEmptyParts);
    if (labels.size() <= 2)
        return labels.join(u'.');
    const bool belowCountry = labels.last().size() == 2
        && std::ranges::any_of(kSecondLevel, [&](QStringView label) { return label == labels[labels.size() - 2]; });
    return labels.sliced(labels.size() - (belowCountry ? 3 : 2)).join(u'.');
}

Independence independenceOf(const std::vector<Footing> &chain)
{
    Independence result;
    Search search(chain.size());
    for (const auto &[key, holders] : groundOf(chain)) {
        if (holders.places.size() < 2)
            continue;
        SharedFooting shared{whatIs(key, holders), key.second, {}};
        for (const std::size_t place : holders.places)
            shared.transports.push_back(chain[place].transport);
        search.addSharers(holders.places);
        result.shared.push_back(std::move(shared));
    }
    result.routes = search.most();
    return result;
}

} // namespace planb::delivery
