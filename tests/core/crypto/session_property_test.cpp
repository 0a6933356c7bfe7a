// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/party.h"

#include "core/base/random.h"

#include <map>
#include <set>

namespace planb {
namespace {

using test::Party;
using test::Talker;

/// Two people and a network that loses, repeats, delays and changes what they send. What was said is kept beside it, so
/// each envelope is opened at most once and only to what was said.
class Script
{
public:
    explicit Script(std::uint64_t seed) : m_random(seed) {}

    void run(int steps)
    {
        for (int step = 0; step < steps && !::testing::Test::HasFailure(); ++step)
            act();
        deliverTheRest();
    }
    std::size_t opened() const { return m_opened; }

private:
    struct Flying {
        QByteArray bytes;
        QByteArray content;
        bool toBob;
    };

    std::uint64_t below(std::uint64_t bound) { return m_random.next() % bound; }
    Talker &talker(bool isBob) { return isBob ? m_b : m_a; }

    void act()
    {
        switch (below(12)) {
        case 0:
        case 1:
        case 2:
        case 3: speak(below(2) == 0); break;
        case 4:
        case 5:
        case 6:
        case 7: deliver(); break;
        case 8: lose(); break;
        case 9: damage(); break;
        case 10: talker(below(2) == 0).reload(); break;
        default: now(); break;
        }
    }
    void now()
    {
        const bool isBob = below(2) == 0;
        talker(isBob).now += Millis(static_cast<qint64>(below(1'000)));
        if (below(20) == 0)
            talker(isBob).beginAnew();
    }
    void speak(bool isBob)
    {
        const QByteArray content = QByteArray::number(static_cast<qlonglong>(++m_said))
            + QByteArray(qsizetype(below(600)), 'x');
        m_flying.push_back({talker(isBob).say(content), content, !isBob});
    }
    std::size_t any() { return static_cast<std::size_t>(below(m_flying.size())); }

    void deliver()
    {
        if (m_flying.empty())
            return;
        // Mostly in order, as networks are.
        const std::size_t at = below(3) == 0 ? any() : 0;
        const Flying flying = m_flying[at];
        if (below(5) != 0)
            m_flying.erase(m_flying.begin() + static_cast<std::ptrdiff_t>(at));
        hear(flying);
    }
    void hear(const Flying &flying)
    {
        const auto content = talker(flying.toBob).hear(flying.bytes);
        const bool isNew = m_heard.insert(flying.content).second;
        if (!isNew) {
            EXPECT_FALSE(content) << "opened twice";
            return;
        }
        // Sessions that were pushed out by newer ones, or chains that are too old, take what is under way with them.
        if (content) {
            EXPECT_EQ(*content, flying.content);
            ++m_opened;
        } else {
            EXPECT_TRUE(content.error() == Refusal::NoSession || content.error() == Refusal::Replayed)
                << nameOf(content.error()).toStdString();
        }
    }
    void lose()
    {
        if (!m_flying.empty())
            m_flying.erase(m_flying.begin() + static_cast<std::ptrdiff_t>(any()));
    }
    void damage()
    {
        if (m_flying.empty())
            return;
        const Flying &flying = m_flying[any()];
        QByteArray bytes = flying.bytes;
        const auto at = static_cast<qsizetype>(below(static_cast<std::uint64_t>(bytes.size())));
        bytes[at] = static_cast<char>(static_cast<unsigned>(bytes.at(at)) ^ (1U << below(8)));
        Talker &receiver = talker(flying.toBob);
        const SecretBytes before = receiver.sessions().toBytes();
        EXPECT_FALSE(receiver.hear(bytes)) << "byte " << at;
        EXPECT_TRUE(receiver.sessions().toBytes() == before);
    }
    void deliverTheRest()
    {
        while (!m_flying.empty() && !::testing::Test::HasFailure()) {
            const Flying flying = m_flying.front();
            m_flying.erase(m_flying.begin());
            hear(flying);
        }
        // After all that, they understand each other.
        for (const bool isBob : {false, true, false}) {
            const QByteArray bytes = talker(isBob).say("end");
            EXPECT_EQ(talker(!isBob).heard(bytes), "end");
        }
        EXPECT_EQ(m_a.sessions().sessionNames().front(), m_b.sessions().sessionNames().front());
        EXPECT_LE(m_a.sessions().sessionNames().size(), SessionSet::kMaxSessions);
    }

    SeededRandom m_random;
    Party m_alice;
    Party m_bob;
    Talker m_a{m_alice, m_bob};
    Talker m_b{m_bob, m_alice};
    std::vector<Flying> m_flying;
    std::set<QByteArray> m_heard;
    qint64 m_said = 0;
    std::size_t m_opened = 0;
};

TEST(SessionProperty, EveryEnvelopeOpensOnceToWhatWasSaidWhateverTheNetworkDoes)
{
    std::size_t opened = 0;
    for (std::uint64_t seed = 1; seed <= 60 && !::testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        Script script(seed);
        script.run(200);
        opened += script.opened();
    }
    // Otherwise all that said little.
    EXPECT_GT(opened, 2'000U);
}

} // namespace
} // namespace planb
