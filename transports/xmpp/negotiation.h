// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "transports/net/session.h"
#include "transports/xmpp/account.h"
#include "transports/xmpp/resumption.h"
#include "transports/xmpp/sasl.h"
#include "transports/xmpp/sasl2.h"
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
/// | LoginFeatures | features                   | `<authenticate/>` with all that is wanted, or `<auth/>`  |
/// | Login         | `<success/>`               | a new stream; refused and registers: the form            |
/// |               |                            | XEP-0388: Done, Resumed, or features on this stream      |
/// | Form          | the registration form      | it is filled in                                          |
/// | Register      | the server's consent       | `<auth/>` again                                          |
/// | BindFeatures  | features                   | the old stream is asked for, or else a resource          |
/// | Resume        | `<resumed/>`               | Resumed; `<failed/>`: the resource is asked for          |
/// | Bind          | the full address           | Done                                                     |
///
/// A password that takes long to hash is hashed in pieces, see isBusy(). Nothing of the account is sent before the stream is encrypted. A lost stream is asked for before anything is bound:
/// binding would end it.
class Negotiation
{
public:
    /// What the caller has to do with the stream of elements.
    enum class Progress { Continue, NewStream, LoggedIn, LoggedInOnThisStream, Resumed, Done };

    /// `suspended`: the stream to resume, or null. `wantsCopies`: of what other clients of the account get (XEP-0280).
    Negotiation(const Account &account, Wire &wire, Random &random, SaltedPasswordCache &cache,
                SuspendedStream *suspended, bool wantsCopies);

    void begin(bool encrypts);
    void onEncrypted(const net::TlsFacts &facts);
    Result<Progress> handle(const Element &element);
    /// The password is being hashed: goOn() when there is time.
    bool isBusy() const { return m_step == Step::Login && m_login && m_login->isBusy(); }
    Result<Progress> goOn();

    bool isEncrypted() const { return m_step > Step::Encrypting; }
    QString mechanism() const { return m_login ? m_login->mechanism() : QString(); }
    /// The address the server gave us; after Done.
    const QString &fullJid() const { return m_fullJid; }
    bool offersStreamManagement() const { return m_offersStreamManagement; }
    bool offersClientState() const { return m_offersClientState; } ///< XEP-0352
    /// Done or Resumed came with the login itself, which nobody has been told of.
    bool hasJustLoggedIn() const { return m_hasJustLoggedIn; }
    /// The server's words where it bound the resource with stream management switched on.
    const std::optional<Element> &enabled() const { return m_enabled; }
    bool hasCopies() const { return m_hasCopies; }
    /// How many stanzas of the old stream the server had, as it said when it resumed or forgot that stream.
    std::optional<quint32> oldCounter() const { return m_oldCounter; }

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
        Resume,
        Bind,
        Done,
    };

    void openStream();
    Result<Progress> onPlainFeatures(const Element &features);
    Result<Progress> onProceed(const Element &element);
    Result<Progress> onLoginFeatures(const Element &features);
    Result<Progress> beginLogin();
    Result<Progress> onLogin(const Element &element);
    Result<Progress> onLoginStep(const SaslExchange::Step &step, const Element &element);
    Sasl2Wishes wishes() const;
    Result<Progress> onNewerSuccess(const Element &success);
    Result<Progress> onForm(const Element &iq);
    Result<Progress> onRegister(const Element &iq);
    Result<Progress> onBindFeatures(const Element &features);
    Result<Progress> onResume(const Element &element);
    void bind();
    Result<Progress> onBind(const Element &iq);

    const Account &m_account;
    Wire &m_wire;
    Random &m_random;
    SaltedPasswordCache &m_cache;
    SuspendedStream *m_suspended;
    Step m_step = Step::PlainFeatures;
    std::optional<QByteArray> m_endPoint; // channel binding data
    bool m_wantsCopies;
    SaslOffer m_offer;
    std::optional<Sasl2Offer> m_newer; // where the newer profile is used
    std::optional<SaslExchange> m_login;
    bool m_hasRegistered = false;
    bool m_offersStreamManagement = false;
    bool m_offersClientState = false;
    bool m_hasJustLoggedIn = false;
    bool m_hasCopies = false;
    std::optional<Element> m_enabled;
    std::optional<quint32> m_oldCounter;
    QString m_fullJid;
};

} // namespace planb::xmpp
