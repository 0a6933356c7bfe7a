// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/transport/fake_transport.h"

#include <utility>

namespace planb::test {

using namespace Qt::StringLiterals;

FakeTransport::FakeTransport(TransportId id, QString ownAddress) : Transport(id), m_ownAddress(std::move(ownAddress)) {}

FakeTransport::~FakeTransport() = default;

TransportTraits FakeTransport::traits() const
{
    return {TransportKind::Xmpp, m_ownAddress, 30'000, false, true, true};
}

void FakeTransport::enter(LinkState state)
{
    if (m_state == state)
        return;
    m_state = std::move(state);
    Q_EMIT stateChanged(m_state);
}

void FakeTransport::loseOpenAttempts()
{
    for (const AttemptId attempt : std::exchange(m_open, {}))
        Q_EMIT handedOver(attempt, Failure{FailureCode::ConnectionLost, {}, {}});
}

void FakeTransport::start()
{
    ++starts;
    if (m_state.phase == LinkPhase::Off)
        enter({LinkPhase::Connecting, {}, {}, {}});
    if (hooks.started)
        hooks.started();
}

void FakeTransport::stop()
{
    loseOpenAttempts();
    enter({});
}

void FakeTransport::nudge()
{
    ++nudges;
    if (m_state.phase == LinkPhase::Waiting || m_state.phase == LinkPhase::Blocked)
        enter({LinkPhase::Connecting, m_state.failure, {}, {}});
    if (hooks.nudged)
        hooks.nudged();
}

void FakeTransport::probe()
{
    ++probes;
    if (hooks.probed)
        hooks.probed();
}

void FakeTransport::handled(quint64 token, Disposition disposition)
{
    handledTokens.append({token, disposition});
    if (hooks.handled)
        hooks.handled(token, disposition);
}

void FakeTransport::send(AttemptId attempt, const Payload &payload, const Address &to)
{
    sent.append({attempt, payload, to});
    if (m_state.phase != LinkPhase::Ready && m_state.phase != LinkPhase::Suspect) {
        Q_EMIT handedOver(attempt, Failure{FailureCode::NetworkUnreachable, {}, {}});
        return;
    }
    if (payload.text.toUtf8().size() > traits().maxTextBytes) {
        Q_EMIT handedOver(attempt, Failure{FailureCode::MessageTooLarge, {}, {}});
        return;
    }
    m_open.insert(attempt);
    if (hooks.sent)
        hooks.sent(sent.constLast());
}

void FakeTransport::acknowledge(const QList<StreamAck> &acks, const Address &to)
{
    if (m_state.phase != LinkPhase::Ready)
        return;
    sentAcks.append({acks, to});
    if (hooks.acknowledged)
        hooks.acknowledged(sentAcks.constLast());
}

void FakeTransport::becomeReady()
{
    enter({LinkPhase::Ready, {}, {}, Micros(1000)});
}

void FakeTransport::becomeSuspect()
{
    enter({LinkPhase::Suspect, {}, {}, Micros(1000)});
}

void FakeTransport::lose(FailureCode code)
{
    const Failure failure{code, {}, {}};
    const bool blocks = traitsOf(code).blocksLink;
    enter({blocks ? LinkPhase::Blocked : LinkPhase::Waiting,
           failure,
           blocks ? std::nullopt : std::optional(wallFromMillis(1'800'000'000'000)),
           {}});
    loseOpenAttempts();
}

void FakeTransport::accept(AttemptId attempt)
{
    if (m_open.erase(attempt) > 0)
        Q_EMIT handedOver(attempt, {});
}

void FakeTransport::acceptAll()
{
    while (!m_open.empty())
        accept(*m_open.begin());
}

void FakeTransport::refuse(AttemptId attempt, const Failure &failure)
{
    if (m_open.erase(attempt) > 0)
        Q_EMIT handedOver(attempt, failure);
}

quint64 FakeTransport::receive(Incoming incoming)
{
    receiveAll({std::move(incoming)});
    return m_lastToken;
}

void FakeTransport::receiveAll(QList<Incoming> incoming)
{
    for (Incoming &one : incoming)
        one.token = ++m_lastToken;
    Q_EMIT received(incoming);
}

QList<TransportKindInfo> FakeTransportFactory::kinds() const
{
    SettingField jid;
    jid.name = u"jid"_s;
    jid.required = true;
    SettingField password;
    password.name = u"password"_s;
    password.secret = true;
    return {{TransportKind::Xmpp, u"Fake"_s, {jid, password}}};
}

Result<QJsonObject> FakeTransportFactory::checked(TransportKind kind, const QJsonObject &settings) const
{
    if (kind != TransportKind::Xmpp)
        return fail(FailureCode::NotSupported, nameOf(kind));
    for (const QString &name : settings.keys()) {
        if (name != u"jid" && name != u"password")
            return fail(FailureCode::InvalidArgument, name);
    }
    const auto jid = Address::parse(TransportKind::Xmpp, settings.value(u"jid").toString());
    if (!jid)
        return fail(FailureCode::InvalidArgument, u"jid"_s);
    QJsonObject stored = settings;
    stored.insert(u"jid", jid->value);
    return stored;
}

Result<std::unique_ptr<Transport>> FakeTransportFactory::create(const TransportConfig &config,
                                                                const QString &deviceName)
{
    auto transport = std::make_unique<FakeTransport>(config.id, config.settings.value(u"jid").toString());
    made.append(transport.get());
    deviceNames.append(deviceName);
    return Result<std::unique_ptr<Transport>>(std::move(transport));
}

} // namespace planb::test
