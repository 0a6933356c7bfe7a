// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/model/archive_mark.h"
#include "transports/xmpp/inbox.h"
#include "transports/xmpp/iq_requests.h"
#include "transports/xmpp/session_events.h"

#include <optional>

namespace planb::xmpp {

/// Reads the history that the server keeps for the account (XEP-0313), page by page (XEP-0059), from the mark to its
/// end, however long that is. Pure, and outlives connections: what one leaves unread the next goes on with.
///
/// The mark moves only over pages that are finished and join up. It never moves by a message that comes by itself: the
/// archive may hold older ones that have not been read (a month of them, once). Where the server no longer knows the
/// mark, reading begins an hour before its time; what is known already is recognised as a repeat. Presence is sent before
/// reading begins: what is not in the archive by then comes by itself, on every server.
///
/// A moment after the end of a new stream's reading it looks once more: a server may give a message to a session of ours
/// that is dead already, and show it in the archive only behind our question (ejabberd with Mnesia does).
///
///     Idle --begin--> Reading --last page--> Finished --time, once a stream--> Reading
///                        |  ^------ page
///                        +--error--> Waiting --time--> Reading       (not offered at all: Finished)
class ArchiveReader
{
public:
    /// Asked for at once; servers may give fewer (ejabberd never gives more, Prosody 50 unless it is told otherwise). Each
    /// page costs a journey to the server and back, and on most servers a count of the whole archive.
    static constexpr int kPageSize = 250;
    /// For all of a page, which a slow line brings in its own time: whether the server still lives is asked elsewhere.
    static constexpr Millis kPageLimit{300'000};

    /// The references must outlive this.
    ArchiveReader(QString bareJid, Events &events, Inbox &inbox, Random &random);

    /// What is in the store. Until it is told, nothing is read.
    void setMark(const std::optional<ArchiveMark> &mark);
    bool isWanted() const { return m_isWanted; }
    /// Nothing is left to read that was there when the stream began.
    bool isFinished() const { return m_state == State::Finished; }

    /// A stream is there.
    void begin(IqRequests &requests, MonoTime now);
    /// It is a new stream: what was sent since the last one may have gone to the archive only.
    void startAnew()
    {
        m_state = State::Idle;
        m_looksAgain = true;
    }
    /// The stream is gone.
    void stop();

    /// Whether this message belongs to an archive page; then nothing else is to be done with it.
    bool take(const Element &message);
    void onTimer(MonoTime now);
    std::optional<MonoTime> wakeAt() const { return m_retryAt; }

private:
    enum class State { Idle, Reading, Waiting, Finished };
    struct Fin;

    void askPage(MonoTime now);
    void onAnswer(const IqAnswer &answer, MonoTime now);
    void onPage(const Fin &fin, MonoTime now);
    void onRefused(const IqFailure &failure, MonoTime now);
    void finish();
    void lookAgainLater(MonoTime now);
    void waitAndRetry(MonoTime now);
    void addResult(const Element &result);
    void givePage(ArchivePage page);

    QString m_bareJid;
    Events &m_events;
    Inbox &m_inbox;
    Random &m_random;
    bool m_isWanted = false;
    std::optional<ArchiveMark> m_mark; // in the store, or on its way there
    State m_state = State::Idle;
    IqRequests *m_requests = nullptr; // of the stream there is
    quint64 m_round = 0; // of answers that come late only the round tells
    QString m_queryId;
    QString m_after; // where the next page begins
    std::optional<WallTime> m_start; // of the time window that is read because the server forgot the mark
    bool m_mayMove = true; // no page before this one was shaky
    bool m_looksAgain = false; // once the end is reached
    bool m_confirms = false; // authors may be told: it is not the first time that this account is read
    ArchivePage m_page; // being received
    int m_results = 0; // of it
    QString m_lastId; // of its last result
    std::optional<WallTime> m_lastAt;
    std::optional<MonoTime> m_retryAt;
    Millis m_retryWait{0};
};

} // namespace planb::xmpp
