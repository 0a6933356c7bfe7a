// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/session_keys.h"
#include "core/crypto/skipped_keys.h"

namespace planb {

/// One session with one device: a Double Ratchet with encrypted headers (docs/protocol.md, "Ratchet").
///
/// A value. Sealing and opening leave it as it is and give the session that comes after; whoever stores that one together
/// with what came of it, before anything leaves the computer or is acknowledged, can lose its power at any moment without
/// using a key twice. Of two sessions that came of one, only one may ever be used.
class Session
{
public:
    /// So many keys are skipped for one message at most.
    static constexpr quint32 kMaxSkip = 1000;
    /// Receiving chains whose late messages can still be opened, the current one among them.
    static constexpr quint32 kMaxChains = 5;

    /// The beginning of a session with `target`; nothing has been sent. NotAuthentic if the target's keys cannot be
    /// agreed with, LaterVersion if it does not know our suite.
    static Judged<Session> begin(const OwnDevice &self, const SessionTarget &target, quint64 order);
    /// The other end, of a greeting read with readGreeting(). Nothing is proven before open() has opened it, too.
    /// PrekeyGone if one of the prekeys it names is not there.
    static Judged<Session> answer(const OwnDevice &self, const Prekeys &prekeys, const Greeting &greeting,
                                  const GreetingHeader &header, WallTime now);

    Session clone() const;

    /// The initiator's ephemeral key: names the session, and is in each greeting of it.
    const ExchangeKey &ephemeral() const { return m_facts.ephemeral; }
    const SessionAd &ad() const { return m_facts.ad; }
    quint64 order() const { return m_facts.order; }
    /// Still sending greetings: we began it and nothing has come back.
    bool isUnanswered() const { return m_greeting.has_value(); }
    qsizetype skippedKeys() const { return m_skipped.count(); }

    struct Sealed;
    /// TooLarge above kMaxContentBytes; Exhausted after 2^32 - 1 messages without an answer.
    Judged<Sealed> seal(QByteArrayView content) const;
    struct Opened;
    /// NoSession, AlreadyOpened, TooFarAhead or Damaged.
    Judged<Opened> open(const Envelope &envelope) const;

    /// For the store, secret.
    SecretBytes toBytes() const;
    /// Of what toBytes() gives, and nothing else: StoreCorrupt.
    static Result<Session> fromBytes(ByteView bytes);

private:
    // What does not change.
    struct Facts {
        SessionAd ad;
        ExchangeKey ephemeral;
        quint64 order = 0;
    };
    struct Counters {
        quint32 sent = 0; // in the sending chain
        quint32 previous = 0; // in the one before
        quint32 received = 0; // in the receiving chain: the next number
        bool canSend = false; // a sending chain is there; otherwise the next seal() begins one
        bool canReceive = false;
        quint64 chain = 0; // of the receiving chain
        quint32 olderChains = 0;
    };
    // Places in m_keys.
    enum Slot : std::size_t {
        Root,
        SendChain,
        ReceiveChain,
        SendHead,
        ReceiveHead,
        NextSendHead,
        NextReceiveHead,
        OwnRatchet,
        OlderHeads,
        SlotCount = OlderHeads + kMaxChains - 1,
    };
    struct Header {
        ExchangeKey ratchet;
        quint32 previous = 0;
        quint32 number = 0;
    };

    Session(Facts facts, const SessionKeys &keys, bool isInitiator);
    Session() = default;

    KeyView key(std::size_t slot) const;
    std::span<std::byte, kKeyBytes> room(std::size_t slot);
    void setKey(std::size_t slot, KeyView value);
    void stepRoot(const SecretBytes &agreed, Slot chain, Slot nextHead);
    SecretBytes stepChain(Slot chain);
    QByteArray withAd(const QByteArray &bytes) const;

    [[nodiscard]] bool beginSendingChain();

    std::optional<Header> headerIn(const Envelope &envelope, std::size_t headSlot) const;
    Judged<Opened> openInChain(const Envelope &envelope, const Header &header) const;
    Judged<Opened> openInNewChain(const Envelope &envelope, const Header &header) const;
    Judged<Opened> openSkipped(const Envelope &envelope, const SkippedKeys::Place &place) const;
    Judged<Opened> openNext(const Envelope &envelope, quint32 number) &&;
    std::optional<QByteArray> openBody(const Envelope &envelope, KeyView messageKey) const;
    void skipTo(quint32 number);
    [[nodiscard]] bool beginReceivingChain(const ExchangeKey &theirs);

    Facts m_facts;
    Counters m_counters;
    ExchangeKey m_ownRatchet;
    ExchangeKey m_theirRatchet;
    SecretBytes m_keys;
    SkippedKeys m_skipped;
    std::optional<GreetingHeader> m_greeting;
};

struct Session::Sealed {
    Session next;
    QByteArray envelope;
};

struct Session::Opened {
    Session next;
    QByteArray content;
};

} // namespace planb
