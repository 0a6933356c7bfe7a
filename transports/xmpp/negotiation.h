// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "transports/net/session.h"
#include "transports/xmpp/account.h"
#include "transports/xmpp/sasl.h"
#include "transports/xmpp/wire.h"

#include <optional>

namespace planb::xmpp {

/// From the first byte to a bound resource (RFC 6120), element by element.
///
/// | step          | waits for                  | then                                                     |
/// |---------------|----------------------------|----------------------------------------------------------|
/// | PlainFeatures | features of a plain stream | `<starttls/>`; without the offer: TlsNotOffered          |
/// | Proceed       | `<proceed/>`               | TLS                                                      |
/// | Encrypting    | the TLS handshake          | a new stream                                             |
/// | LoginFeatures | features                   | `<auth/>`                                                |
/// | Login         | `<success/>`               | a new stream; refused and registers: the form            |
/// | Form          | the registration form      | it is filled in                                          |
/// | Register      | the server's consent       | `<auth/>` again                                          |
/// | BindFeatures  | features                   | the resource is asked for                                |
/// | Bind          | the full address           | Done                                                     |
///
/// Nothing of the account is sent before the stream is encrypted.
class Negotiation
{
public:
    /// What the caller has to do with the stream of elements.
    enum class Progress { Continue, NewStream, LoggedIn, Done };

    Negotiation(const Account &account, Wire &wire, Random &random, SaltedPasswordCache &cache);

    void begin(bool encrypts);
    void onEncrypted(const net::TlsFacts &facts);
    Result<Progress> handle(const Element &element);

    bool isEncrypted() const { return m_step > Step::Encrypting; }
    QString mechanism() const { return m_login ? m_login->mechanism() : QString(); }
    /// The address the server gave us; after Done.
    const QString &fullJid() const { return m_fullJid; }
    bool offersStreamManagement() const { return m_offersStreamManagement; }

private:
    enum class Step {
        PlainFeatures,
        Proceed,
        Encrypting,
        LoginFeatures,
        Login,
        Form,
        Register,
        BindFeatures,
        Bind,
        Done,
    };

    void openStream();
    Result<Progress> onPlainFeatures(const Element &features);
    Result<Progress> onProceed(const Element &element);
    Result<Progress> onLoginFeatures(const Element &features);
    Result<Progress> beginLogin();
    Result<Progress> onLogin(const Element &element);
    Result<Progress> onForm(const Element &iq);
    Result<Progress> onRegister(const Element &iq);
    Result<Progress> onBindFeatures(const Element &features);
    Result<Progress> onBind(const Element &iq);

    const Account &m_account;
    Wire &m_wire;
    Random &m_random;
    SaltedPasswordCache &m_cache;
    Step m_step = Step::PlainFeatures;
    std::optional<QByteArray> m_endPoint; // channel binding data
    SaslOffer m_offer;
    std::optional<SaslExchange> m_login;
    bool m_hasRegistered = false;
    bool m_offersStreamManagement = false;
    QString m_fullJid;
};

} // namespace planb::xmpp
