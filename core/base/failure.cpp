// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/failure.h"

#include <array>

namespace planb {

namespace {

using enum FailureCode;

constexpr bool kBlocks = true;

constexpr std::array kTable{
    FailureTraits{NetworkUnreachable, u"NetworkUnreachable", Blame::Network, !kBlocks},
    FailureTraits{DnsUnavailable, u"DnsUnavailable", Blame::Network, !kBlocks},
    FailureTraits{HostNotFound, u"HostNotFound", Blame::Transport, !kBlocks},
    FailureTraits{ConnectionRefused, u"ConnectionRefused", Blame::Transport, !kBlocks},
    FailureTraits{ConnectTimeout, u"ConnectTimeout", Blame::Transport, !kBlocks},
    FailureTraits{ConnectionLost, u"ConnectionLost", Blame::Transport, !kBlocks},
    FailureTraits{HopTimeout, u"HopTimeout", Blame::Transport, !kBlocks},
    FailureTraits{ProxyFailed, u"ProxyFailed", Blame::Transport, !kBlocks},
    FailureTraits{TlsNotOffered, u"TlsNotOffered", Blame::Transport, kBlocks},
    FailureTraits{TlsFailed, u"TlsFailed", Blame::Transport, !kBlocks},
    FailureTraits{CertificateUntrusted, u"CertificateUntrusted", Blame::Transport, kBlocks},
    FailureTraits{ServerNotAuthentic, u"ServerNotAuthentic", Blame::Transport, kBlocks},
    FailureTraits{ServerClosed, u"ServerClosed", Blame::Transport, !kBlocks},
    FailureTraits{ProtocolError, u"ProtocolError", Blame::Transport, !kBlocks},
    FailureTraits{ServerBusy, u"ServerBusy", Blame::Transport, !kBlocks},
    FailureTraits{AuthenticationFailed, u"AuthenticationFailed", Blame::Credentials, kBlocks},
    FailureTraits{AccountDisabled, u"AccountDisabled", Blame::Credentials, kBlocks},
    FailureTraits{MechanismNotOffered, u"MechanismNotOffered", Blame::Credentials, kBlocks},
    FailureTraits{RegistrationRefused, u"RegistrationRefused", Blame::Credentials, kBlocks},
    FailureTraits{SessionReplaced, u"SessionReplaced", Blame::Credentials, kBlocks},
    FailureTraits{RecipientUnknown, u"RecipientUnknown", Blame::Recipient, !kBlocks},
    FailureTraits{RecipientUnavailable, u"RecipientUnavailable", Blame::Recipient, !kBlocks},
    FailureTraits{RecipientRefused, u"RecipientRefused", Blame::Recipient, !kBlocks},
    FailureTraits{MessageTooLarge, u"MessageTooLarge", Blame::Message, !kBlocks},
    FailureTraits{MessageRejected, u"MessageRejected", Blame::Message, !kBlocks},
    FailureTraits{ProfileInUse, u"ProfileInUse", Blame::Device, !kBlocks},
    FailureTraits{ProfileMissing, u"ProfileMissing", Blame::Device, !kBlocks},
    FailureTraits{ProfileExists, u"ProfileExists", Blame::Device, !kBlocks},
    FailureTraits{ProfileLocked, u"ProfileLocked", Blame::Device, !kBlocks},
    FailureTraits{ProfileDamaged, u"ProfileDamaged", Blame::Device, !kBlocks},
    FailureTraits{WrongPassphrase, u"WrongPassphrase", Blame::Device, !kBlocks},
    FailureTraits{KeyMissing, u"KeyMissing", Blame::Device, !kBlocks},
    FailureTraits{KeyringUnavailable, u"KeyringUnavailable", Blame::Device, !kBlocks},
    FailureTraits{StoreUnavailable, u"StoreUnavailable", Blame::Device, !kBlocks},
    FailureTraits{StoreCorrupt, u"StoreCorrupt", Blame::Device, !kBlocks},
    FailureTraits{StoreTooNew, u"StoreTooNew", Blame::Device, !kBlocks},
    FailureTraits{DiskFull, u"DiskFull", Blame::Device, !kBlocks},
    FailureTraits{InvalidArgument, u"InvalidArgument", Blame::Request, !kBlocks},
    FailureTraits{EmptyText, u"EmptyText", Blame::Request, !kBlocks},
    FailureTraits{NoTransport, u"NoTransport", Blame::Request, !kBlocks},
    FailureTraits{UnknownContact, u"UnknownContact", Blame::Request, !kBlocks},
    FailureTraits{UnknownConversation, u"UnknownConversation", Blame::Request, !kBlocks},
    FailureTraits{UnknownMessage, u"UnknownMessage", Blame::Request, !kBlocks},
    FailureTraits{UnknownTransport, u"UnknownTransport", Blame::Request, !kBlocks},
    FailureTraits{AddressInUse, u"AddressInUse", Blame::Request, !kBlocks},
    FailureTraits{NotSupported, u"NotSupported", Blame::Request, !kBlocks},
    FailureTraits{Cancelled, u"Cancelled", Blame::Request, !kBlocks},
    FailureTraits{NotOffered, u"NotOffered", Blame::Request, !kBlocks},
    FailureTraits{RequestRefused, u"RequestRefused", Blame::Request, !kBlocks},
    FailureTraits{AccountExists, u"AccountExists", Blame::Request, !kBlocks},
    FailureTraits{UnknownRequest, u"UnknownRequest", Blame::Request, !kBlocks},
    FailureTraits{FileTooLarge, u"FileTooLarge", Blame::Request, !kBlocks},
    FailureTraits{FileUnavailable, u"FileUnavailable", Blame::Request, !kBlocks},
};

// The table is indexed by the code; a row out of place would blame the wrong party.
constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < kTable.size(); ++i) {
        if (static_cast<std::size_t>(kTable[i].code) != i)
            return false;
    }
    return true;
}
static_assert(isInOrder());
static_assert(kTable.size() == static_cast<std::size_t>(FileUnavailable) + 1);

} // namespace

const FailureTraits &traitsOf(FailureCode code)
{
    return kTable[static_cast<std::size_t>(code)];
}

std::span<const FailureTraits> allFailureTraits()
{
    return kTable;
}

Blame Failure::blame() const
{
    return traitsOf(code).blame;
}

QString nameOf(FailureCode code)
{
    return QString::fromUtf16(traitsOf(code).name);
}

QString nameOf(Blame blame)
{
    switch (blame) {
    case Blame::Network: return QStringLiteral("network");
    case Blame::Transport: return QStringLiteral("transport");
    case Blame::Credentials: return QStringLiteral("credentials");
    case Blame::Recipient: return QStringLiteral("recipient");
    case Blame::Message: return QStringLiteral("message");
    case Blame::Device: return QStringLiteral("device");
    case Blame::Request: return QStringLiteral("request");
    }
    Q_UNREACHABLE();
}

std::optional<FailureCode> failureCodeFromName(QStringView name)
{
    for (const FailureTraits &row : kTable) {
        if (name == QStringView(row.name))
            return row.code;
    }
    return {};
}

QString describe(const Failure &failure)
{
    const QString name = nameOf(failure.code);
    return failure.detail.isEmpty() ? name : name + QStringLiteral(": ") + failure.detail;
}

} // namespace planb
