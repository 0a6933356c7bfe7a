// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/profile_description.h"

#include <QJsonDocument>

#include <algorithm>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kFormat = 1;
constexpr auto kCreating = "creating"_L1;
constexpr auto kReady = "ready"_L1;

bool isProfileId(const QString &text)
{
    const auto isDigit = [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); };
    return text.size() == 32 && std::all_of(text.begin(), text.end(), isDigit);
}

Unexpected<Failure> damaged(const QString &detail)
{
    return fail(FailureCode::ProfileDamaged, u"profile.json: "_s + detail);
}

} // namespace

QByteArray ProfileDescription::toJson() const
{
    QJsonObject json{{u"format"_s, kFormat},
                     {u"id"_s, id},
                     {u"state"_s, state == State::Ready ? kReady : kCreating},
                     {u"keyStorage"_s, nameOf(keyStorage)}};
    if (keyStorage == KeyStorage::Passphrase)
        json.insert(u"wrappedKey"_s, wrappedKey);
    return QJsonDocument(json).toJson();
}

Result<ProfileDescription> ProfileDescription::parse(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError)
        return damaged(error.errorString());
    const qint64 format = object.value(u"format"_s).toInteger(-1);
    if (format > kFormat)
        return fail(FailureCode::StoreTooNew, u"profile.json has format %1"_s.arg(format));
    if (format != kFormat)
        return damaged(u"no known format"_s);

    ProfileDescription description;
    description.id = object.value(u"id"_s).toString();
    const QString state = object.value(u"state"_s).toString();
    const auto storage = keyStorageFromName(object.value(u"keyStorage"_s).toString());
    if (!isProfileId(description.id) || !storage || (state != kReady && state != kCreating))
        return damaged(u"a field is missing or unknown"_s);
    description.state = state == kReady ? State::Ready : State::Creating;
    description.keyStorage = *storage;
    description.wrappedKey = object.value(u"wrappedKey"_s).toObject();
    return description;
}

} // namespace planb
