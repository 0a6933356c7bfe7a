// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <chrono>
#include <optional>
#include <span>

namespace planb {

/// Whose fault a failure is. The blame, not the code, decides what the delivery engine does:
///
/// | blame       | counts against the link | what follows                                                  |
/// |-------------|-------------------------|---------------------------------------------------------------|
/// | Network     | no                      | wait; metered transports are not used for this reason alone   |
/// | Transport   | yes                     | next transport now, this one again after a backoff            |
/// | Credentials | opens at once           | next transport; the user is asked; no automatic retry         |
/// | Recipient   | no                      | next route of this contact                                    |
/// | Message     | no                      | next route that can carry it, else failed with the reason     |
/// | Device      | no                      | this computer (disk, keyring, profile): nothing is sent or acknowledged |
/// | Request     | no                      | the caller asked for something impossible; never reaches the engine     |
enum class Blame { Network, Transport, Credentials, Recipient, Message, Device, Request };

/// Every way something can go wrong. The names are public (planbctl prints them): add, never rename.
/// failure.cpp holds the table with name, blame and whether the link is blocked until something changes.
enum class FailureCode {
    // Network: nothing here says that the other side is at fault.
    NetworkUnreachable,
    DnsUnavailable,
    // Transport: the server, or the way to it.
    HostNotFound,
    ConnectionRefused,
    ConnectTimeout,
    ConnectionLost,
    HopTimeout,
    ProxyFailed,
    TlsNotOffered,
    TlsFailed,
    CertificateUntrusted,
    ServerNotAuthentic,
    ServerClosed,
    ProtocolError,
    ServerBusy,
    // Credentials: the account.
    AuthenticationFailed,
    AccountDisabled,
    MechanismNotOffered,
    RegistrationRefused,
    SessionReplaced,
    // Recipient: the other person's address.
    RecipientUnknown,
    RecipientUnavailable,
    RecipientRefused,
    // Message: this one text.
    MessageTooLarge,
    MessageRejected,
    // Device: this computer.
    ProfileInUse,
    ProfileMissing,
    ProfileExists,
    ProfileLocked,
    ProfileDamaged,
    WrongPassphrase,
    KeyMissing,
    KeyringUnavailable,
    StoreUnavailable,
    StoreCorrupt,
    StoreTooNew,
    DiskFull,
    // Request: the call.
    InvalidArgument,
    EmptyText,
    NoTransport,
    UnknownContact,
    UnknownConversation,
    UnknownMessage,
    UnknownTransport,
    AddressInUse,
    NotSupported,
    Cancelled,
    NotOffered, ///< the other side does not know how to do that
    RequestRefused, ///< the other side understood and says no
    AccountExists, ///< an account of that name is somebody's already
    UnknownRequest, ///< nobody asks that (any more)
    FileTooLarge,
    FileUnavailable, ///< not there, gone, or not for us
};

/// One failure: what, whose fault, and words for a log or a developer (never translated, never secret).
struct Failure {
    FailureCode code;
    QString detail;
    /// When the other side asked us to wait this long before trying again.
    std::optional<std::chrono::milliseconds> retryAfter;

    Blame blame() const;
    bool operator==(const Failure &) const = default;
};

struct FailureTraits {
    FailureCode code;
    const char16_t *name; ///< public name of the code, CamelCase
    Blame blame;
    /// True where trying again by itself cannot help or can do harm (a wrong password, an untrusted
    /// certificate): the link becomes blocked instead of waiting.
    bool blocksLink;
};

const FailureTraits &traitsOf(FailureCode code);
/// All codes, in the order of the enumeration.
std::span<const FailureTraits> allFailureTraits();
QString nameOf(FailureCode code);
QString nameOf(Blame blame);
std::optional<FailureCode> failureCodeFromName(QStringView name);
/// "ConnectionRefused: 127.0.0.1:5222" for logs and command-line output.
QString describe(const Failure &failure);

} // namespace planb
