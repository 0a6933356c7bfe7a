// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "transports/xmpp/xmpp_session.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <optional>
#include <vector>

namespace planb::test {

/// Plays a server to an XmppSession, without sockets and with a clock of its own: server("…") says something,
/// client() is what the session said since the last time.
class Dialogue
{
public:
    explicit Dialogue(xmpp::Account account = alice(), xmpp::HopTiming timing = {});

    static xmpp::Account alice(); ///< alice@example.org, password "wonderland", resource "planb-1"

    void connect(bool directTls = false);
    void encrypt(); ///< the TLS handshake succeeds
    void server(const QByteArray &xml);
    void serverOpensStream(const QByteArray &features);
    /// Everything written since the last call; notes TLS and the end in passing.
    QByteArray client();
    bool clientSaid(const QByteArray &part); ///< takes what was written, and looks for this in it
    void pass(Millis time); ///< time goes by, in the session's own steps
    void close(FailureCode code);

    /// Direct TLS; the server offers these mechanisms and what stands beside them. What the session says to that is still
    /// to be taken.
    void reachLogin(const QByteArrayList &mechanismNames, const QByteArray &beside = {});
    /// Plain connect, TLS, SASL PLAIN: up to the features after login.
    void logIn();
    /// logIn() and bind. With stream management `<enabled/>` has been said.
    void comeOnline(bool streamManagement = true);
    /// comeOnline() with a stream that may be resumed as "old-1"; `attributes` go into `<enabled/>` beside that.
    void comeOnlineResumable(const QByteArray &attributes = {});
    /// logIn() up to the request to resume, which is still to be taken with client().
    void reachResumption();
    /// comeOnline(), and the request that follows it is answered: nothing is open.
    void settle(bool streamManagement = true);

    void send(qint64 attempt, const QString &text, const QString &to = QStringLiteral("bob@example.org"),
              const QString &wireId = QStringLiteral("w1"));

    /// All events of one kind so far, oldest first; takes them.
    template<class T>
    std::vector<T> events()
    {
        collect();
        std::vector<T> found;
        for (auto it = m_events.begin(); it != m_events.end();) {
            if (auto *event = std::get_if<T>(&*it)) {
                found.push_back(*event);
                it = m_events.erase(it);
            } else {
                ++it;
            }
        }
        return found;
    }

    bool asksForTls();
    bool isEstablished();
    bool isFinished();
    std::optional<net::Redirect> redirect();
    /// Why the session gave the connection up.
    std::optional<Failure> aborted();

    SeededRandom m_seed{7}; // before the session that uses it
    xmpp::XmppSession session;
    MonoTime now{Millis(1'000'000)};

private:
    void collect();

    QByteArray m_written;
    xmpp::Events m_events;
    bool m_asksForTls = false;
    bool m_isEstablished = false;
    bool m_isFinished = false;
    std::optional<net::Redirect> m_redirect;
    std::optional<Failure> m_aborted;
};

/// A stream header as servers send it.
QByteArray streamHeader();
QByteArray features(const QByteArray &inside);
inline const QByteArray kStartTlsFeature = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
QByteArray mechanisms(const QByteArrayList &names, const QByteArray &beside = {});
/// The text of the first `<name …>…</name>` in `xml`.
QByteArray textIn(const QByteArray &xml, const QByteArray &name);
/// The value of the first attribute of that name.
QByteArray attributeIn(const QByteArray &xml, const QByteArray &name);

} // namespace planb::test
