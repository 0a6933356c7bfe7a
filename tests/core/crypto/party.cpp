// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/party.h"

namespace planb::test {

using namespace Qt::StringLiterals;

Prekeys Party::freshPrekeys()
{
    Prekeys keys;
    EXPECT_TRUE(keys.rotate(kNow));
    return keys;
}

Card Party::card(quint64 sequence) const
{
    return {identity.publicKey,           u"Alice"_s, sequence, kNow,
            kNow + std::chrono::days(90), {entry()},  {},       {{u"xmpp"_s, u"alice@example.org"_s, 0, {}, {}}}};
}

QByteArray Talker::say(const QByteArray &content)
{
    if (!m_sessions.canSeal())
        beginAnew();
    auto sealed = m_sessions.seal(content, now).value();
    m_sessions = std::move(sealed.next);
    return sealed.envelope;
}

void Talker::beginAnew()
{
    m_sessions = m_sessions.withNewSession(m_self.device, m_peer.target(), now).value();
}

Judged<QByteArray> Talker::hear(const QByteArray &bytes)
{
    const auto envelope = parseEnvelope(bytes);
    if (!envelope)
        return refuse(envelope.error());
    auto opened = m_sessions.open(*envelope, now);
    if (!opened && opened.error() == Refusal::NoSession && envelope->greeting) {
        const auto greeting = readGreeting(m_self.device, *envelope);
        if (!greeting)
            return refuse(greeting.error());
        opened = m_sessions.accept(m_self.device, m_self.prekeys, *greeting, *envelope, now);
    }
    if (!opened)
        return refuse(opened.error());
    m_sessions = std::move(opened->next);
    m_self.prekeys.forgetOneTimeKey(opened->usedOneTimeKey);
    return opened->content;
}

QByteArray Talker::heard(const QByteArray &envelope)
{
    auto content = hear(envelope);
    EXPECT_TRUE(content) << nameOf(content ? Refusal::Malformed : content.error()).toStdString();
    return content ? *content : QByteArray();
}

} // namespace planb::test
