// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/transport_trial.h"

#include "tests/testkit/transport/fake_transport.h"
#include "tests/testkit/wait_until.h"

#include <QPointer>

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using Step = ConnectStep::Name;

class Trial : public testing::Test
{
protected:
    void begin(Millis patience = kPatience)
    {
        auto made = std::make_unique<FakeTransport>(TransportId(1), u"alice@example.test"_s);
        transport = made.get();
        trial = new TransportTrial(std::move(made), patience,
                                   [this](const TransportTest &test) { tests.append(test); });
        trial->start();
    }
    bool ends()
    {
        return waitUntil([this] { return !tests.isEmpty(); });
    }
    static std::optional<FailureCode> codeOf(const ConnectStep &step)
    {
        return step.failure ? std::optional(step.failure->code) : std::nullopt;
    }

    QPointer<FakeTransport> transport;
    QPointer<TransportTrial> trial;
    QList<TransportTest> tests;
};

} // namespace

TEST_F(Trial, IsGoodOnceEveryStepIs)
{
    begin();
    for (const Step step : {Step::Lookup, Step::Connect, Step::Tls, Step::Login, Step::RoundTrip})
        transport->step({step, Micros(5), {}, {}});
    ASSERT_TRUE(ends());
    EXPECT_TRUE(tests[0].ok);
    EXPECT_EQ(tests[0].steps.size(), 5);
    EXPECT_TRUE(waitUntil([this] { return !transport; }));
    EXPECT_EQ(tests.size(), 1);
}

TEST_F(Trial, EndsWithTheStepThatFailed)
{
    begin();
    transport->step({Step::Lookup, Micros(5), {}, {}});
    transport->step({Step::Connect, Micros(5), {}, Failure{FailureCode::ConnectionRefused, {}, {}}});
    ASSERT_TRUE(ends());
    EXPECT_FALSE(tests[0].ok);
    ASSERT_EQ(tests[0].steps.size(), 2);
    EXPECT_EQ(codeOf(tests[0].steps[1]), FailureCode::ConnectionRefused);
}

TEST_F(Trial, NamesTheStepThatWasUnderWayWhenTheLinkFellWithoutAWord)
{
    begin();
    transport->step({Step::Lookup, Micros(5), {}, {}});
    transport->step({Step::Connect, Micros(5), {}, {}});
    transport->lose(FailureCode::CertificateUntrusted);
    ASSERT_TRUE(ends());
    ASSERT_EQ(tests[0].steps.size(), 3);
    EXPECT_EQ(tests[0].steps[2].name, Step::Tls);
    EXPECT_EQ(codeOf(tests[0].steps[2]), FailureCode::CertificateUntrusted);
}

TEST_F(Trial, NamesTheStepThatTookTooLong)
{
    begin(Millis(20));
    for (const Step step : {Step::Lookup, Step::Connect, Step::Tls, Step::Login})
        transport->step({step, Micros(5), {}, {}});
    ASSERT_TRUE(ends());
    EXPECT_FALSE(tests[0].ok);
    ASSERT_EQ(tests[0].steps.size(), 5);
    EXPECT_EQ(tests[0].steps[4].name, Step::RoundTrip);
    EXPECT_EQ(codeOf(tests[0].steps[4]), FailureCode::ConnectTimeout);
}

TEST_F(Trial, IsAnsweredWhenItIsGivenUp)
{
    begin();
    delete trial.data();
    ASSERT_EQ(tests.size(), 1);
    EXPECT_FALSE(tests[0].ok);
}

} // namespace planb::test
