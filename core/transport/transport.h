// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/model/address.h"
#include "core/model/content.h"
#include "core/model/message.h"
#include "core/model/stream.h"
#include "core/model/wire_id.h"
#include "core/transport/link_state.h"

#include <QObject>
#include <QStringList>

#include <optional>

namespace planb {

class Archive;
class Attention;
class ClientInfo;
class FileCarrier;
class OwnAccount;
class Roster;
class TransportMemory;

/// What a transport is like; fixed while it lives.
struct TransportTraits {
    TransportKind kind = TransportKind::Xmpp;
    QString ownAddress; ///< the account's address, for display and for the domain rule of routes
    qsizetype maxTextBytes = 0; ///< the longest text it carries, in bytes of UTF-8
    bool metered = false; ///< each message costs money
    bool needsInternet = true;
    bool confirmsDelivery = false; ///< can report Delivered for plain messages
};

/// The message that a reply is to, for clients that cannot look it up.
struct Quote {
    QString text;
    Direction direction = Direction::In; ///< Out: the user quotes a message of their own
};

/// What travels. Plain text today; sealed bytes will be a second form.
struct Payload {
    WireId wireId;
    QString text; ///< what ContentKind says
    quint64 order = 0; ///< the author's place of this message in the conversation; rises with every message
    WallTime composedAt;
    std::optional<WireId> replyTo;
    std::optional<StreamPlace> place = {}; ///< what the other side acknowledges it by, if it is PlanB
    QList<WireId> parents = {}; ///< the newest messages the author had seen; at most kMaxParents
    QList<StreamAck> acks = {}; ///< what has been stored of theirs; at most kMaxStreamAcks
    ContentKind kind = ContentKind::Text;
    std::optional<WireId> target = {}; ///< the message it is about, as its author calls it; set unless kind is Text
    std::optional<Quote> quote = {}; ///< of the message `replyTo`
    bool wantsReadMark = false; ///< ask to be told when it has been seen
    bool showsState = false; ///< the user does not mind that the other side sees what they do
};

/// A message that came in. Nothing in it is trusted but `from`, which the server vouches for.
struct Incoming {
    quint64 token = 0; ///< give it back with handled(); unique within this transport object
    Address from;
    WireId wireId;
    QString text; ///< what ContentKind says, within limits; a Text is empty only if it is sealed
    std::optional<quint64> order; ///< absent from clients other than PlanB
    std::optional<WallTime> sentAt; ///< by the author's or the server's clock
    std::optional<WireId> replyTo;
    bool removesRepeats = false; ///< the author's client says it is PlanB
    std::optional<StreamPlace> place = {};
    QList<WireId> parents = {};
    QList<StreamAck> acks = {};
    /// Out: this user sent it to `from` with another client.
    Direction direction = Direction::In;
    ContentKind kind = ContentKind::Text;
    std::optional<WireId> target = {}; ///< set unless kind is Text
    std::optional<WireId> alias = {}; ///< another id by which others may call it
    bool wantsReadMark = false;
    QString sealedBy = {}; ///< see Message
};

/// What somebody's PlanB has stored of ours. Only as good as the word of the server that brings it.
struct Acknowledgement {
    Address from;
    QList<StreamAck> acks; ///< not empty
};

/// Late news about something sent earlier, possibly by an earlier process.
struct Report {
    enum class Kind {
        Delivered, ///< the other person's client has it
        Bounced, ///< it came back; weak evidence, a copy may have arrived all the same
        Read, ///< the other person has seen it, and what was sent to them before it
    };
    Kind kind = Kind::Delivered;
    Address from; ///< whose word it is
    WireId wireId;
    std::optional<Failure> failure; ///< for Bounced
    bool removesRepeats = false;
};

/// One step of setting up a connection, for "test this transport".
struct ConnectStep {
    enum class Name { Lookup, Connect, Tls, Login, RoundTrip };
    Name name = Name::Lookup;
    Micros took{0};
    QString detail; ///< "127.0.0.1:5222", "TLSv1.3", "SCRAM-SHA-256"; no secrets
    std::optional<Failure> failure; ///< set when this step failed; no step follows it
};

/// How the core disposed of an incoming message.
enum class Disposition {
    /// Stored for good, or a repeat of what is: confirm it to the author, unless the message has a place (the core
    /// acknowledges those).
    Committed,
    Dropped, ///< not stored, on purpose: acknowledge the transport's own protocol, confirm nothing
};

/// The port that every kind of transport implements; one contract suite (tests/testkit) runs against all.
///
/// Lives on the core thread. Retries connections; never retries messages. Any method may be called in any
/// phase. Signals may be emitted from within a method call. After stop() nothing is emitted but
/// handedOver() for open attempts, stateChanged() and left().
class Transport : public QObject
{
    Q_OBJECT

public:
    explicit Transport(TransportId id, QObject *parent = nullptr);
    ~Transport() override;

    TransportId id() const { return m_id; }
    virtual TransportTraits traits() const = 0;
    virtual LinkState state() const = 0;
    /// Names and addresses of the hosts it connects to, as far as they are known: from the settings and from the last
    /// look-up that worked. Tells which transports would fail together; kinds without a server have none.
    virtual QStringList hosts() const { return {}; }

    // What only some kinds can do; null where this one cannot.
    virtual Attention *attention() { return nullptr; }
    virtual Archive *archive() { return nullptr; }
    virtual OwnAccount *account() { return nullptr; }
    virtual TransportMemory *memory() { return nullptr; }
    virtual Roster *roster() { return nullptr; }
    virtual FileCarrier *files() { return nullptr; }
    virtual ClientInfo *clientInfo() { return nullptr; }

    virtual void start() = 0;
    /// Ends the connection in good order. Open attempts are handed over as ConnectionLost.
    virtual void stop() = 0;
    /// After stop(): the server has perhaps not read the goodbye yet. Whoever ends the process waits a moment for left().
    virtual bool isLeaving() const { return false; }
    /// Conditions changed (network up, the user pressed send, resume from suspend): try at once.
    virtual void nudge() = 0;
    /// Tries once. Answers with exactly one handedOver(attempt, …), at the latest when the link is lost.
    virtual void send(AttemptId attempt, const Payload &payload, const Address &to) = 0;
    /// Tells the other side what has been stored of theirs, once, with no attempt and no answer: the next one repeats
    /// it. Nothing happens outside Ready. `acks` is not empty and has at most kMaxStreamAcks.
    virtual void acknowledge(const QList<StreamAck> &acks, const Address &to) = 0;
    /// Asks the other side for a sign of life; silence leads to Suspect and then to Waiting.
    virtual void probe() = 0;
    /// Returns an Incoming's token: its effects are on disk, so the transport may now acknowledge it.
    virtual void handled(quint64 token, Disposition disposition) = 0;

Q_SIGNALS:
    void stateChanged(const planb::LinkState &state);
    /// The next hop took responsibility (no failure), or this try is over with a failure.
    /// ConnectionLost means: it may or may not have arrived. When a link is lost, stateChanged() says so first.
    void handedOver(planb::AttemptId attempt, const std::optional<planb::Failure> &failure);
    /// What came in one piece, in its order; not empty. Many at once are stored much faster than one by one.
    void received(const QList<planb::Incoming> &incoming);
    /// Acknowledgements that came without a message; those that come with one are in Incoming::acks. Lost ones are
    /// repeated with the next.
    void acknowledged(const planb::Acknowledgement &acknowledgement);
    /// What it says is on disk when the slots return, unless the transport has been stopped meanwhile: only then may the
    /// server be told that it arrived.
    void reported(const planb::Report &report);
    void stepped(const planb::ConnectStep &step);
    /// After stop(): no longer leaving.
    void left();

private:
    TransportId m_id;
};

} // namespace planb
