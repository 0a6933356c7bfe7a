// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/scene.h"

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

void skipWithoutServers()
{
    if (const QString missing = Prosody::whatIsMissing(); !missing.isEmpty())
        GTEST_SKIP() << "Tests against real servers need prosody and openssl; " << qPrintable(missing);
}

} // namespace

testing::AssertionResult becomesTrue(const char *what, const std::function<bool()> &condition, Millis limit)
{
    if (waitUntil(condition, limit))
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << what << " within " << limit.count() << " ms";
}

testing::AssertionResult seesOnce(const Person &reader, const QString &text, Millis limit)
{
    waitUntil([&] { return reader.timesSeen(text) > 0; }, limit);
    if (reader.timesSeen(text) == 1)
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << qPrintable(reader.name()) << " saw \"" << qPrintable(text) << "\" "
                                       << reader.timesSeen(text) << " times";
}

testing::AssertionResult learnsDelivery(const Person &author, const QStringList &messageIds, Millis limit)
{
    if (waitUntil([&] { return author.allDelivered(messageIds); }, limit))
        return testing::AssertionSuccess();
    auto failure = testing::AssertionFailure() << qPrintable(author.name()) << " does not know of the delivery:";
    for (const QString &id : messageIds)
        failure << ' ' << qPrintable(author.tickOf(id).state);
    return failure;
}

testing::AssertionResult linkComesTo(const Person &owner, const QString &label, const QString &state, Millis limit)
{
    if (waitUntil([&] { return owner.linkState(label) == state; }, limit))
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << qPrintable(label) << " is " << qPrintable(owner.linkState(label)) << ' '
                                       << qPrintable(owner.linkFailure(label)) << ", not " << qPrintable(state);
}

testing::AssertionResult historiesAgree(Person &author, Person &reader)
{
    const auto said = author.texts(u"out"_s);
    const auto read = reader.texts(u"in"_s);
    if (!said || !read)
        return testing::AssertionFailure() << qPrintable(!said ? said.error() : read.error());
    if (*said == *read)
        return testing::AssertionSuccess();
    const auto end = std::mismatch(said->begin(), said->end(), read->begin(), read->end());
    const qsizetype place = end.first - said->begin();
    return testing::AssertionFailure() << qPrintable(author.name()) << " said " << said->size() << ", "
                                       << qPrintable(reader.name()) << " has " << read->size()
                                       << "; they differ from number " << place << ": \""
                                       << qPrintable(said->value(place)) << "\" became \""
                                       << qPrintable(read->value(place)) << '"';
}

void Scene::SetUp()
{
    skipWithoutServers();
    if (IsSkipped())
        return;
    ASSERT_TRUE(m_folder.isValid());
    m_ca = std::make_unique<Outcome<TestCa>>(TestCa::make(path(u"ca"_s)));
    ASSERT_TRUE(fine(*m_ca));
}

std::unique_ptr<Prosody> Scene::makeServer(const QString &name, Prosody::Options options) const
{
    const QString domain = name + u".test"_s;
    const auto certificate = ca().issue(name, {domain});
    EXPECT_TRUE(fine(certificate));
    return std::make_unique<Prosody>(path(name), domain, certificate ? *certificate : TestCertificate(), options);
}

void OneServer::SetUp()
{
    Scene::SetUp();
    if (IsSkipped() || HasFatalFailure())
        return;
    primary = makeServer(u"primary"_s);
    ASSERT_TRUE(fine(primary->start()));
    alice = std::make_unique<Person>(u"Alice"_s, path(u"people"_s));
    ASSERT_TRUE(fine(alice->begin()));
}

void TwoServers::SetUp()
{
    skipWithoutServers();
    if (IsSkipped())
        return;
    auto built = Stage::build();
    ASSERT_TRUE(fine(built));
    m_stage = std::move(*built);
    primary = &stage().primary();
    backup = &stage().backup();
    alice = &stage().alice();
    bob = &stage().bob();
    ASSERT_TRUE(fine(alice->waitUntilReady()));
    ASSERT_TRUE(fine(bob->waitUntilReady()));
}

void TwoServers::returnAfter(Millis pause)
{
    ASSERT_TRUE(fine(stage().setReturnAfter(pause)));
}

} // namespace planb::test
