// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/scene.h"
#include "tests/testkit/ejabberd.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

/// Alice without any account, in front of some server.
class Newcomer : public Scene
{
protected:
    void SetUp() override
    {
        Scene::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        alice = std::make_unique<Person>(u"Alice"_s, path(u"people"_s));
        ASSERT_TRUE(fine(alice->begin()));
    }

    static QJsonObject settingsAt(const QString &domain, quint16 port, const QString &caFile,
                                  const QString &name = u"alice"_s)
    {
        return {{u"jid"_s, name + u'@' + domain}, {u"password"_s, personPassword()},
                {u"host"_s, u"127.0.0.1"_s},      {u"port"_s, port},
                {u"security"_s, u"starttls"_s},   {u"caFile"_s, caFile}};
    }

    RpcReply create(const QJsonObject &settings, const QString &invitation = {}, const QJsonObject &answers = {})
    {
        QJsonObject params{{u"kind"_s, u"xmpp"_s}, {u"settings"_s, settings}};
        if (!invitation.isEmpty())
            params[u"invitation"_s] = invitation;
        if (!answers.isEmpty())
            params[u"answers"_s] = answers;
        return alice->rpc().request(u"accounts.create"_s, params);
    }
    static QString failureOf(const RpcReply &reply) { return reply ? u"none"_s : reply.error().failure; }

    /// Makes the account and takes it into use.
    void join(const QJsonObject &settings, const QString &invitation = {})
    {
        const RpcReply made = create(settings, invitation);
        ASSERT_TRUE(made) << qPrintable(describe(made.error()));
        EXPECT_TRUE((*made)[u"created"_s].toBool());
        EXPECT_EQ((*made)[u"address"_s].toString(), settings[u"jid"_s].toString());
        ASSERT_TRUE(fine(alice->addTransport(primaryLabel(), settings)));
        ASSERT_TRUE(linkComesTo(*alice, primaryLabel(), u"ready"_s));
    }

    RpcReply ask(const QString &method, QJsonObject params = {})
    {
        params[u"id"_s] = alice->transportId(primaryLabel());
        return alice->rpc().request(method, params);
    }

    std::unique_ptr<Person> alice;
};

/// … of Prosody.
class NewOnProsody : public Newcomer
{
protected:
    void openServer(bool byInvitation)
    {
        Prosody::Options options;
        options.openRegistration = !byInvitation;
        options.invitesOnly = byInvitation;
        server = makeServer(u"primary"_s, options);
        ASSERT_TRUE(fine(server->start()));
        settings = settingsAt(server->domain(), server->starttlsPort(), ca().file());
    }
    bool canLogIn(const QString &password)
    {
        PlainXmppClient other({u"alice"_s, server->domain(), password, ca().file(), server->directTlsPort()});
        return other.login().has_value();
    }

    std::unique_ptr<Prosody> server;
    QJsonObject settings;
};

/// … of ejabberd.
class NewOnEjabberd : public Newcomer
{
protected:
    void SetUp() override
    {
        if (const QString missing = Ejabberd::whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << qPrintable(missing);
        Newcomer::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        const auto certificate = ca().issue(u"second"_s, {u"second.test"_s});
        ASSERT_TRUE(fine(certificate));
        server = std::make_unique<Ejabberd>(path(u"ejabberd"_s), u"second.test"_s, *certificate);
        server->openRegistration();
        ASSERT_TRUE(fine(server->start()));
        settings = settingsAt(server->domain(), server->starttlsPort(), ca().file());
    }

    std::unique_ptr<Ejabberd> server;
    QJsonObject settings;
};

} // namespace

TEST_F(NewOnProsody, GetsAnAccountByInvitation)
{
    ASSERT_NO_FATAL_FAILURE(openServer(true));
    const auto link = server->invite();
    ASSERT_TRUE(fine(link));
    const RpcReply read = alice->rpc().request(u"invitations.read"_s, {{u"link"_s, *link}});
    ASSERT_TRUE(read) << qPrintable(describe(read.error()));
    EXPECT_EQ((*read)[u"accountDomain"_s].toString(), server->domain());
    EXPECT_TRUE((*read)[u"hasToken"_s].toBool());
    join(settings, *link);
}

TEST_F(NewOnProsody, CannotUseAnInvitationTwiceNorDoWithoutOne)
{
    ASSERT_NO_FATAL_FAILURE(openServer(true));
    const auto link = server->invite();
    ASSERT_TRUE(fine(link));
    EXPECT_EQ(failureOf(create(settings)), u"RegistrationRefused"_s);
    ASSERT_NO_FATAL_FAILURE(join(settings, *link));
    QJsonObject second = settings;
    second[u"jid"_s] = u"mallory@"_s + server->domain();
    EXPECT_EQ(failureOf(create(second, *link)), u"RegistrationRefused"_s);
}

TEST_F(NewOnProsody, ShowsAnInvitationToNoOtherServer)
{
    ASSERT_NO_FATAL_FAILURE(openServer(true));
    EXPECT_EQ(failureOf(create(settings, u"xmpp:elsewhere.example?register;preauth=T"_s)), u"InvalidArgument"_s);
}

TEST_F(NewOnProsody, SeesTheFormAndIsToldThatANameIsTaken)
{
    ASSERT_NO_FATAL_FAILURE(openServer(false));
    const RpcReply form = alice->rpc().request(u"accounts.form"_s, {{u"kind"_s, u"xmpp"_s}, {u"settings"_s, settings}});
    ASSERT_TRUE(form) << qPrintable(describe(form.error()));
    QStringList names;
    for (const QJsonValue &field : (*form)[u"form"_s][u"fields"_s].toArray())
        names.append(field[u"name"_s].toString());
    EXPECT_TRUE(names.contains(u"username"_s) && names.contains(u"password"_s)) << qPrintable(names.join(u' '));
    ASSERT_NO_FATAL_FAILURE(join(settings));
    EXPECT_EQ(failureOf(create(settings)), u"AccountExists"_s);
}

TEST_F(NewOnProsody, ChangesThePasswordAtTheServerAndHere)
{
    ASSERT_NO_FATAL_FAILURE(openServer(false));
    ASSERT_NO_FATAL_FAILURE(join(settings));
    const RpcReply changed = ask(u"accounts.changePassword"_s, {{u"password"_s, u"another one"_s}});
    ASSERT_TRUE(changed) << qPrintable(describe(changed.error()));
    EXPECT_TRUE(canLogIn(u"another one"_s));
    EXPECT_FALSE(canLogIn(personPassword()));
    alice->rpc().kill9();
    ASSERT_TRUE(fine(alice->comeOnline()));
    EXPECT_TRUE(linkComesTo(*alice, primaryLabel(), u"ready"_s));
}

TEST_F(NewOnProsody, LeavesForGood)
{
    ASSERT_NO_FATAL_FAILURE(openServer(false));
    ASSERT_NO_FATAL_FAILURE(join(settings));
    const RpcReply gone = ask(u"accounts.delete"_s);
    ASSERT_TRUE(gone) << qPrintable(describe(gone.error()));
    EXPECT_FALSE(canLogIn(personPassword()));
    const RpcReply chain = alice->rpc().request(u"transports.list"_s);
    ASSERT_TRUE(chain);
    EXPECT_EQ(chain->toArray().size(), 0);
}

TEST_F(NewOnProsody, NeedsOneCommandAndNoSecretInItsArguments)
{
    ASSERT_NO_FATAL_FAILURE(openServer(true));
    const auto link = server->invite();
    ASSERT_TRUE(fine(link));
    alice->rpc().kill9();
    const QStringList words{u"account"_s,
                            u"create"_s,
                            u"--label"_s,
                            u"Home"_s,
                            u"--invited"_s,
                            u"--jid"_s,
                            u"alice@"_s + server->domain(),
                            u"--host"_s,
                            u"127.0.0.1"_s,
                            u"--port"_s,
                            QString::number(server->starttlsPort()),
                            u"--security"_s,
                            u"starttls"_s,
                            u"--ca"_s,
                            ca().file()};
    const auto made = runPlanbctl(alice->profileFolder(), words, link->toUtf8() + "\nfirst password\n");
    ASSERT_TRUE(fine(made));
    EXPECT_TRUE(canLogIn(u"first password"_s));
    ASSERT_TRUE(
        fine(runPlanbctl(alice->profileFolder(), {u"account"_s, u"password"_s, u"Home"_s}, "second password\n")));
    EXPECT_TRUE(canLogIn(u"second password"_s));
    EXPECT_FALSE(fine(runPlanbctl(alice->profileFolder(), {u"account"_s, u"delete"_s, u"Home"_s})));
    ASSERT_TRUE(fine(runPlanbctl(alice->profileFolder(), {u"account"_s, u"delete"_s, u"Home"_s, u"--yes"_s})));
    EXPECT_FALSE(canLogIn(u"second password"_s));
}

TEST_F(NewOnEjabberd, GetsAnAccountChangesItAndLeaves)
{
    ASSERT_NO_FATAL_FAILURE(join(settings));
    EXPECT_EQ(failureOf(create(settings)), u"AccountExists"_s);
    const RpcReply changed = ask(u"accounts.changePassword"_s, {{u"password"_s, u"another one"_s}});
    ASSERT_TRUE(changed) << qPrintable(describe(changed.error()));
    EXPECT_TRUE(linkComesTo(*alice, primaryLabel(), u"ready"_s));
    const RpcReply gone = ask(u"accounts.delete"_s);
    ASSERT_TRUE(gone) << qPrintable(describe(gone.error()));
    ASSERT_TRUE(fine(alice->addTransport(backupLabel(), settings)));
    EXPECT_TRUE(linkComesTo(*alice, backupLabel(), u"blocked"_s));
}

} // namespace planb::test
