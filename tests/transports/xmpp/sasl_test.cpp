// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/channel_binding.h"
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/sasl.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::chooseMechanism;
using xmpp::Element;
using xmpp::SaslOffer;

SaslOffer offer(const QList<QString> &mechanisms, std::optional<QList<QString>> bindings = {})
{
    return {mechanisms, std::move(bindings)};
}

const QList<QString> kAll{
    u"PLAIN"_s,         u"SCRAM-SHA-1"_s, u"SCRAM-SHA-1-PLUS"_s, u"SCRAM-SHA-256"_s, u"SCRAM-SHA-256-PLUS"_s,
    u"SCRAM-SHA-512"_s, u"DIGEST-MD5"_s,  u"EXTERNAL"_s};
const QByteArray kEndPoint = "certificate hash";

} // namespace

TEST(SaslChoice, PrefersChannelBindingThenTheStrongerHashThenPlain)
{
    const QList<QString> bindings{u"tls-server-end-point"_s};
    EXPECT_EQ(chooseMechanism(offer(kAll, bindings), kEndPoint)->name, u"SCRAM-SHA-256-PLUS"_s);
    EXPECT_EQ(chooseMechanism(offer({u"SCRAM-SHA-256"_s, u"SCRAM-SHA-1-PLUS"_s}, bindings), kEndPoint)->name,
              u"SCRAM-SHA-1-PLUS"_s);
    EXPECT_EQ(chooseMechanism(offer({u"PLAIN"_s, u"SCRAM-SHA-1"_s, u"SCRAM-SHA-256"_s}), {})->name, u"SCRAM-SHA-256"_s);
    EXPECT_EQ(chooseMechanism(offer({u"PLAIN"_s, u"SCRAM-SHA-1"_s}), {})->name, u"SCRAM-SHA-1"_s);
    EXPECT_EQ(chooseMechanism(offer({u"PLAIN"_s, u"DIGEST-MD5"_s}), {})->name, u"PLAIN"_s);
    EXPECT_FALSE(chooseMechanism(offer({u"DIGEST-MD5"_s, u"ANONYMOUS"_s}), {}));
    EXPECT_FALSE(chooseMechanism(offer({}), {}));
}

// ejabberd 23.01 offers -PLUS without saying that it means another type than ours.
TEST(SaslChoice, BindsOnlyWhereTheServerNamesOurType)
{
    const auto silent = chooseMechanism(offer(kAll), kEndPoint);
    EXPECT_EQ(silent->name, u"SCRAM-SHA-512"_s);
    EXPECT_EQ(silent->binding.header, "n,,");
    const auto other = chooseMechanism(offer(kAll, QList<QString>{u"tls-exporter"_s}), kEndPoint);
    EXPECT_EQ(other->name, u"SCRAM-SHA-512"_s);
    EXPECT_EQ(other->binding.header, "n,,");
}

TEST(SaslChoice, SaysInTheHeaderWhatItBelievesOfTheServer)
{
    EXPECT_EQ(chooseMechanism(offer({u"SCRAM-SHA-1"_s}), kEndPoint)->binding.header, "y,,");
    EXPECT_EQ(chooseMechanism(offer({u"SCRAM-SHA-1"_s}), {})->binding.header, "n,,");
    const auto bound = chooseMechanism(offer(kAll, QList<QString>{u"tls-server-end-point"_s}), kEndPoint);
    EXPECT_EQ(bound->binding.header, "p=tls-server-end-point,,");
    EXPECT_EQ(bound->binding.data, kEndPoint);
}

TEST(SaslOffer, ReadsBindingTypesBesideOrInsideTheMechanisms)
{
    const Element binding = Element(u"sasl-channel-binding", xmpp::ns::kChannelBinding)
                                .add(Element(u"channel-binding", xmpp::ns::kChannelBinding)
                                         .set(u"type", u"tls-server-end-point"_s));
    Element mechanisms(u"mechanisms", xmpp::ns::kSasl);
    mechanisms.add(Element(u"mechanism", xmpp::ns::kSasl).setText(u" PLAIN "_s));
    Element beside(u"features", xmpp::ns::kStreams);
    beside.add(mechanisms).add(binding);
    Element inside(u"features", xmpp::ns::kStreams);
    inside.add(Element(mechanisms).add(binding));
    for (const Element &features : {beside, inside}) {
        const SaslOffer read = SaslOffer::parse(features);
        EXPECT_EQ(read.mechanisms, QList<QString>{u"PLAIN"_s});
        ASSERT_TRUE(read.bindings);
        EXPECT_EQ(*read.bindings, QList<QString>{u"tls-server-end-point"_s});
    }
    EXPECT_FALSE(SaslOffer::parse(Element(u"features", xmpp::ns::kStreams)).bindings);
}

TEST(SaslFailure, MapsEveryConditionOfTheRfc)
{
    const std::pair<QString, FailureCode> table[] = {
        {u"not-authorized"_s, FailureCode::AuthenticationFailed},
        {u"credentials-expired"_s, FailureCode::AuthenticationFailed},
        {u"invalid-authzid"_s, FailureCode::AuthenticationFailed},
        {u"account-disabled"_s, FailureCode::AccountDisabled},
        {u"temporary-auth-failure"_s, FailureCode::ServerBusy},
        {u"invalid-mechanism"_s, FailureCode::MechanismNotOffered},
        {u"mechanism-too-weak"_s, FailureCode::MechanismNotOffered},
        {u"encryption-required"_s, FailureCode::MechanismNotOffered},
        {u"aborted"_s, FailureCode::ProtocolError},
        {u"incorrect-encoding"_s, FailureCode::ProtocolError},
        {u"malformed-request"_s, FailureCode::ProtocolError},
        {u"something-of-the-future"_s, FailureCode::AuthenticationFailed},
    };
    for (const auto &[condition, code] : table) {
        Element failure(u"failure", xmpp::ns::kSasl);
        failure.add(Element(condition, xmpp::ns::kSasl));
        EXPECT_EQ(xmpp::saslFailure(failure).code, code) << condition.toStdString();
    }
}

namespace {

// DER of a certificate that is empty but for its signature algorithm.
QByteArray certificateSignedWith(const QByteArray &oid)
{
    const auto value = [](char tag, const QByteArray &contents) {
        return QByteArray(1, tag) + QByteArray(1, static_cast<char>(contents.size())) + contents;
    };
    const QByteArray algorithm = value(0x30, value(0x06, oid) + value(0x05, ""));
    return value(0x30, value(0x30, "tbs") + algorithm + value(0x03, "sig"));
}

} // namespace

TEST(TlsServerEndPoint, HashesByTheCertificatesSignature)
{
    const QByteArray sha384Rsa = certificateSignedWith(QByteArray::fromHex("2a864886f70d01010c"));
    EXPECT_EQ(xmpp::endPointHash(sha384Rsa), QCryptographicHash::Sha384);
    EXPECT_EQ(xmpp::tlsServerEndPoint(sha384Rsa), QCryptographicHash::hash(sha384Rsa, QCryptographicHash::Sha384));
    EXPECT_EQ(xmpp::endPointHash(certificateSignedWith(QByteArray::fromHex("2a8648ce3d040302"))),
              QCryptographicHash::Sha256);
    EXPECT_EQ(xmpp::endPointHash(certificateSignedWith(QByteArray::fromHex("2a8648ce3d040304"))),
              QCryptographicHash::Sha512);
}

TEST(TlsServerEndPoint, RaisesWeakHashesToSha256)
{
    EXPECT_EQ(xmpp::endPointHash(certificateSignedWith(QByteArray::fromHex("2a864886f70d010105"))),
              QCryptographicHash::Sha256);
    EXPECT_EQ(xmpp::endPointHash(certificateSignedWith(QByteArray::fromHex("2a864886f70d010104"))),
              QCryptographicHash::Sha256);
}

TEST(TlsServerEndPoint, IsUndefinedWhereTheSignatureNamesNoHash)
{
    EXPECT_FALSE(xmpp::tlsServerEndPoint(certificateSignedWith(QByteArray::fromHex("2b6570")))); // Ed25519
}

TEST(TlsServerEndPoint, ReadsNothingFromBrokenBytes)
{
    const QByteArray good = certificateSignedWith(QByteArray::fromHex("2a8648ce3d040302"));
    // The signature value at the end is not looked at.
    for (qsizetype length = 0; length < good.size() - 5; ++length)
        EXPECT_FALSE(xmpp::endPointHash(good.first(length))) << length;
    EXPECT_FALSE(xmpp::endPointHash(QByteArray::fromHex("3084ffffffff")));
    EXPECT_FALSE(xmpp::endPointHash(QByteArray::fromHex("3080")));
}

TEST(SaslStrength, RisesFromPlainToTheStrongestWithChannelBinding)
{
    int before = 0;
    for (const QStringView name : {u"PLAIN", u"SCRAM-SHA-1", u"SCRAM-SHA-256", u"SCRAM-SHA-512", u"SCRAM-SHA-1-PLUS",
                                   u"SCRAM-SHA-256-PLUS", u"SCRAM-SHA-512-PLUS"}) {
        EXPECT_GT(xmpp::strengthOf(name), before) << name.toUtf8().constData();
        before = xmpp::strengthOf(name);
    }
    for (const QStringView name : {u"", u"GSSAPI", u"plain", u"SCRAM-SHA-1-", u"SCRAM-SHA-1-PLUS-2", u"SCRAM-SHA-2"})
        EXPECT_EQ(xmpp::strengthOf(name), 0) << name.toUtf8().constData();
}

} // namespace planb::test
