// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/recorded_talk.h"

#include "core/crypto/body.h"
#include "core/crypto/safety_number.h"

namespace planb::test {

using namespace Qt::StringLiterals;

namespace {

// Where in the record of a set the secret of its first session's ratchet key is.
constexpr std::size_t kRatchetSecretAt = 81 + 163 + 7 * 32;

QString hex(ByteView bytes)
{
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())).toHex());
}

QJsonArray keysOf(const std::vector<Prekeys::Prekey> &keys)
{
    QJsonArray out;
    for (const Prekeys::Prekey &key : keys) {
        out.append(QJsonObject{{u"id"_s, hex(key.id.view())},
                               {u"public"_s, hex(key.pair.publicKey.view())},
                               {u"secret"_s, hex(key.pair.secret.view())}});
    }
    return out;
}

QJsonObject partyOf(const Party &party, const QString &link)
{
    return {{u"link"_s, link},
            {u"exchangeSecret"_s, hex(party.device.exchangeSecret())},
            {u"prekeys"_s, keysOf(party.prekeys.signedPrekeys())},
            {u"oneTimeKeys"_s, keysOf(party.prekeys.oneTimeKeys())}};
}

} // namespace

QJsonObject RecordedTalk::record(int steps)
{
    const OneTimeOffer offer = offerOf(m_bob.device, m_bob.prekeys.addOneTimeKey(kNow));
    QJsonObject out{{u"safetyNumber"_s, safetyNumberOf(m_alice.identity.publicKey, m_bob.identity.publicKey)},
                    {u"alice"_s, partyOf(m_alice, linkOf({m_alice.encodedCard()}))},
                    {u"bob"_s, partyOf(m_bob, linkOf({m_bob.encodedCard(), offer}))}};
    // Alice was invited with a one-time key; Bob begins by himself at the same time.
    m_a.sessions() =
        m_a.sessions().withNewSession(m_alice.device, targetOf(m_bob.entry(), offer), kNow - Millis(7)).value();
    say(false);
    say(true);
    for (int step = 0; step < steps; ++step) {
        if (below(2) == 0)
            say(below(2) == 0);
        else
            hear(below(3) == 0 ? below(m_said.size()) : m_said.size() - 1);
        if (step == steps / 2)
            m_b.beginAnew();
    }
    for (std::size_t i = m_said.size() / 2; i < m_said.size(); ++i)
        hear(i);
    out.insert(u"events"_s, m_events);
    return out;
}

void RecordedTalk::say(bool isBob)
{
    Body body;
    body.kind = BodyKind::Text;
    body.text = u"message %1 "_s.arg(m_said.size()) + QString(static_cast<qsizetype>(below(10) == 0 ? 300 : 3), u'가');
    const QByteArray bytes = talker(isBob).say(encodeBody(body).value());
    const SecretBytes state = talker(isBob).sessions().toBytes();
    m_said.push_back({bytes, isBob, m_events.size()});
    m_events.append(QJsonObject{{u"say"_s, isBob ? u"bob"_s : u"alice"_s},
                                {u"bytes"_s, hex(viewOf(bytes))},
                                {u"text"_s, body.text},
                                {u"ratchetSecret"_s, hex(state.view().subspan(kRatchetSecretAt, kKeyBytes))}});
}

void RecordedTalk::hear(std::size_t index)
{
    const Said &said = m_said[index];
    const auto content = talker(!said.isBob).hear(said.bytes);
    m_events.append(QJsonObject{{u"hear"_s, said.event},
                                {u"opens"_s, content ? QJsonValue(true) : QJsonValue(nameOf(content.error()))}});
}

} // namespace planb::test
