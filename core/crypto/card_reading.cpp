// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cbor.h"
#include "core/crypto/card.h"
#include "core/crypto/card_form.h"
#include "core/crypto/cbor_fields.h"

#include <QCborArray>
#include <QCborMap>

namespace planb {

namespace {

using namespace Qt::StringLiterals;
using namespace cardform;

constexpr quint64 kMax32 = 0xFFFFFFFFU;

Unexpected<Failure> refuse(const QString &why)
{
    return fail(FailureCode::ProtocolError, u"card: "_s + why);
}

std::optional<WallTime> timeIn(const QCborValue &value)
{
    const auto number = numberIn(value, kMaxWireNumber);
    return number ? std::optional(wallFromMillis(static_cast<qint64>(*number))) : std::nullopt;
}

std::optional<CardDevice> deviceIn(const QCborValue &value, const IdentityKey &identity)
{
    const QCborArray fields = value.toArray();
    const auto id = fixedIn<DeviceId>(fields.at(0));
    const auto incarnation = numberIn(fields.at(1), kMax32);
    const auto signing = fixedIn<DeviceKey>(fields.at(2));
    const auto exchange = fixedIn<ExchangeKey>(fields.at(3));
    const auto suites = numbersIn(fields.at(4), kMaxSuites, kMax32);
    const auto certificate = fixedIn<Signature>(fields.at(5));
    const auto prekeyId = fixedIn<PrekeyId>(fields.at(6));
    const auto prekey = fixedIn<ExchangeKey>(fields.at(7));
    const auto createdAt = timeIn(fields.at(8));
    const auto addedAt = timeIn(fields.at(9));
    const auto signature = fixedIn<Signature>(fields.at(10));
    if (fields.size() != kDeviceFields || !id || !incarnation || !signing || !exchange || !suites || !certificate
        || !prekeyId || !prekey || !createdAt || !addedAt || !signature)
        return {};
    return CardDevice{{identity, *id, static_cast<quint32>(*incarnation), *signing, *exchange, *suites, *certificate},
                      *prekeyId,
                      *prekey,
                      *createdAt,
                      *addedAt,
                      *signature};
}

std::optional<RemovedDevice> removedIn(const QCborValue &value)
{
    const QCborArray fields = value.toArray();
    const auto id = fixedIn<DeviceId>(fields.at(0));
    const auto sequence = numberIn(fields.at(1), kMaxWireNumber);
    if (fields.size() != 2 || !id || !sequence)
        return {};
    return RemovedDevice{*id, *sequence};
}

std::optional<CardRoute> routeIn(const QCborValue &value)
{
    const QCborArray fields = value.toArray();
    const auto kind = lineIn(fields.at(0), kMaxKindLength);
    const auto address = lineIn(fields.at(1), Card::kMaxAddressBytes);
    const auto tier = numberIn(fields.at(2), 255);
    const auto from = timeIn(fields.at(3));
    const auto until = timeIn(fields.at(4));
    if (fields.size() != kRouteFields || !kind || !address || !tier || !from || !until)
        return {};
    // Zero says that there is no bound.
    const auto bound = [](WallTime time) { return time == WallTime() ? std::nullopt : std::optional(time); };
    return CardRoute{*kind, *address, static_cast<quint8>(*tier), bound(*from), bound(*until)};
}

// An absent list is an empty one, which has no other form.
template<class Read>
bool readList(const QCborMap &map, Key key, qsizetype max, const Read &read)
{
    const QCborValue value = map.value(static_cast<qint64>(key));
    const QCborArray list = value.toArray();
    if (value.isUndefined())
        return true;
    if (list.isEmpty() || list.size() > max)
        return false;
    for (const auto &element : list) {
        if (!read(element))
            return false;
    }
    return true;
}

template<class T>
bool keep(QList<T> &list, const std::optional<T> &read)
{
    if (read)
        list.append(*read);
    return read.has_value();
}

Result<Card> cardIn(const QCborMap &map)
{
    for (const auto &[key, value] : map) {
        const auto number = numberIn(key, kMaxWireNumber);
        if (!number || *number == 0)
            return refuse(u"a key that there is not"_s);
        if (*number > Routes && *number < FirstIgnorable)
            return fail(FailureCode::NotOffered, u"the card is of a later version"_s);
    }
    const auto at = [&map](Key key) { return map.value(static_cast<qint64>(key)); };
    const auto identity = fixedIn<IdentityKey>(at(Identity));
    const auto name = at(Name).isUndefined() ? QString() : lineIn(at(Name), Card::kMaxNameBytes);
    const auto sequence = numberIn(at(Sequence), kMaxWireNumber);
    const auto createdAt = timeIn(at(Created));
    const auto expiresAt = timeIn(at(Expires));
    if (!identity || !name || !sequence || !createdAt || !expiresAt || (name->isEmpty() && !at(Name).isUndefined()))
        return refuse(u"a field is missing or wrong"_s);
    Card card{*identity, *name, *sequence, *createdAt, *expiresAt, {}};
    const bool areListsSound = readList(map, Devices, Card::kMaxDevices,
                                        [&](const QCborValue &v) { return keep(card.devices, deviceIn(v, *identity)); })
        && readList(map, Removed, Card::kMaxRemoved,
                    [&card](const QCborValue &v) { return keep(card.removed, removedIn(v)); })
        && readList(map, Routes, Card::kMaxRoutes,
                    [&card](const QCborValue &v) { return keep(card.routes, routeIn(v)); });
    if (!areListsSound)
        return refuse(u"a list is too long, or an entry in it wrong"_s);
    return card;
}

} // namespace

Result<Card> parseCard(QByteArrayView bytes)
{
    const auto outer = parseCbor(bytes, {Card::kMaxBytes, 1, 8, Card::kMaxBytes});
    if (!outer)
        return fail(outer.error());
    const QCborArray fields = outer->toArray();
    const auto version = numberIn(fields.at(0), kMaxWireNumber);
    if (version && *version > kVersion)
        return fail(FailureCode::NotOffered, u"the card is of a later version"_s);
    const auto payload = bytesIn(fields.at(1), Card::kMaxBytes);
    const auto signature = fixedIn<Signature>(fields.at(2));
    if (version != kVersion || fields.size() != 3 || !payload || !signature)
        return refuse(u"it is none"_s);
    const auto inner = parseCbor(*payload, {Card::kMaxBytes, 4, 512, Card::kMaxBytes});
    if (!inner)
        return fail(inner.error());
    if (!inner->isMap())
        return refuse(u"no map"_s);
    auto card = cardIn(inner->toMap());
    if (!card)
        return card;
    if (!isSigned(card->identity, Label::SignCard, *payload, *signature))
        return refuse(u"the signature is wrong"_s);
    if (const QString fault = faultOf(*card); !fault.isEmpty())
        return refuse(fault);
    return card;
}

Result<CardNews> compareCards(QByteArrayView known, QByteArrayView offered)
{
    const auto before = parseCard(known);
    const auto after = parseCard(offered);
    if (!before || !after)
        return fail(before ? after.error() : before.error());
    if (before->identity != after->identity)
        return CardNews::OtherIdentity;
    if (before->sequence != after->sequence)
        return after->sequence > before->sequence ? CardNews::Newer : CardNews::Older;
    return known == offered ? CardNews::Same : CardNews::Contradiction;
}

} // namespace planb
