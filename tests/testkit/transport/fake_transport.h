// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/archive.h"
#include "core/transport/attention.h"
#include "core/transport/transport.h"
#include "core/transport/transport_factory.h"
#include "core/transport/transport_memory.h"
#include "tests/testkit/transport/fake_client_info.h"
#include "tests/testkit/transport/fake_roster.h"

#include <QList>
#include <QPointer>

#include <functional>
#include <set>

namespace planb::test {

/// Keeps what was shown, and shows what the test says.
class FakeAttention final : public Attention
{
    Q_OBJECT

public:
    void showState(ChatState state, const Address &to) override { states.append({state, to}); }
    void showRead(const WireId &upTo, const Address &to) override { reads.append({upTo, to}); }
    void tell(const Address &from, ChatState state) { Q_EMIT stateShown(from, state); }

    QList<std::pair<ChatState, Address>> states;
    QList<std::pair<WireId, Address>> reads;
};

/// Remembers what it is told to.
class FakeMemory final : public TransportMemory
{
    Q_OBJECT

public:
    void recall(const QJsonObject &memory) override { recalled = memory; }
    QJsonObject recalled;
};

/// Keeps the mark, and gives the pages that the test makes.
class FakeArchive final : public Archive
{
    Q_OBJECT

public:
    void setMark(const std::optional<ArchiveMark> &stored) override { marks.append(stored); }
    void give(const ArchivePage &page) { Q_EMIT pageRead(page); }

    QList<std::optional<ArchiveMark>> marks;
};

/// A transport whose other side is the test: it keeps the port's contract and does nothing by itself.
/// An attempt while there is no connection fails with NetworkUnreachable: it certainly stayed here.
class FakeTransport final : public Transport
{
    Q_OBJECT

public:
    struct SentAcks {
        QList<StreamAck> acks;
        Address to;
    };
    struct Sent {
        AttemptId attempt;
        Payload payload;
        Address to;
    };

    FakeTransport(TransportId id, QString ownAddress);
    ~FakeTransport() override;

    TransportTraits traits() const override;
    LinkState state() const override { return m_state; }
    OwnAccount *account() override { return ownAccount; }
    Roster *roster() override { return &people; }
    ClientInfo *clientInfo() override { return &info; }
    TransportMemory *memory() override { return &notes; }
    void start() override;
    void stop() override;
    bool isLeaving() const override { return lingers; }
    void nudge() override;
    void send(AttemptId attempt, const Payload &payload, const Address &to) override;
    void acknowledge(const QList<StreamAck> &acks, const Address &to) override;
    void probe() override;
    void handled(quint64 token, Disposition disposition) override;
    FakeAttention *attention() override { return &m_attention; }
    FakeArchive *archive() override { return &m_archive; }

    /// Told after each call of the core, for a world that answers by itself; unset ones are skipped.
    struct Hooks {
        std::function<void()> started;
        std::function<void()> nudged;
        std::function<void()> probed;
        std::function<void(const Sent &)> sent;
        std::function<void(const SentAcks &)> acknowledged;
        std::function<void(quint64, Disposition)> handled;
    };
    Hooks hooks;

    FakeMemory notes;
    bool lingers = false; ///< until leave()

    // What the test does as the world outside.
    void becomeReady();
    void becomeSuspect();
    void lose(FailureCode code = FailureCode::ConnectionLost); ///< to Waiting, or Blocked if the code blocks
    void accept(AttemptId attempt);
    void acceptAll();
    void refuse(AttemptId attempt, const Failure &failure);
    /// Returns the token that handled() must bring back.
    quint64 receive(Incoming incoming);
    void receiveAll(QList<Incoming> incoming); ///< in one piece
    /// What the next receive() will return.
    quint64 nextToken() const { return m_lastToken + 1; }
    void receiveAcks(const Acknowledgement &acknowledgement) { Q_EMIT acknowledged(acknowledgement); }
    void report(const Report &news) { Q_EMIT reported(news); }
    /// The other side has read the goodbye.
    void leave()
    {
        lingers = false;
        Q_EMIT left();
    }
    void step(const ConnectStep &one) { Q_EMIT stepped(one); }

    OwnAccount *ownAccount = nullptr; ///< the test's
    FakeRoster people;
    FakeClientInfo info;

    // What the test can see.
    QList<Sent> sent;
    QList<SentAcks> sentAcks; ///< those that really left
    QList<std::pair<quint64, Disposition>> handledTokens;
    int probes = 0;
    int nudges = 0;
    int starts = 0;

private:
    void enter(LinkState state);
    void loseOpenAttempts();

    QString m_ownAddress;
    FakeAttention m_attention;
    FakeArchive m_archive;
    LinkState m_state;
    std::set<AttemptId> m_open;
    quint64 m_lastToken = 0;
};

/// Makes FakeTransports of kind xmpp and keeps track of them. Settings: `jid`, and `password` (secret).
class FakeTransportFactory final : public TransportFactory
{
public:
    QList<TransportKindInfo> kinds() const override;
    Result<QJsonObject> checked(TransportKind kind, const QJsonObject &settings) const override;
    Result<std::unique_ptr<Transport>> create(const TransportConfig &config, const QString &deviceName) override;

    /// All that were made, oldest first; null where one is gone.
    QList<QPointer<FakeTransport>> made;
    QStringList deviceNames;
};

} // namespace planb::test
