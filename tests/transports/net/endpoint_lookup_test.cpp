// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/wait_until.h"
#include "transports/net/endpoint_lookup.h"

#include <gtest/gtest.h>

#include <QHash>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using net::Endpoint;
using net::EndpointLookup;
using net::ServiceQuery;
using net::SrvRecord;

/// Answers from a table; what is not in it is never answered.
class TableSrvLookup final : public net::SrvLookup
{
public:
    void lookUp(const QString &name, QObject *context, Done done) override
    {
        asked.append(name);
        if (const auto it = answers.constFind(name); it != answers.cend())
            QMetaObject::invokeMethod(
                context, [answer = *it, done] { done(answer); }, Qt::QueuedConnection);
    }

    QHash<QString, Result<QList<SrvRecord>>> answers;
    QStringList asked;
};

const QString kPlain = u"_xmpp-client._tcp.example.test"_s;
const QString kDirect = u"_xmpps-client._tcp.example.test"_s;

class EndpointLookupTest : public testing::Test
{
protected:
    ServiceQuery query()
    {
        return {
            u"example.test"_s, u"_xmpp-client._tcp"_s, u"_xmpps-client._tcp"_s, {u"127.0.0.1"_s, 5222, false}, true};
    }

    Result<QList<Endpoint>> lookUp(const ServiceQuery &what, Millis limit = kPatience)
    {
        EndpointLookup lookup(srv, random, limit);
        std::optional<Result<QList<Endpoint>>> answer;
        QObject::connect(&lookup, &EndpointLookup::finished, &lookup, [&](const auto &endpoints) {
            EXPECT_FALSE(answer) << "answered twice";
            answer = endpoints;
        });
        lookup.start(what);
        EXPECT_FALSE(answer) << "answered before the question returned";
        EXPECT_TRUE(waitUntil([&] { return answer.has_value(); }));
        names = lookup.names();
        isGuess = lookup.isGuess();
        return answer.value_or(fail(FailureCode::Cancelled));
    }

    SeededRandom random{5};
    TableSrvLookup srv;
    QStringList names; ///< of the last look-up, like the next
    bool isGuess = false;
};

} // namespace

TEST_F(EndpointLookupTest, MergesBothServicesByPriority)
{
    srv.answers[kPlain] = QList<SrvRecord>{{u"127.0.0.1"_s, 5222, 10, 0, false}, {u"127.0.0.3"_s, 5222, 30, 0, false}};
    srv.answers[kDirect] = QList<SrvRecord>{{u"127.0.0.2"_s, 443, 20, 0, false}};
    const auto found = lookUp(query());
    ASSERT_TRUE(found);
    EXPECT_EQ(
        *found,
        (QList<Endpoint>{{u"127.0.0.1"_s, 5222, false}, {u"127.0.0.2"_s, 443, true}, {u"127.0.0.3"_s, 5222, false}}));
}

TEST_F(EndpointLookupTest, FallsBackToTheDomainWithoutRecords)
{
    srv.answers[kPlain] = QList<SrvRecord>();
    srv.answers[kDirect] = QList<SrvRecord>();
    EXPECT_EQ(*lookUp(query()), (QList<Endpoint>{{u"127.0.0.1"_s, 5222, false}}));
}

TEST_F(EndpointLookupTest, TakesTheRootForANo)
{
    srv.answers[kPlain] = QList<SrvRecord>{{QString(), 0, 0, 0, false}};
    srv.answers[kDirect] = QList<SrvRecord>();
    const auto refused = lookUp(query());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, FailureCode::HostNotFound);
    // A no for direct TLS alone says nothing about the other service.
    srv.answers[kPlain] = QList<SrvRecord>();
    srv.answers[kDirect] = QList<SrvRecord>{{QString(), 0, 0, 0, false}};
    EXPECT_EQ(*lookUp(query()), (QList<Endpoint>{{u"127.0.0.1"_s, 5222, false}}));
}

TEST_F(EndpointLookupTest, UsesOneServiceWhereTheOtherFails)
{
    srv.answers[kPlain] = fail(FailureCode::DnsUnavailable);
    srv.answers[kDirect] = QList<SrvRecord>{{u"127.0.0.2"_s, 443, 20, 0, false}};
    EXPECT_EQ(*lookUp(query()), (QList<Endpoint>{{u"127.0.0.2"_s, 443, true}}));
}

TEST_F(EndpointLookupTest, TriesTheDomainItselfWhereNameServersFail)
{
    srv.answers[kPlain] = fail(FailureCode::DnsUnavailable);
    srv.answers[kDirect] = fail(FailureCode::DnsUnavailable);
    EXPECT_EQ(*lookUp(query()), (QList<Endpoint>{{u"127.0.0.1"_s, 5222, false}}));
}

TEST_F(EndpointLookupTest, TriesTheDomainItselfWhereQuestionsForServicesAreSwallowed)
{
    EXPECT_EQ(*lookUp(query(), Millis(20)), (QList<Endpoint>{{u"127.0.0.1"_s, 5222, false}}));
    EXPECT_TRUE(isGuess);
}

TEST_F(EndpointLookupTest, KeepsTheRecordsOfOneServiceWhereTheQuestionForTheOtherIsSwallowed)
{
    srv.answers[kPlain] = QList<SrvRecord>{{u"127.0.0.4"_s, 5299, 10, 0, false}};
    EXPECT_EQ(*lookUp(query(), Millis(200)), (QList<Endpoint>{{u"127.0.0.4"_s, 5299, false}}));
    EXPECT_FALSE(isGuess);
}

TEST_F(EndpointLookupTest, TakesANoForANoAlsoWhereTheOtherQuestionIsSwallowed)
{
    srv.answers[kPlain] = QList<SrvRecord>{{QString(), 0, 0, 0, false}};
    const auto refused = lookUp(query(), Millis(200));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, FailureCode::HostNotFound);
}

TEST_F(EndpointLookupTest, GivesUpOnNameServersThatKnowNoHostEither)
{
    ServiceQuery what = query();
    what.fallback.host = u"no..name"_s; // found to be none without asking anybody
    const auto found = lookUp(what, Millis(20));
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, FailureCode::DnsUnavailable);
}

TEST_F(EndpointLookupTest, CallsTheDomainItselfNoGuessWhereThereAreNoRecords)
{
    srv.answers[kPlain] = QList<SrvRecord>();
    srv.answers[kDirect] = QList<SrvRecord>();
    ASSERT_TRUE(lookUp(query()));
    EXPECT_FALSE(isGuess);
}

TEST_F(EndpointLookupTest, ResolvesNamesOfHosts)
{
    ServiceQuery what = query();
    what.plainService.clear();
    what.directTlsService.clear();
    what.fallback = {u"localhost"_s, 15'222, false};
    const auto found = lookUp(what);
    ASSERT_TRUE(found);
    ASSERT_FALSE(found->isEmpty());
    for (const Endpoint &endpoint : *found) {
        EXPECT_TRUE(QHostAddress(endpoint.host).isLoopback()) << endpoint.host.toStdString();
        EXPECT_EQ(endpoint.port, 15'222);
    }
    EXPECT_EQ(names, QStringList{u"localhost"_s});
    EXPECT_TRUE(srv.asked.isEmpty());
}

TEST_F(EndpointLookupTest, LeavesNamesToTheProxyAndAsksNobody)
{
    ServiceQuery what = query();
    what.resolvesHere = false;
    what.fallback = {u"example.test"_s, 5222, false};
    EXPECT_EQ(*lookUp(what), (QList<Endpoint>{{u"example.test"_s, 5222, false}}));
    EXPECT_TRUE(srv.asked.isEmpty());
}

TEST_F(EndpointLookupTest, AnswersNothingOnceCancelled)
{
    srv.answers[kPlain] = QList<SrvRecord>();
    srv.answers[kDirect] = QList<SrvRecord>();
    EndpointLookup lookup(srv, random);
    int answers = 0;
    QObject::connect(&lookup, &EndpointLookup::finished, &lookup, [&] { ++answers; });
    lookup.start(query());
    lookup.cancel();
    lookup.start(query());
    lookup.start(query());
    ASSERT_TRUE(waitUntil([&] { return answers > 0; }));
    EXPECT_FALSE(waitUntil([&] { return answers > 1; }, Millis(50)));
}

} // namespace planb::test
