// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "transports/xmpp/element.h"

#include <functional>
#include <map>
#include <optional>

namespace planb::xmpp {

/// Why a question was not answered as hoped.
struct IqFailure {
    /// HopTimeout: no answer in time. ConnectionLost: the stream ended first. NotOffered, ServerBusy,
    /// RecipientUnavailable, RequestRefused: the answer was an error, see iqFailure().
    Failure failure;
    QString condition; ///< of an error, e.g. "item-not-found" (RFC 6120, 8.3.3); empty where no answer came
};

/// The `<iq type='result'/>`, or why there is none.
using IqAnswer = Expected<Element, IqFailure>;

/// The questions of one stream that wait for their answers (RFC 6120, 8.2.3). Pure; each question is answered
/// exactly once unless the object is destroyed first.
///
/// An answer counts only with the id of its question *and* from whom was asked, for ids can be guessed. What was asked
/// of the account or the server may be answered in either's name or in none (8.1.2.1), since only our own
/// server can leave the sender away.
class IqRequests
{
public:
    struct Self {
        QString bareJid;
        QString fullJid;
        QString domain;
    };
    using Send = std::function<void(const Element &)>;
    /// Called from handle(), onTimer() or close(); may ask again.
    using Then = std::function<void(const IqAnswer &answer, MonoTime now)>;

    static constexpr Millis kLimit{30'000};

    IqRequests(Self self, Random &random, Send send);

    /// Sends `iq` (type get or set; `to` as wanted, absent for the own account) with an id of our own. After close()
    /// it is answered at once.
    void ask(Element iq, MonoTime now, Then then, Millis limit = kLimit);
    /// Whether this stanza was the answer to a question; if so, the question has been answered.
    bool handle(const Element &iq, MonoTime now);
    /// Answers what has waited too long.
    void onTimer(MonoTime now);
    /// The stream is gone: everything open is answered with `why`.
    void close(const Failure &why);

    std::optional<MonoTime> wakeAt() const;
    std::size_t open() const { return m_open.size(); }

private:
    struct Question {
        QString to;
        MonoTime until;
        Then then;
    };
    using Open = std::map<QString, Question>;

    bool mayAnswer(const QString &from, const QString &asked) const;
    bool isOurServer(const QString &jid) const;
    void answer(Open::iterator question, const IqAnswer &answer);

    Self m_self;
    Random &m_random;
    Send m_send;
    QString m_prefix;
    quint64 m_last = 0;
    Open m_open; // by id
    MonoTime m_now; // the latest time told
    std::optional<Failure> m_closed;
};

/// `<iq type='get'/>` or `'set'` with this inside. `to` empty: the own account.
Element iqOf(const QString &type, const QString &to, Element inside);

} // namespace planb::xmpp
