// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/party.h"
#include "tests/core/crypto/seeded_sodium.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace planb;
using test::kNow;
using test::Party;
using test::Talker;

namespace {

// Where in the record of a set with one session its counters and its public ratchet key are.
constexpr std::size_t kCountersAt = 154;
constexpr std::size_t kCounterBytes = 8; // sent and previous
constexpr std::size_t kRatchetAt = 180;
constexpr std::size_t kControlled = kCounterBytes + 32;

/// Two who have talked in both directions, with some messages missing.
struct Scene {
    Party alice;
    Party bob;
    Talker a{alice, bob};
    Talker b{bob, alice};

    Scene()
    {
        b.heard(a.say("one"));
        a.heard(b.say("two"));
        const QByteArray lost = a.say("lost");
        b.heard(a.say("three"));
        a.heard(b.say("four"));
        b.heard(a.say("five"));
    }
};

void require(bool isTrue)
{
    if (!isTrue)
        std::abort();
}

/// What the one who has the session may do with its state changed in any way: header numbers and key of its choice.
SessionSet hostile(const SessionSet &set, const std::uint8_t *data)
{
    SecretBytes bytes = set.toBytes();
    const auto chosen = std::as_bytes(std::span(data, kControlled));
    const auto to = bytes.bytes().begin();
    std::copy_n(chosen.begin(), kCounterBytes, to + kCountersAt);
    std::copy_n(chosen.begin() + kCounterBytes, 32, to + kRatchetAt);
    return SessionSet::fromBytes(bytes.view()).value();
}

} // namespace

// A live session takes whatever comes, from strangers and from the other side, without a change if it does not open.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static test::SeededSodium seeded(1);
    static Scene scene;
    const SessionSet &receiver = scene.b.sessions();
    const SecretBytes before = receiver.toBytes();
    if (const auto envelope = parseEnvelope({data, static_cast<qsizetype>(size)}))
        require(!receiver.open(*envelope, kNow));
    if (size >= kControlled) {
        const auto sealed = hostile(scene.a.sessions(), data).seal("hostile", kNow);
        const auto opened = sealed ? receiver.open(test::parsed(sealed->envelope), kNow)
                                   : Judged<SessionSet::Opened>(refuse(sealed.error()));
        if (opened) {
            require(opened->content == "hostile");
            require(opened->next.skippedKeys() <= SkippedKeys::kMaxCount);
            require(opened->next.skippedKeys() <= receiver.skippedKeys() + qsizetype{Session::kMaxSkip});
        }
    }
    require(receiver.toBytes() == before);
    return 0;
}
