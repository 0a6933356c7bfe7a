// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/session_set.h"

#include "core/crypto/cbor_fields.h"
#include "core/crypto/secret_record.h"

#include <algorithm>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

constexpr quint8 kRecordVersion = 1;

bool isPreferred(const Session &one, const Session &other)
{
    return one.order() != other.order() ? one.order() > other.order() : one.ephemeral() < other.ephemeral();
}

} // namespace

std::vector<ExchangeKey> SessionSet::sessionNames() const
{
    std::vector<ExchangeKey> names;
    for (const Entry &entry : m_sessions)
        names.push_back(entry.session->ephemeral());
    return names;
}

qsizetype SessionSet::skippedKeys() const
{
    qsizetype count = 0;
    for (const Entry &entry : m_sessions)
        count += entry.session->skippedKeys();
    return count;
}

Judged<SessionSet> SessionSet::withNewSession(const OwnDevice &self, const SessionTarget &target, WallTime now) const
{
    if (target.device.identity != m_identity || target.device.signing != m_device)
        return refuse(Refusal::NotAuthentic);
    const quint64 least = canSeal() ? m_sessions.front().session->order() + 1 : 1;
    const auto time = static_cast<quint64>(std::max<qint64>(toMillis(now), 1));
    auto session = Session::begin(self, target, std::min(std::max(least, time), kMaxWireNumber));
    if (!session)
        return refuse(session.error());
    SessionSet next = *this;
    next.add(*std::move(session), now);
    return next;
}

Judged<SessionSet::Sealed> SessionSet::seal(QByteArrayView content, WallTime now) const
{
    if (!canSeal())
        return refuse(Refusal::Exhausted);
    auto sealed = m_sessions.front().session->seal(content);
    if (!sealed)
        return refuse(sealed.error());
    Sealed done{*this, std::move(sealed->envelope)};
    done.next.replace(0, std::move(sealed->next), now);
    return done;
}

Judged<SessionSet::Opened> SessionSet::open(const Envelope &envelope, WallTime now) const
{
    for (std::size_t index = 0; index < m_sessions.size(); ++index) {
        const Session &session = *m_sessions[index].session;
        if (envelope.greeting && envelope.greeting->ephemeral != session.ephemeral())
            continue;
        auto opened = session.open(envelope);
        if (!opened && opened.error() == Refusal::NoSession)
            continue;
        if (!opened)
            return refuse(opened.error());
        Opened done{*this, std::move(opened->content), {}};
        done.next.replace(index, std::move(opened->next), now);
        return done;
    }
    const bool isReplayed = envelope.greeting && remembers(envelope.greeting->ephemeral);
    return refuse(isReplayed ? Refusal::Replayed : Refusal::NoSession);
}

Judged<SessionSet::Opened> SessionSet::accept(const OwnDevice &self, const Prekeys &prekeys, const Greeting &greeting,
                                              const Envelope &envelope, WallTime now) const
{
    if (!envelope.greeting)
        return refuse(Refusal::NoSession);
    if (remembers(envelope.greeting->ephemeral))
        return open(envelope, now);
    if (greeting.author.identity != m_identity || greeting.author.signing != m_device)
        return refuse(Refusal::NotAuthentic);
    const auto session = Session::answer(self, prekeys, greeting, *envelope.greeting, now);
    if (!session)
        return refuse(session.error());
    auto opened = session->open(envelope);
    // Nothing but the message shows that the author has the keys that the greeting only names.
    if (!opened)
        return refuse(opened.error() == Refusal::NoSession ? Refusal::NotAuthentic : opened.error());
    Opened done{*this, std::move(opened->content), envelope.greeting->oneTime};
    done.next.add(std::move(opened->next), now);
    return done;
}

void SessionSet::add(Session session, WallTime now)
{
    if (m_greetings.size() >= kMaxRemembered)
        m_greetings.erase(m_greetings.begin());
    m_greetings.push_back(session.ephemeral());
    const auto place = std::find_if(m_sessions.begin(), m_sessions.end(),
                                    [&session](const Entry &entry) { return isPreferred(session, *entry.session); });
    m_sessions.insert(place, {std::make_shared<const Session>(std::move(session)), now});
    dropOld(now);
    if (m_sessions.size() > kMaxSessions)
        m_sessions.pop_back();
}

void SessionSet::replace(std::size_t index, Session session, WallTime now)
{
    m_sessions[index] = {std::make_shared<const Session>(std::move(session)), now};
    dropOld(now);
}

void SessionSet::dropOld(WallTime now)
{
    if (m_sessions.size() < 2)
        return;
    const auto isOld = [now](const Entry &entry) { return now - entry.usedAt > kArchiveLife; };
    m_sessions.erase(std::remove_if(m_sessions.begin() + 1, m_sessions.end(), isOld), m_sessions.end());
}

bool SessionSet::remembers(const ExchangeKey &ephemeral) const
{
    return std::find(m_greetings.begin(), m_greetings.end(), ephemeral) != m_greetings.end();
}

SecretBytes SessionSet::toBytes() const
{
    std::vector<SecretBytes> sessions;
    qsizetype size = 1 + 32 + 32 + 4 + 4 + 32 * static_cast<qsizetype>(m_greetings.size());
    for (const Entry &entry : m_sessions) {
        sessions.push_back(entry.session->toBytes());
        size += 8 + 4 + sessions.back().size();
    }
    SecretRecordWriter out(size);
    out.number8(kRecordVersion);
    out.fixed(m_identity.view());
    out.fixed(m_device.view());
    out.number32(static_cast<quint32>(m_sessions.size()));
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        out.number64(static_cast<quint64>(toMillis(m_sessions[i].usedAt)));
        out.varied(sessions[i].view());
    }
    out.number32(static_cast<quint32>(m_greetings.size()));
    for (const ExchangeKey &ephemeral : m_greetings)
        out.fixed(ephemeral.view());
    return out.take();
}

Result<SessionSet> SessionSet::fromBytes(ByteView bytes)
{
    SecretRecordReader in(bytes);
    const bool isKnown = in.number8() == kRecordVersion;
    const auto identity = in.key<IdentityKey>();
    const auto device = in.key<DeviceKey>();
    SessionSet set(identity, device);
    const quint32 sessions = in.number32();
    for (quint32 left = sessions; left > 0 && in.isSound(); --left) {
        const WallTime usedAt = wallFromMillis(static_cast<qint64>(in.number64()));
        auto session = Session::fromBytes(in.varied());
        if (!session)
            return fail(session.error());
        set.m_sessions.push_back({std::make_shared<const Session>(*std::move(session)), usedAt});
    }
    for (quint32 left = in.number32(); left > 0 && in.isSound(); --left)
        set.m_greetings.push_back(in.key<ExchangeKey>());
    if (!isKnown || !in.isAtEnd() || sessions > kMaxSessions || set.m_greetings.size() > kMaxRemembered)
        return fail(FailureCode::StoreCorrupt, u"the stored sessions are not what was stored"_s);
    return set;
}

} // namespace planb
