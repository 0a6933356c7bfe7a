// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/account_session.h"

#include "transports/xmpp/account_stanzas.h"
#include "transports/xmpp/errors.h"
#include "transports/xmpp/namespaces.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

QString idOf(int number)
{
    return u"account-%1"_s.arg(number);
}

} // namespace

void AccountSession::onConnected(bool encrypts, MonoTime)
{
    m_stream.clear();
    m_wire.reset();
    m_step = encrypts ? Step::Encrypting : Step::PlainFeatures;
    if (!encrypts)
        openStream();
}

void AccountSession::onEncrypted(const net::TlsFacts &, MonoTime)
{
    if (m_wire.isOver())
        return;
    m_stream.clear();
    m_step = Step::Features;
    openStream();
}

void AccountSession::openStream()
{
    const QString header = u"<?xml version='1.0'?><stream:stream to='%1' version='1.0' xmlns='%2' xmlns:stream='%3'>"_s
                               .arg(escaped(m_wish.domain), ns::kClient, ns::kStreams);
    m_wire.write(header.toUtf8());
}

void AccountSession::onBytes(QByteArrayView bytes, MonoTime)
{
    m_stream.feed(bytes);
    while (!m_wire.isOver()) {
        const auto item = m_stream.next();
        if (!item) {
            m_wire.abort(item.error());
            return;
        }
        if (!item->has_value())
            return;
        if (const auto *element = std::get_if<Element>(&**item))
            onElement(*element);
        else if (std::holds_alternative<XmlStream::Cut>(**item))
            m_wire.abort({FailureCode::ProtocolError, u"the server says too much at once"_s, {}});
        else if (!std::holds_alternative<XmlStream::Header>(**item))
            m_wire.abort({FailureCode::ServerClosed, u"the server closed the stream"_s, {}});
    }
}

void AccountSession::onElement(const Element &element)
{
    if (element.is(u"error", ns::kStreams)) {
        m_wire.abort(streamFailure(element));
    } else if (m_step < Step::Features) {
        onPlainElement(element);
    } else if (m_step == Step::Features && element.is(u"features", ns::kStreams)) {
        // The server has proved who it is; no other endpoint would say anything else.
        m_wire.established();
        if (!m_wish.token.isEmpty())
            ask(Step::Invitation, invitationStanza(m_wish.domain, m_wish.token));
        else
            askForForm();
    } else if (element.is(u"iq", ns::kClient) && element.attribute(u"id") == idOf(m_asked)) {
        onAnswer(element);
    }
}

void AccountSession::onPlainElement(const Element &element)
{
    if (m_step == Step::PlainFeatures && element.is(u"features", ns::kStreams)) {
        if (!element.has(u"starttls", ns::kTls)) {
            m_wire.abort({FailureCode::TlsNotOffered, u"the server does not offer STARTTLS"_s, {}});
            return;
        }
        m_wire.write(Element(u"starttls", ns::kTls));
        m_step = Step::Proceed;
    } else if (m_step == Step::Proceed && element.is(u"proceed", ns::kTls)) {
        m_step = Step::Encrypting;
        // What came behind it in plain text is nobody's word.
        m_stream.clear();
        m_wire.startTls();
    } else {
        m_wire.abort({FailureCode::TlsFailed, u"the server does not begin with encryption"_s, {}});
    }
}

void AccountSession::onAnswer(const Element &iq)
{
    const bool isError = iq.attribute(u"type") == u"error";
    switch (m_step) {
    case Step::Invitation:
        // A server that knows no invitations may let everybody in.
        if (isError && iqFailure(iq).code != FailureCode::NotOffered)
            return end(fail(FailureCode::RegistrationRefused,
                            u"the invitation is not valid (any more): "_s + stanzaErrorWords(iq)));
        return askForForm();
    case Step::Form: return onForm(iq);
    case Step::Submission: return onSubmitted(iq);
    default: return;
    }
}

void AccountSession::askForForm()
{
    if (m_wish.submits && !m_wish.answers.isEmpty())
        submit(m_wish.answers);
    else
        ask(Step::Form, accountFormRequest(m_wish.domain));
}

void AccountSession::onForm(const Element &iq)
{
    if (iq.attribute(u"type") == u"error")
        return end(fail(registrationFailure(iq)));
    const Result<AccountForm> form = accountForm(iq);
    if (!form)
        return end(fail(form.error()));
    if (!m_wish.submits || !isSimple(*form))
        return end(AccountAnswer{{}, *form, {}});
    FormAnswers hidden;
    for (const FormField &field : form->fields) {
        if (field.type == FormField::Type::Hidden)
            hidden.insert(field.name, field.values);
    }
    submit(std::move(hidden));
}

void AccountSession::submit(FormAnswers answers)
{
    // What the settings say is what the transport will log in with.
    answers.insert(m_wish.identity);
    ask(Step::Submission, accountSubmission(m_wish.domain, answers));
}

void AccountSession::onSubmitted(const Element &iq)
{
    if (iq.attribute(u"type") != u"error")
        return end(AccountAnswer{});
    const Failure refusal = registrationFailure(iq);
    // XEP-0077, 3.1.1: the form may come back with the refusal, e.g. with another picture.
    const Result<AccountForm> again = accountForm(iq);
    if (refusal.code == FailureCode::RegistrationRefused && again && !isSimple(*again))
        return end(AccountAnswer{{}, *again, refusal});
    end(fail(refusal));
}

void AccountSession::ask(Step step, Element iq)
{
    m_step = step;
    m_wire.write(iq.set(u"id", idOf(++m_asked)));
}

void AccountSession::end(Result<AccountAnswer> outcome)
{
    m_outcome = std::move(outcome);
    m_wire.finish();
}

void AccountSession::onClosed(const Failure &failure, MonoTime)
{
    if (!m_outcome)
        m_outcome = Result<AccountAnswer>(fail(failure));
}

void AccountSession::onTimer(MonoTime) {}

} // namespace planb::xmpp
