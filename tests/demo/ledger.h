// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace planb::demo {

/// One message and everything that became known of it on both sides.
struct Spoken {
    QString author;
    QString text; ///< unlike any other of the conversation: it is how the two sides' views are matched
    MonoTime sentAt;
    QString messageId; ///< at its author; empty until planbctl has it on disk
    std::optional<MonoTime> arrivedAt; ///< first time it was shown to the other
    QString arrivedBy; ///< label of the transport
    bool delivered = false; ///< the author was told so
    QStringList ways; ///< labels of its attempts, in order

    Millis travelTime() const; ///< sent to shown; needs arrivedAt
};

/// How what was seen differs from what was said.
struct Difference {
    qsizetype lost = 0;
    qsizetype twice = 0; ///< showings beyond the first
    qsizetype wrong = 0; ///< texts that nobody said
    qsizetype misplaced = 0; ///< messages seen before one that was said earlier

    bool isNone() const { return lost == 0 && twice == 0 && wrong == 0 && misplaced == 0; }
};
Difference compare(const QStringList &said, const QStringList &seen);

/// What one fault cost. Absent where it never happened.
struct RoundFigures {
    QString fault;
    qsizetype messages = 0; ///< sent from the fault until the server was back
    std::optional<Millis> switchTime; ///< from the fault to the first message shown over another transport
    std::optional<Millis> slowest; ///< the longest way of any message under way during the fault
    std::optional<Millis> returnTime; ///< from the server being back to both sides' messages taking it again
};

struct RoundTimes {
    QString fault;
    MonoTime faultAt;
    MonoTime backAt;
};
RoundFigures figuresOf(const RoundTimes &round, const QList<Spoken> &spoken, const QString &brokenLabel);

/// Everything said, in order.
class Ledger
{
public:
    qsizetype say(const QString &author, const QString &text, MonoTime now); ///< index of the entry
    void accepted(qsizetype index, const QString &messageId) { m_spoken[index].messageId = messageId; }
    /// The first showing counts; all are kept for the comparison.
    void shown(const QString &reader, const QString &text, const QString &by, MonoTime now);
    void delivered(qsizetype index, const QStringList &ways);

    const QList<Spoken> &spoken() const { return m_spoken; }
    std::optional<qsizetype> indexOf(const QString &text) const;
    QStringList saidBy(const QString &author) const;
    QStringList shownTo(const QString &reader) const { return m_shown.value(reader); }
    qsizetype undelivered() const;

private:
    QList<Spoken> m_spoken;
    QHash<QString, qsizetype> m_byText;
    QHash<QString, QStringList> m_shown;
};

} // namespace planb::demo
