// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/account_errand.h"
#include "transports/net/session.h"
#include "transports/xmpp/wire.h"
#include "transports/xmpp/xml_stream.h"

#include <optional>

namespace planb::xmpp {

/// A stream on which nobody logs in: the server is asked for an account (XEP-0077). Pure, like XmppSession.
///
/// | step          | waits for             | then                                                             |
/// |---------------|-----------------------|------------------------------------------------------------------|
/// | PlainFeatures | the features          | `<starttls/>`; without the offer: TlsNotOffered                  |
/// | Proceed       | `<proceed/>`          | TLS                                                              |
/// | Features      | the features          | the invitation if there is one, else the form is asked for       |
/// | Invitation    | the server's word     | the form is asked for; answers to a form are submitted instead   |
/// | Form          | the form              | it is the outcome, or it is submitted                            |
/// | Submission    | the server's word     | the outcome                                                      |
///
/// Nothing about anybody is sent before the stream is encrypted.
class AccountSession final : public net::Session
{
public:
    struct Wish {
        QString domain;
        QString token; ///< of an invitation; may be empty
        bool submits = false;
        FormAnswers identity; ///< username and password
        FormAnswers answers; ///< see AccountRequest
    };

    explicit AccountSession(Wish wish) : m_wish(std::move(wish)) {}

    void onConnected(bool encrypts, MonoTime now) override;
    void onEncrypted(const net::TlsFacts &facts, MonoTime now) override;
    void onBytes(QByteArrayView bytes, MonoTime now) override;
    void onClosed(const Failure &failure, MonoTime now) override;
    void onTimer(MonoTime now) override;
    std::vector<net::Command> takeCommands() override { return m_wire.take(); }
    std::optional<MonoTime> wakeAt() const override { return {}; }

    /// Set once there is one; the connection is then being ended.
    const std::optional<Result<AccountAnswer>> &outcome() const { return m_outcome; }

private:
    enum class Step { PlainFeatures, Proceed, Encrypting, Features, Invitation, Form, Submission };

    void openStream();
    void onElement(const Element &element);
    void onPlainElement(const Element &element);
    void onAnswer(const Element &iq);
    void onForm(const Element &iq);
    void onSubmitted(const Element &iq);
    void askForForm();
    void submit(FormAnswers answers);
    void ask(Step step, Element iq);
    void end(Result<AccountAnswer> outcome);

    Wish m_wish;
    Wire m_wire;
    XmlStream m_stream;
    Step m_step = Step::PlainFeatures;
    int m_asked = 0;
    std::optional<Result<AccountAnswer>> m_outcome;
};

} // namespace planb::xmpp
