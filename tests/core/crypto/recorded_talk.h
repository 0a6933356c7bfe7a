// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/crypto/party.h"

#include "core/base/random.h"

#include <QJsonArray>
#include <QJsonObject>

namespace planb::test {

/// A conversation with loss and reordering in which both begin at once, written down with all the secrets that somebody
/// needs who wants to open it with another implementation. The same from the same seed while a SeededSodium lives.
///
///     {"safetyNumber": …, "alice": {party}, "bob": {party},
///      "events": [{"say": "alice", "bytes": …, "text": …, "ratchetSecret": …}, {"hear": index of a say, "opens": …}, …]}
///
/// "opens" is true or the name of the refusal; ratchet secrets are those of the session that was used.
class RecordedTalk
{
public:
    explicit RecordedTalk(std::uint64_t seed) : m_random(seed) {}

    QJsonObject record(int steps);

private:
    void say(bool isBob);
    void hear(std::size_t index);
    Talker &talker(bool isBob) { return isBob ? m_b : m_a; }
    std::uint64_t below(std::uint64_t bound) { return m_random.next() % bound; }

    struct Said {
        QByteArray bytes;
        bool isBob;
        qsizetype event;
    };

    SeededRandom m_random;
    Party m_alice;
    Party m_bob;
    Talker m_a{m_alice, m_bob};
    Talker m_b{m_bob, m_alice};
    std::vector<Said> m_said;
    QJsonArray m_events;
};

} // namespace planb::test
