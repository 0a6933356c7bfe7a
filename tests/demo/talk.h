// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/demo/dialogue.h"
#include "tests/demo/ledger.h"
#include "tests/testkit/person.h"

#include <QObject>
#include <QTimer>

#include <array>

namespace planb::demo {

/// Lets two people talk at the pace of quick typists and writes down what each of them sees.
class Talk : public QObject
{
    Q_OBJECT

public:
    Talk(test::Person &first, test::Person &second);

    void begin();
    void pause() { m_pace.stop(); }
    /// One line of each, now: what is under way at the moment a server dies.
    void bothSpeakNow();

    const Ledger &ledger() const { return m_ledger; }
    QString readerOf(const QString &author) const;
    /// A refused send; empty while there was none.
    QString complaint() const { return m_complaint; }

Q_SIGNALS:
    /// It was shown, and its author knows that and by which ways it was tried.
    void settled(const planb::demo::Spoken &line);

private:
    /// What was asked of one planbctl and not answered yet: request number to index in the ledger.
    struct Side {
        test::Person *person;
        QHash<qint64, qsizetype> sending;
        QHash<qint64, qsizetype> asking;
        QHash<QString, qsizetype> waiting; ///< message id to index
    };

    void follow(Side &side);
    void speak(Side &side);
    void onPace();
    void onReply(Side &side, qint64 request, const test::RpcReply &reply);
    void onArrival(const QString &reader, const test::Person::Arrival &arrival);
    void tellIfComplete(qsizetype index);
    void onTick(Side &side, const QString &messageId, const QString &state);

    std::array<Side, 2> m_sides;
    Dialogue m_dialogue;
    Ledger m_ledger;
    QTimer m_pace;
    qsizetype m_beat = 0;
    QString m_complaint;
};

} // namespace planb::demo
