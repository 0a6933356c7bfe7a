// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/failure.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace planb::net {

/// What is known about an encrypted connection whose certificate has been checked.
struct TlsFacts {
    QString protocol; ///< "TLSv1.3"
    QString cipher;
    QByteArray certificate; ///< the server's own certificate, DER
};

struct WriteBytes {
    QByteArray bytes;
};
struct StartTls {};
/// The connection has proved itself: the connect time limit is over, no other endpoint is tried.
struct Established {};
/// Continue at this host instead, before any endpoint that is left. The certificate must name the same domain.
struct Redirect {
    QString host;
    quint16 port = 0; ///< 0: the port of the endpoint in use
};
/// This connection failed. Before Established the next endpoint is tried, unless the failure is final.
struct Abort {
    Failure failure;
};
/// Send what has been written, then close: the session is over in good order.
struct Finish {};
using Command = std::variant<WriteBytes, StartTls, Established, Redirect, Abort, Finish>;

/// A protocol's dialogue: bytes and time in, commands out. Owns no socket and no timer, so that a test can
/// drive it line by line. A SessionRunner (or a test) calls it from one thread.
///
/// onConnected() begins a connection from scratch, whatever came before; it is called once per endpoint tried.
/// After any call, takeCommands() and wakeAt() tell what to do next. After Abort or Finish the session ignores
/// everything but onConnected() and onClosed().
class Session
{
public:
    virtual ~Session() = default;

    /// TCP stands. `encrypts` tells that onEncrypted() follows before any byte (direct TLS).
    virtual void onConnected(bool encrypts, MonoTime now) = 0;
    virtual void onEncrypted(const TlsFacts &facts, MonoTime now) = 0;
    virtual void onBytes(QByteArrayView bytes, MonoTime now) = 0;
    /// No endpoint is left, or the established connection is gone.
    virtual void onClosed(const Failure &failure, MonoTime now) = 0;
    virtual void onTimer(MonoTime now) = 0;

    virtual std::vector<Command> takeCommands() = 0;
    virtual std::optional<MonoTime> wakeAt() const = 0;
    /// False: what comes is to stay with the operating system, and thereby with the sender, until this changes.
    virtual bool wantsBytes() const { return true; }
};

} // namespace planb::net
