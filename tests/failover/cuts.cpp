// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/cuts.h"

#include "tests/failover/private_network.h"
#include "tests/testkit/ejabberd.h"
#include "tests/testkit/person.h"
#include "tests/testkit/plain_xmpp_client.h"
#include "tests/testkit/prosody.h"
#include "tests/testkit/wait_until.h"

#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;
using test::trouble;

namespace {

constexpr Millis kAround{3'000}; // talk before and after the cut
constexpr Millis kSettling{60'000}; // without any message's arrival
const QString kDomain = u"example.test"_s;
const QString kPassword = u"correct horse"_s;

/// The server of the run and who talks over it.
class Scene
{
public:
    Outcome<void> build(const CutPlan &plan)
    {
        const auto ca = test::TestCa::make(m_folder.filePath(u"ca"_s));
        if (!ca)
            return trouble(ca.error());
        const auto certificate = ca->issue(u"server"_s, {kDomain});
        if (!certificate)
            return trouble(certificate.error());
        if (auto started = startServer(plan, *certificate); !started)
            return started;
        m_bob = std::make_unique<test::PlainXmppClient>(
            test::PlainXmppClient::Account{u"bob"_s, kDomain, kPassword, ca->file(), m_directTlsPort});
        if (auto login = m_bob->login(); !login)
            return login;
        // How often a stream went on is a matter between client and server: the client's log tells.
        qputenv("QT_LOGGING_RULES", "planb.xmpp.info=true");
        m_alice = std::make_unique<test::Person>(u"Alice"_s, m_folder.path());
        if (auto begun = m_alice->begin(); !begun)
            return begun;
        const auto added = m_alice->addTransport(u"only"_s,
                                                 {{u"jid"_s, u"alice@"_s + kDomain},
                                                  {u"password"_s, kPassword},
                                                  {u"host"_s, u"127.0.0.1"_s},
                                                  {u"port"_s, m_port},
                                                  {u"security"_s, u"starttls"_s},
                                                  {u"caFile"_s, ca->file()}});
        if (!added)
            return trouble(added.error());
        if (auto met = m_alice->meet(u"Bob"_s, {m_bob->bareJid()}); !met)
            return met;
        return m_alice->waitUntilReady();
    }

    quint16 port() const { return m_port; }
    test::Person &alice() { return *m_alice; }
    test::PlainXmppClient &bob() { return *m_bob; }

private:
    Outcome<void> startServer(const CutPlan &plan, const test::TestCertificate &certificate)
    {
        if (plan.onEjabberd) {
            m_ejabberd = std::make_unique<test::Ejabberd>(m_folder.filePath(u"ejabberd"_s), kDomain, certificate);
            m_ejabberd->setResumeTime(plan.kept);
            return startOn(*m_ejabberd);
        }
        test::Prosody::Options options;
        options.extraLines = u"smacks_hibernation_time = %1"_s.arg(plan.kept.count());
        m_prosody = std::make_unique<test::Prosody>(m_folder.filePath(u"prosody"_s), kDomain, certificate, options);
        return startOn(*m_prosody);
    }

    template<class Server>
    Outcome<void> startOn(Server &server)
    {
        if (auto started = server.start(); !started)
            return started;
        m_port = server.starttlsPort();
        m_directTlsPort = server.directTlsPort();
        for (const QString &name : {u"alice"_s, u"bob"_s}) {
            if (auto added = server.addUser(name, kPassword); !added)
                return added;
        }
        return {};
    }

    QTemporaryDir m_folder; // goes last
    std::unique_ptr<test::Prosody> m_prosody;
    std::unique_ptr<test::Ejabberd> m_ejabberd;
    quint16 m_port = 0;
    quint16 m_directTlsPort = 0;
    std::unique_ptr<test::PlainXmppClient> m_bob;
    std::unique_ptr<test::Person> m_alice;
};

void letPass(Millis time)
{
    test::waitUntil([] { return false; }, time);
}

/// Both say something at every beat.
class Chatter
{
public:
    Chatter(Scene &scene, Millis interval) : m_scene(scene)
    {
        QObject::connect(&m_beat, &QTimer::timeout, &m_beat, [this] { saySomething(); });
        m_beat.start(interval);
    }
    void stop() { m_beat.stop(); }
    const QStringList &fromAlice() const { return m_fromAlice; }
    const QStringList &fromBob() const { return m_fromBob; }

private:
    void saySomething()
    {
        m_fromAlice.append(u"alice says %1"_s.arg(m_fromAlice.size()));
        m_fromBob.append(u"bob says %1"_s.arg(m_fromBob.size()));
        m_scene.alice().sayAtOnce(m_fromAlice.back());
        m_scene.bob().send(u"alice@"_s + kDomain, m_fromBob.back(), u"b%1"_s.arg(m_fromBob.size()));
    }

    Scene &m_scene;
    QTimer m_beat;
    QStringList m_fromAlice, m_fromBob;
};

Outcome<double> cut(Scene &scene, const CutPlan &plan)
{
    const SystemClock clock;
    if (plan.byReset) {
        // The packets after it are answered by resets too: connecting again fails until the end.
        if (auto reset = PrivateNetwork::reset({scene.port()}); !reset)
            return trouble(reset.error());
    } else if (auto dropped = PrivateNetwork::drop({scene.port()}); !dropped) {
        return trouble(dropped.error());
    }
    letPass(plan.duration);
    if (auto up = PrivateNetwork::clear(); !up)
        return trouble(up.error());
    const MonoTime end = clock.now();
    if (scene.alice().linkState(u"only"_s) == u"ready")
        return 0.0;
    if (auto ready = scene.alice().waitUntilReady(kSettling); !ready)
        return trouble(ready.error());
    return double((clock.now() - end).count()) / 1'000;
}

/// Looks from the first one on that was missing the last time: looking is not to cost more than what is watched.
template<class Count>
bool haveAll(const QStringList &said, const Count &count, qsizetype &sure)
{
    while (sure < said.size() && count(said.at(sure)) > 0)
        ++sure;
    return sure == said.size();
}

/// Until it is so, or nothing has arrived for a while.
void settle(const std::function<bool()> &isSo, const std::function<qsizetype()> &arrived)
{
    for (qsizetype before = -1; before < arrived();) {
        before = arrived();
        test::waitUntil([&] { return arrived() > before || isSo(); }, kSettling);
        if (isSo())
            return;
    }
}

template<class Count>
void judge(const QStringList &said, const Count &count, Violations &violations)
{
    for (const QString &text : said) {
        const qsizetype times = count(text);
        if (times == 0)
            violations.lost.append(text);
        else if (times > 1)
            violations.doubled.append(u"%1 (%2 times)"_s.arg(text).arg(times));
    }
}

} // namespace

Outcome<CutReport> runCuts(const CutPlan &plan, const Audience &audience)
{
    Scene scene;
    if (auto built = scene.build(plan); !built)
        return trouble(built.error());
    CutReport report;
    report.server = plan.onEjabberd ? u"ejabberd"_s : u"prosody"_s;
    audience.tell(u"%1: cut of %2 s"_s.arg(report.server).arg(plan.duration.count()));
    Chatter chatter(scene, plan.interval);
    letPass(kAround);
    const auto back = cut(scene, plan);
    if (!back)
        return trouble(back.error());
    report.backAfterMs = *back;
    letPass(kAround);
    chatter.stop();
    const auto bobHas = [&](const QString &text) { return scene.bob().countOf(text); };
    const auto aliceHas = [&](const QString &text) { return scene.alice().timesSeen(text); };
    const MonoTime over = SystemClock().now();
    qsizetype sure = 0, sureBack = 0;
    settle([&] { return haveAll(chatter.fromAlice(), bobHas, sure) && haveAll(chatter.fromBob(), aliceHas, sureBack); },
           [&] { return scene.bob().received().size() + scene.alice().arrivals().size(); });
    report.settledAfterMs = double((SystemClock().now() - over).count()) / 1'000;
    letPass(kAround); // for what comes twice
    report.sent = chatter.fromAlice().size();
    report.received = chatter.fromBob().size();
    judge(chatter.fromAlice(), bobHas, report.violations);
    judge(chatter.fromBob(), aliceHas, report.violations);
    report.resumed = static_cast<int>(scene.alice().rpc().complaints().count(u"the lost stream goes on"_s));
    return report;
}

QJsonObject CutReport::toJson() const
{
    return {{u"server"_s, server},
            {u"sent"_s, sent},
            {u"received"_s, received},
            {u"resumed"_s, resumed},
            {u"backAfterMs"_s, backAfterMs},
            {u"settledAfterMs"_s, settledAfterMs},
            {u"violations"_s, violations.toJson()}};
}

QString CutReport::toText() const
{
    return u"%1: %2 sent, %3 received, %4 resumed, ready %5 ms after the cut, nothing missing %6 ms after the last word\n%7"_s
        .arg(server)
        .arg(sent)
        .arg(received)
        .arg(resumed)
        .arg(backAfterMs, 0, 'f', 0)
        .arg(settledAfterMs, 0, 'f', 0)
        .arg(violations.toText());
}

} // namespace planb::failover
