// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/encode_people.h"

#include "core/rpc/encode.h"

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

QJsonObject toJson(const ListedPerson &listed)
{
    return {{u"transportId"_s, listed.transport.toString()},
            {u"name"_s, listed.entry.name},
            {u"subscription"_s, planb::nameOf(listed.entry.subscription)},
            {u"asked"_s, listed.entry.isAsked}};
}

QJsonValue pictureOf(const Person &person)
{
    if (person.avatarHash.isEmpty())
        return QJsonValue::Null;
    return QJsonObject{{u"hash"_s, person.avatarHash}, {u"type"_s, person.avatarType}};
}

} // namespace

QJsonObject toJson(const PersonStatus &person)
{
    QJsonArray lists;
    for (const ListedPerson &listed : person.lists)
        lists.append(toJson(listed));
    QJsonObject json = toJson(person.person.address);
    json.insert(u"mixedScripts"_s, person.person.address.mixesLookAlikes());
    json.insert(u"nickname"_s, person.person.nickname);
    json.insert(u"availability"_s, planb::nameOf(person.availability));
    json.insert(u"activeAt"_s, toJson(person.person.activeAt));
    json.insert(u"avatar"_s, pictureOf(person.person));
    json.insert(u"blocked"_s, person.person.isBlocked);
    json.insert(u"lists"_s, lists);
    return json;
}

QJsonObject toJson(const PresenceRequest &request)
{
    QJsonObject json = toJson(request.from);
    json.insert(u"transportId"_s, request.transport.toString());
    json.insert(u"mixedScripts"_s, request.from.mixesLookAlikes());
    json.insert(u"nickname"_s, request.nickname);
    json.insert(u"words"_s, request.words);
    json.insert(u"askedAt"_s, toMillis(request.askedAt));
    return json;
}

QJsonArray peopleToJson(const QList<PersonStatus> &people)
{
    QJsonArray json;
    for (const PersonStatus &person : people)
        json.append(toJson(person));
    return json;
}

QJsonArray requestsToJson(const QList<PresenceRequest> &requests)
{
    QJsonArray json;
    for (const PresenceRequest &request : requests)
        json.append(toJson(request));
    return json;
}

QJsonObject toJson(const Avatar &avatar)
{
    return {{u"hash"_s, avatar.hash},
            {u"type"_s, avatar.type},
            {u"base64"_s, QString::fromLatin1(avatar.bytes.toBase64())}};
}

} // namespace planb::rpc
