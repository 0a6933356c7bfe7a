// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/negotiation.h"

#include "transports/xmpp/channel_binding.h"
#include "transports/xmpp/errors.h"
#include "transports/xmpp/jid.h"
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/registration.h"
#include "transports/xmpp/saslprep.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

Unexpected<Failure> unexpected(const Element &element, const QString &when)
{
    return fail(FailureCode::ProtocolError, u"unexpected <%1/> %2"_s.arg(element.name().left(50), when));
}

bool isFeatures(const Element &element)
{
    return element.is(u"features", ns::kStreams);
}

bool isAnswerTo(const Element &element, QStringView id)
{
    const QString type = element.attribute(u"type");
    return element.is(u"iq", ns::kClient) && element.attribute(u"id") == id && (type == u"result" || type == u"error");
}

} // namespace

Negotiation::Negotiation(const Account &account, Wire &wire, Random &random, SaltedPasswordCache &cache,
                         SuspendedStream *suspended, bool wantsCopies)
    : m_account(account)
    , m_wire(wire)
    , m_random(random)
    , m_cache(cache)
    , m_suspended(suspended)
    , m_wantsCopies(wantsCopies)
{}

void Negotiation::begin(bool encrypts)
{
    if (encrypts)
        m_step = Step::Encrypting;
    else
        openStream();
}

void Negotiation::onEncrypted(const net::TlsFacts &facts)
{
    m_endPoint = tlsServerEndPoint(facts.certificate);
    m_step = Step::LoginFeatures;
    openStream();
}

void Negotiation::openStream()
{
    const QString header = u"<?xml version='1.0'?><stream:stream to='%1' version='1.0' xml:lang='en' xmlns='%2' "
                           u"xmlns:stream='%3'>"_s.arg(escaped(m_account.domain), ns::kClient, ns::kStreams);
    m_wire.write(header.toUtf8());
}

Result<Negotiation::Progress> Negotiation::handle(const Element &element)
{
    switch (m_step) {
    case Step::PlainFeatures: return onPlainFeatures(element);
    case Step::Proceed: return onProceed(element);
    case Step::LoginFeatures: return onLoginFeatures(element);
    case Step::Login: return onLogin(element);
    case Step::Form: return onForm(element);
    case Step::Register: return onRegister(element);
    case Step::BindFeatures: return onBindFeatures(element);
    case Step::Resume: return onResume(element);
    case Step::Bind: return onBind(element);
    case Step::Encrypting:
    case Step::Done: break;
    }
    return unexpected(element, u"while nothing was asked for"_s);
}

Result<Negotiation::Progress> Negotiation::onPlainFeatures(const Element &features)
{
    if (!isFeatures(features))
        return unexpected(features, u"instead of the features"_s);
    if (!features.has(u"starttls", ns::kTls))
        return fail(FailureCode::TlsNotOffered, u"the server does not offer STARTTLS"_s);
    m_wire.write(Element(u"starttls", ns::kTls));
    m_step = Step::Proceed;
    return Progress::Continue;
}

Result<Negotiation::Progress> Negotiation::onProceed(const Element &element)
{
    if (element.is(u"failure", ns::kTls))
        return fail(FailureCode::TlsFailed, u"the server offers STARTTLS but refuses it"_s);
    if (!element.is(u"proceed", ns::kTls))
        return unexpected(element, u"instead of the consent to TLS"_s);
    m_step = Step::Encrypting;
    m_wire.startTls();
    return Progress::NewStream;
}

Result<Negotiation::Progress> Negotiation::onLoginFeatures(const Element &features)
{
    if (!isFeatures(features))
        return unexpected(features, u"instead of the features"_s);
    m_offer = SaslOffer::parse(features);
    m_newer = Sasl2Offer::parse(features);
    // Registration begins where the older profile has refused a login.
    if (m_newer && (m_account.registers || !m_newer->isWorthUsing(m_offer, m_endPoint)))
        m_newer.reset();
    if (m_newer)
        m_offer = m_newer->sasl;
    return beginLogin();
}

Result<Negotiation::Progress> Negotiation::beginLogin()
{
    const auto mechanism = chooseMechanism(m_offer, m_endPoint);
    if (!mechanism)
        return fail(FailureCode::MechanismNotOffered,
                    u"the server offers: "_s + m_offer.mechanisms.join(u' ').left(200));
    // Whoever wants to see the password of an account whose server never had to is most likely not that server.
    if (strengthOf(mechanism->name) == 1 && strengthOf(m_account.strongestLogin) > 1)
        return fail(
            FailureCode::ServerNotAuthentic,
            u"the server now wants to see the password; so far it has let us in by %1"_s.arg(m_account.strongestLogin));
    const auto name = saslPrepared(m_account.name);
    const auto password = saslPrepared(m_account.password);
    if (!name || !password)
        return fail(FailureCode::AuthenticationFailed, u"the name or password holds a character that XMPP forbids"_s);
    m_login.emplace(*mechanism, Scram::Credentials{*name, *password}, m_random);
    m_wire.write(m_newer ? authenticateElement(m_login->begin(), wishes()) : m_login->begin());
    m_step = Step::Login;
    return Progress::Continue;
}

Result<Negotiation::Progress> Negotiation::onLogin(const Element &element)
{
    const Result<Element> answer = m_newer ? olderAnswer(element) : Result<Element>(element);
    if (!answer)
        return fail(answer.error());
    return onLoginStep(m_login->handle(*answer, m_cache), element);
}

Result<Negotiation::Progress> Negotiation::goOn()
{
    return onLoginStep(m_login->goOn(m_cache), {});
}

// `element`: what the server said last, if that was the reason.
Result<Negotiation::Progress> Negotiation::onLoginStep(const SaslExchange::Step &step, const Element &element)
{
    if (step && std::holds_alternative<SaslExchange::Busy>(*step))
        return Progress::Continue;
    if (step && std::holds_alternative<Element>(*step)) {
        const Element &response = std::get<Element>(*step);
        m_wire.write(m_newer ? newerResponse(response) : response);
        return Progress::Continue;
    }
    if (step && m_newer)
        return onNewerSuccess(element);
    if (step) {
        m_step = Step::BindFeatures;
        openStream();
        return Progress::LoggedIn;
    }
    const bool isRefused = step.error().code == FailureCode::AuthenticationFailed && element.is(u"failure", ns::kSasl);
    if (!isRefused || !m_account.registers || m_hasRegistered)
        return fail(step.error());
    m_wire.write(registrationFormRequest(m_account));
    m_step = Step::Form;
    return Progress::Continue;
}

Sasl2Wishes Negotiation::wishes() const
{
    Sasl2Wishes all{
        installationId(m_account.bareJid(), m_account.resource), m_wantsCopies && m_newer->enablesCopies, {}};
    if (m_newer->resumes && m_suspended)
        all.resume = m_suspended->request();
    return all;
}

Result<Negotiation::Progress> Negotiation::onNewerSuccess(const Element &success)
{
    const Sasl2Success outcome = Sasl2Success::parse(success);
    m_offersClientState = m_newer->knowsClientState;
    const auto &old = outcome.resumed ? outcome.resumed : outcome.failed;
    bool hasCounter = false;
    const quint32 counter = old ? old->attribute(u"h").toUInt(&hasCounter) : 0;
    if (hasCounter)
        m_oldCounter = counter;
    if (outcome.resumed) {
        if (!hasCounter || !m_suspended || !m_newer->resumes)
            return fail(FailureCode::ProtocolError, u"a resumed stream that nobody asked for, or without a counter"_s);
    } else if (!outcome.isBound) {
        // The features come by themselves, and the rest goes as ever.
        m_step = Step::BindFeatures;
        return Progress::LoggedInOnThisStream;
    } else if (resourceOf(outcome.jid).value_or(QString()).isEmpty()) {
        return fail(FailureCode::ProtocolError, u"the server's answer holds no address"_s);
    }
    m_fullJid = outcome.jid;
    m_enabled = outcome.enabled;
    m_hasCopies = outcome.hasCopies;
    m_hasJustLoggedIn = true;
    m_step = Step::Done;
    return outcome.resumed ? Progress::Resumed : Progress::Done;
}

Result<Negotiation::Progress> Negotiation::onForm(const Element &iq)
{
    if (!isAnswerTo(iq, u"register-form"))
        return unexpected(iq, u"instead of the registration form"_s);
    const Result<Element> filled = filledRegistrationForm(iq, m_account);
    if (!filled)
        return fail(filled.error());
    m_wire.write(*filled);
    m_step = Step::Register;
    return Progress::Continue;
}

Result<Negotiation::Progress> Negotiation::onRegister(const Element &iq)
{
    if (!isAnswerTo(iq, u"register"))
        return unexpected(iq, u"instead of an answer to the registration"_s);
    if (const auto outcome = registrationOutcome(iq); !outcome)
        return fail(outcome.error());
    m_hasRegistered = true;
    return beginLogin();
}

Result<Negotiation::Progress> Negotiation::onBindFeatures(const Element &features)
{
    if (!isFeatures(features) || !features.has(u"bind", ns::kBind))
        return unexpected(features, u"instead of the features after login"_s);
    m_offersStreamManagement = features.has(u"sm", ns::kStreamManagement);
    m_offersClientState = features.has(u"csi", ns::kClientState);
    if (m_offersStreamManagement && m_suspended) {
        m_wire.write(m_suspended->request());
        m_step = Step::Resume;
    } else {
        bind();
    }
    return Progress::Continue;
}

Result<Negotiation::Progress> Negotiation::onResume(const Element &element)
{
    const bool isResumed = element.is(u"resumed", ns::kStreamManagement);
    if (!isResumed && !element.is(u"failed", ns::kStreamManagement))
        return unexpected(element, u"instead of the stream asked for"_s);
    bool hasCounter = false;
    const quint32 counter = element.attribute(u"h").toUInt(&hasCounter);
    if (hasCounter)
        m_oldCounter = counter;
    if (!isResumed) {
        bind();
        return Progress::Continue;
    }
    if (!hasCounter)
        return fail(FailureCode::ProtocolError, u"a resumed stream without a counter"_s);
    m_step = Step::Done;
    return Progress::Resumed;
}

void Negotiation::bind()
{
    Element bind(u"bind", ns::kBind);
    bind.add(Element(u"resource", ns::kBind).setText(m_account.resource));
    m_wire.write(Element(u"iq", ns::kClient).set(u"type", u"set"_s).set(u"id", u"bind"_s).add(std::move(bind)));
    m_step = Step::Bind;
}

Result<Negotiation::Progress> Negotiation::onBind(const Element &iq)
{
    if (!isAnswerTo(iq, u"bind"))
        return unexpected(iq, u"instead of an address"_s);
    // Nearly always our own earlier session, which the server has not given up yet: later it has.
    if (iq.attribute(u"type") == u"error")
        return fail(FailureCode::ServerBusy, u"the server gives us no address: "_s + stanzaErrorWords(iq));
    const Element *bind = iq.child(u"bind", ns::kBind);
    const Element *jid = bind ? bind->child(u"jid", ns::kBind) : nullptr;
    if (!jid || jid->text().isEmpty())
        return fail(FailureCode::ProtocolError, u"the server's answer holds no address"_s);
    m_fullJid = jid->text();
    m_step = Step::Done;
    return Progress::Done;
}

} // namespace planb::xmpp
