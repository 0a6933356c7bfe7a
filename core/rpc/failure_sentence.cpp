// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/failure_sentence.h"

namespace planb::rpc {

namespace {

// A switch without default: the compiler names a code that has no sentence yet.
const char16_t *textFor(FailureCode code)
{
    switch (code) {
    case FailureCode::NetworkUnreachable: return u"There is no network";
    case FailureCode::DnsUnavailable: return u"Names of servers cannot be looked up at the moment";
    case FailureCode::HostNotFound: return u"There is no server of that name";
    case FailureCode::ConnectionRefused: return u"The server does not accept connections";
    case FailureCode::ConnectTimeout: return u"The server could not be reached in time";
    case FailureCode::ConnectionLost: return u"The connection was lost";
    case FailureCode::HopTimeout: return u"The server did not confirm in time";
    case FailureCode::ProxyFailed: return u"The proxy did not let the connection through";
    case FailureCode::TlsNotOffered: return u"The server offers no encryption";
    case FailureCode::TlsFailed: return u"An encrypted connection could not be agreed on";
    case FailureCode::CertificateUntrusted: return u"The server's certificate is not trusted";
    case FailureCode::ServerNotAuthentic: return u"The server could not prove that it knows the password";
    case FailureCode::ServerClosed: return u"The server ended the connection";
    case FailureCode::ProtocolError: return u"The server sent something that makes no sense";
    case FailureCode::ServerBusy: return u"The server is busy";
    case FailureCode::AuthenticationFailed: return u"The server refused the user name or the password";
    case FailureCode::AccountDisabled: return u"The account is disabled";
    case FailureCode::MechanismNotOffered: return u"The server offers no safe way to log in";
    case FailureCode::RegistrationRefused: return u"The server did not make the account";
    case FailureCode::SessionReplaced: return u"Another program logged in with the same account and name";
    case FailureCode::RecipientUnknown: return u"The address does not exist";
    case FailureCode::RecipientUnavailable: return u"The recipient cannot be reached at this address";
    case FailureCode::RecipientRefused: return u"The recipient does not take messages from you";
    case FailureCode::MessageTooLarge: return u"The message is too long";
    case FailureCode::MessageRejected: return u"The server refused the message";
    case FailureCode::ProfileInUse: return u"The profile is in use by another program";
    case FailureCode::ProfileMissing: return u"There is no profile yet; make one with init or profile.create";
    case FailureCode::ProfileExists: return u"There is a profile already";
    case FailureCode::ProfileLocked: return u"The profile is locked; it needs its passphrase";
    case FailureCode::ProfileDamaged: return u"The profile is damaged";
    case FailureCode::WrongPassphrase: return u"The passphrase is wrong";
    case FailureCode::KeyMissing: return u"The key of the profile is missing";
    case FailureCode::KeyringUnavailable: return u"The keyring of the operating system cannot be used";
    case FailureCode::StoreUnavailable: return u"The profile's database cannot be used";
    case FailureCode::StoreCorrupt: return u"The profile's database is damaged";
    case FailureCode::StoreTooNew: return u"The profile was made by a newer version of PlanB";
    case FailureCode::DiskFull: return u"The disk is full";
    case FailureCode::InvalidArgument: return u"That is not possible";
    case FailureCode::EmptyText: return u"There is nothing to send";
    case FailureCode::NoTransport: return u"There is no transport that could carry it";
    case FailureCode::UnknownContact: return u"There is no such contact";
    case FailureCode::UnknownConversation: return u"There is no such conversation";
    case FailureCode::UnknownMessage: return u"There is no such message";
    case FailureCode::UnknownTransport: return u"There is no such transport";
    case FailureCode::AddressInUse: return u"The address belongs to another contact";
    case FailureCode::NotSupported: return u"This version of PlanB cannot do that";
    case FailureCode::Cancelled: return u"It was cancelled";
    case FailureCode::NotOffered: return u"The server does not offer that";
    case FailureCode::RequestRefused: return u"The server refused it";
    case FailureCode::AccountExists: return u"There is an account of that name already";
    case FailureCode::UnknownRequest: return u"There is no such request";
    case FailureCode::FileTooLarge: return u"The file is too large";
    case FailureCode::FileUnavailable: return u"The file cannot be fetched";
    }
    Q_UNREACHABLE();
}

} // namespace

QString sentenceFor(const Failure &failure)
{
    QString sentence = QString::fromUtf16(textFor(failure.code));
    if (!failure.detail.isEmpty())
        sentence += QStringLiteral(": ") + failure.detail;
    if (!sentence.endsWith(u'.'))
        sentence += u'.';
    return sentence;
}

} // namespace planb::rpc
