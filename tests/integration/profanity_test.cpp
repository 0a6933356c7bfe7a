// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/counterpart.h"
#include "tests/integration/either_server.h"
#include "tests/integration/scene.h"

using namespace Qt::StringLiterals;

namespace planb::test {

/// Alice has PlanB, Carol has profanity.
class ProfanityTalk : public Scene
{
protected:
    void SetUp() override
    {
        if (const QString missing = Counterpart::whatIsMissing(Counterpart::Client::Profanity); !missing.isEmpty())
            GTEST_SKIP() << qPrintable(missing);
        Scene::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        const auto certificate = ca().issue(u"primary"_s, {u"primary.test"_s});
        ASSERT_TRUE(fine(certificate));
        server = std::make_unique<EitherServer>(ServerKind::Prosody, path(u"primary"_s), u"primary.test"_s,
                                                *certificate);
        ASSERT_TRUE(fine(server->start({u"alice"_s, u"carol"_s})));
        alice = std::make_unique<Person>(u"Alice"_s, path(u"people"_s));
        ASSERT_TRUE(fine(alice->begin()));
        ASSERT_TRUE(fine(alice->meet(u"Carol"_s, {carolsJid})));
        const QJsonObject settings = server->settingsFor(*alice, ca().file());
        ASSERT_TRUE(fine(alice->addTransport(primaryLabel(), settings)));
        ASSERT_TRUE(fine(alice->waitUntilReady()));
        const auto port = static_cast<quint16>(settings.value(u"port"_s).toInt());
        ASSERT_TRUE(fine(carol.begin(carolsJid, personPassword(), port, ca().file())));
    }

    const QString carolsJid = u"carol@primary.test"_s;
    const QString alicesJid = u"alice@primary.test"_s;
    std::unique_ptr<EitherServer> server;
    std::unique_ptr<Person> alice;
    Counterpart carol{Counterpart::Client::Profanity};
};

TEST_F(ProfanityTalk, GetsWhatPlanBSaysAndConfirmsIt)
{
    const QString text = u"안녕하세요 👋🏽\n두 번째 줄 👨‍👩‍👧‍👦\n<b>&amp;</b> \"'"_s;
    const auto id = alice->say(text);
    ASSERT_TRUE(fine(id));
    EXPECT_FALSE(carol.waitFor(u"body"_s, text).isEmpty());
    EXPECT_TRUE(learnsDelivery(*alice, {*id})) << "no receipt (XEP-0184) came";
    EXPECT_EQ(carol.countOf(u"body"_s, text), 1);
}

TEST_F(ProfanityTalk, IsUnderstoodWithItsCorrections)
{
    const QString text = u"잘 지내요? 🎉 <&>"_s;
    carol.obey({{u"do"_s, u"say"_s}, {u"to"_s, alicesJid}, {u"text"_s, text}});
    ASSERT_TRUE(seesOnce(*alice, text));
    carol.obey({{u"do"_s, u"correct"_s}, {u"text"_s, u"잘 지냈어요? 🎉"_s}});
    EXPECT_TRUE(becomesTrue("the correction is there", [this] {
        const auto texts = alice->texts(u"in"_s);
        return texts && *texts == QStringList{u"잘 지냈어요? 🎉"_s};
    }));
}

} // namespace planb::test
