// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/failover/history_checker.h"
#include "tests/testkit/person.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <array>

namespace planb::failover {

/// Two people write to each other, and all that they do and are told is recorded, across restarts of their clients.
///
/// Borrows both; they must outlive it. What is said to a client that is not running is not said at all.
class RecordedTalk : public QObject
{
    Q_OBJECT

public:
    RecordedTalk(test::Person &left, test::Person &right);

    test::Person &person(Side side) const { return *sideOf(side).person; }
    /// Both say something every `interval`, not in step with each other, until pause().
    void begin(Millis interval);
    void pause();
    /// One message; its text, or nothing if the client is not running.
    QString say(Side author);

    /// Times of one message, all as far as they are known.
    struct Way {
        Side author = Side::Left;
        MonoTime askedAt;
        QString id;
        std::optional<MonoTime> shownAt;
        QString shownBy; ///< label of the transport it was shown by
        std::optional<MonoTime> confirmedAt; ///< its author was told of the delivery
    };
    const Way &way(const QString &text) const { return *m_ways.constFind(text); }
    const QHash<QString, Way> &ways() const { return m_ways; }
    qsizetype said() const { return m_ways.size(); }

    /// Waits until everything stored is delivered, then holds all records against both histories.
    /// When nothing has arrived for as long as `limit`, what has not is judged as it is.
    test::Outcome<Violations> judge(Millis limit);

private:
    struct Speaker {
        test::Person *person = nullptr;
        int number = 0;
        QHash<qint64, QString> asking; ///< texts by request
        QHash<QString, QString> texts; ///< by message id
        QSet<QString> unconfirmed; ///< message ids
        QTimer pace;
    };
    const Speaker &sideOf(Side side) const { return m_speakers.at(static_cast<std::size_t>(side)); }
    Speaker &sideOf(Side side) { return m_speakers.at(static_cast<std::size_t>(side)); }

    void follow(Side side);
    void onReply(Side side, qint64 request, const test::RpcReply &reply);
    void onArrival(Side reader, const test::Person::Arrival &arrival);
    void onTick(Side author, const QString &id, const test::Person::Tick &tick);
    /// The lower, the nearer to rest; zeros are rest.
    using Unrest = std::pair<qsizetype, qsizetype>;
    test::Outcome<Unrest> unrestOf(Side author);

    std::array<Speaker, 2> m_speakers;
    QHash<QString, Way> m_ways; ///< by text
    HistoryChecker m_checker;
};

/// A person's whole history as the checker takes it.
test::Outcome<QList<StoredMessage>> storedBy(test::Person &person);

} // namespace planb::failover
