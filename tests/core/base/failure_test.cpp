// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/failure.h"

#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QStringList>

#include <gtest/gtest.h>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

// Scripts compare these names: one may be added, none renamed, and none may change whose fault it is.
const QMap<QString, QStringList> kNamesByBlame{
    {u"network"_s, {u"NetworkUnreachable"_s, u"DnsUnavailable"_s}},
    {u"transport"_s,
     {u"HostNotFound"_s, u"ConnectionRefused"_s, u"ConnectTimeout"_s, u"ConnectionLost"_s, u"HopTimeout"_s,
      u"ProxyFailed"_s, u"TlsNotOffered"_s, u"TlsFailed"_s, u"CertificateUntrusted"_s, u"ServerNotAuthentic"_s,
      u"ServerClosed"_s, u"ProtocolError"_s, u"ServerBusy"_s}},
    {u"credentials"_s,
     {u"AuthenticationFailed"_s, u"AccountDisabled"_s, u"MechanismNotOffered"_s, u"RegistrationRefused"_s,
      u"SessionReplaced"_s}},
    {u"recipient"_s, {u"RecipientUnknown"_s, u"RecipientUnavailable"_s, u"RecipientRefused"_s}},
    {u"message"_s, {u"MessageTooLarge"_s, u"MessageRejected"_s}},
    {u"device"_s,
     {u"ProfileInUse"_s, u"ProfileMissing"_s, u"ProfileExists"_s, u"ProfileLocked"_s, u"ProfileDamaged"_s,
      u"WrongPassphrase"_s, u"KeyMissing"_s, u"KeyringUnavailable"_s, u"StoreUnavailable"_s, u"StoreCorrupt"_s,
      u"StoreTooNew"_s, u"DiskFull"_s}},
    {u"request"_s,
     {u"InvalidArgument"_s, u"EmptyText"_s, u"NoTransport"_s, u"UnknownContact"_s, u"UnknownConversation"_s,
      u"UnknownMessage"_s, u"UnknownTransport"_s, u"AddressInUse"_s, u"NotSupported"_s, u"Cancelled"_s, u"NotOffered"_s,
      u"RequestRefused"_s, u"AccountExists"_s, u"UnknownRequest"_s, u"FileTooLarge"_s, u"FileUnavailable"_s}},
};

TEST(FailureCodes, KeepTheirPublicNameAndTheirBlame)
{
    for (auto blame = kNamesByBlame.cbegin(); blame != kNamesByBlame.cend(); ++blame) {
        for (const QString &name : blame.value()) {
            const auto code = failureCodeFromName(name);
            ASSERT_TRUE(code) << name.toStdString();
            EXPECT_EQ(nameOf(*code), name);
            EXPECT_EQ(nameOf(traitsOf(*code).blame), blame.key()) << name.toStdString();
            EXPECT_EQ((Failure{*code, {}, {}}).blame(), traitsOf(*code).blame);
        }
    }
}

TEST(FailureCodes, HaveNamesOfTheirOwnInOneStyle)
{
    const QRegularExpression camelCase(u"^([A-Z][a-z]+)+$"_s);
    QSet<QString> names;
    for (const FailureTraits &row : allFailureTraits()) {
        const QString name = nameOf(row.code);
        EXPECT_TRUE(camelCase.match(name).hasMatch()) << name.toStdString();
        EXPECT_FALSE(names.contains(name)) << name.toStdString();
        names.insert(name);
    }
}

TEST(FailureCodes, BlockALinkOnlyWhereTryingAgainCannotHelp)
{
    const QSet<QString> blocking{u"TlsNotOffered"_s,        u"CertificateUntrusted"_s, u"ServerNotAuthentic"_s,
                                 u"AuthenticationFailed"_s, u"AccountDisabled"_s,      u"MechanismNotOffered"_s,
                                 u"RegistrationRefused"_s,  u"SessionReplaced"_s};
    for (const FailureTraits &row : allFailureTraits())
        EXPECT_EQ(row.blocksLink, blocking.contains(nameOf(row.code))) << nameOf(row.code).toStdString();
}

TEST(FailureCodes, AreNotFoundByAnotherSpelling)
{
    for (const QString &name : {u"connectionRefused"_s, u"ConnectionRefused "_s, u"Connection"_s, QString()})
        EXPECT_FALSE(failureCodeFromName(name)) << name.toStdString();
}

TEST(Failure, IsDescribedByNameAndDetail)
{
    EXPECT_EQ(describe({FailureCode::ConnectionRefused, u"127.0.0.1:5222"_s, {}}),
              u"ConnectionRefused: 127.0.0.1:5222"_s);
    EXPECT_EQ(describe({FailureCode::DiskFull, {}, {}}), u"DiskFull"_s);
}

TEST(Failure, IsEqualOnlyInAllItsParts)
{
    const Failure failure{FailureCode::ServerBusy, u"later"_s, std::chrono::seconds(5)};
    EXPECT_EQ(failure, (Failure{FailureCode::ServerBusy, u"later"_s, std::chrono::milliseconds(5'000)}));
    EXPECT_NE(failure, (Failure{FailureCode::ServerClosed, u"later"_s, std::chrono::seconds(5)}));
    EXPECT_NE(failure, (Failure{FailureCode::ServerBusy, u"now"_s, std::chrono::seconds(5)}));
    EXPECT_NE(failure, (Failure{FailureCode::ServerBusy, u"later"_s, {}}));
}

} // namespace
} // namespace planb
