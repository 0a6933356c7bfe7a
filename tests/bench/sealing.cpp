// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/parts.h"

#include "core/crypto/session_set.h"

#include <QJsonObject>

#include <sodium.h>

#include <algorithm>
#include <chrono>
#include <cmath>

using namespace Qt::StringLiterals;

namespace planb::bench {

using test::Outcome;
using test::trouble;

namespace {

constexpr WallTime kNow = wallFromMillis(1'700'000'000'000);
constexpr qsizetype kContentBytes = 255; // the most that the smallest envelope holds
constexpr int kSetUps = 300;

/// Of single calls, in microseconds: finer than what the other parts count in.
class Costs
{
public:
    template<class Call>
    bool measure(const Call &call)
    {
        const auto from = std::chrono::steady_clock::now();
        const bool isGood = call();
        m_costs.append(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - from).count());
        return isGood;
    }
    double percentile(double share) const
    {
        QList<double> sorted = m_costs;
        std::sort(sorted.begin(), sorted.end());
        const auto rank = static_cast<qsizetype>(std::ceil(share * double(sorted.size()))) - 1;
        return sorted.isEmpty() ? 0 : std::round(sorted.at(std::max<qsizetype>(rank, 0)) * 10) / 10;
    }
    QJsonObject toJson() const
    {
        return {{u"count"_s, m_costs.size()}, {u"p50Us"_s, percentile(0.5)}, {u"p99Us"_s, percentile(0.99)}};
    }
    QString toText() const { return u"p50 %1 µs, p99 %2 µs"_s.arg(percentile(0.5)).arg(percentile(0.99)); }

private:
    QList<double> m_costs;
};

struct Side {
    IdentityPair identity = makeIdentityPair();
    OwnDevice device = OwnDevice::make(identity, randomFixed<DeviceId>(), 1);
    Prekeys prekeys;

    Side() { prekeys.rotate(kNow); }
    SessionTarget target() const { return targetOf(cardEntryOf(device, prekeys.current(), kNow)); }
    SessionSet talkingTo(const Side &other) const
    {
        return {other.identity.publicKey, other.device.publicPart().signing};
    }
};

bool carry(SessionSet &from, SessionSet &to, const QByteArray &content)
{
    auto sealed = from.seal(content, kNow);
    if (!sealed)
        return false;
    from = std::move(sealed->next);
    const auto envelope = parseEnvelope(sealed->envelope);
    if (!envelope)
        return false;
    auto opened = to.open(*envelope, kNow);
    if (!opened || opened->content != content)
        return false;
    to = std::move(opened->next);
    return true;
}

/// From two cards to the first message read: what both sides do once for each other.
bool setUp(const Side &alice, const Side &bob, SessionSet &a, SessionSet &b, const QByteArray &content)
{
    const auto begun = alice.talkingTo(bob).withNewSession(alice.device, bob.target(), kNow);
    auto sealed = begun ? begun->seal(content, kNow) : refuse(begun.error());
    if (!sealed)
        return false;
    const auto envelope = parseEnvelope(sealed->envelope);
    const auto greeting = envelope ? readGreeting(bob.device, *envelope) : refuse(envelope.error());
    if (!greeting)
        return false;
    auto opened = bob.talkingTo(alice).accept(bob.device, bob.prekeys, *greeting, *envelope, kNow);
    if (!opened)
        return false;
    a = std::move(sealed->next);
    b = std::move(opened->next);
    return true;
}

bool sealRaw(const SecretBytes &key, const QByteArray &content)
{
    const auto raw = [](const auto *data) { return reinterpret_cast<const unsigned char *>(data); };
    std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES> nonce{};
    std::array<unsigned char, kContentBytes + crypto_aead_xchacha20poly1305_ietf_ABYTES> sealed{};
    std::array<unsigned char, kContentBytes> opened{};
    randombytes_buf(nonce.data(), nonce.size());
    const auto length = static_cast<unsigned long long>(content.size());
    return crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data(), nullptr, raw(content.constData()), length, nullptr,
                                                      0, nullptr, nonce.data(), raw(key.view().data()))
        == 0
        && crypto_aead_xchacha20poly1305_ietf_decrypt(opened.data(), nullptr, nullptr, sealed.data(), sealed.size(),
                                                      nullptr, 0, nonce.data(), raw(key.view().data()))
        == 0;
}

} // namespace

Outcome<Finding> measureSealing(int messages)
{
    const Side alice;
    const Side bob;
    SessionSet a = alice.talkingTo(bob);
    SessionSet b = bob.talkingTo(alice);
    const QByteArray content(kContentBytes, 'x');
    const SecretBytes key = SecretBytes::random(kKeyBytes).value();
    Costs begin;
    Costs stream;
    Costs turns;
    Costs raw;
    bool isGood = true;
    for (int i = 0; i < kSetUps; ++i)
        isGood = isGood && begin.measure([&] { return setUp(alice, bob, a, b, content); });
    isGood = isGood && carry(b, a, content); // the answer, after which no greeting is needed
    isGood = isGood && carry(a, b, content);
    for (int i = 0; i < messages; ++i) {
        // In turn, so that all of them share whatever else the computer does.
        isGood = isGood && stream.measure([&] { return carry(a, b, content); });
        isGood = isGood && raw.measure([&] { return sealRaw(key, content); });
    }
    for (int i = 0; i < messages; ++i)
        isGood = isGood && turns.measure([&] { return i % 2 == 0 ? carry(b, a, content) : carry(a, b, content); });
    if (!isGood)
        return trouble(u"A message was not sealed or not opened."_s);
    return Finding{{{u"contentBytes"_s, kContentBytes},
                    {u"message"_s, stream.toJson()},
                    {u"messageWithNewKeys"_s, turns.toJson()},
                    {u"rawCipher"_s, raw.toJson()},
                    {u"setUp"_s, begin.toJson()}},
                   {u"sealing and opening %1 bytes: %2"_s.arg(kContentBytes).arg(stream.toText()),
                    u"… with new keys each time, as in a talk: %1"_s.arg(turns.toText()),
                    u"… with nothing but the cipher: %1"_s.arg(raw.toText()),
                    u"beginning a session, both sides: %1"_s.arg(begin.toText())}};
}

} // namespace planb::bench
