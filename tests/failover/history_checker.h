// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/message.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <array>

namespace planb::failover {

/// The two people of a recorded conversation.
enum class Side { Left, Right };
inline constexpr std::array kSides{Side::Left, Side::Right};
Side otherOf(Side side);

/// One row of a history as its owner has it in the end.
struct StoredMessage {
    QString id;
    QString text;
    Direction direction = Direction::Out;
    MessageState state = MessageState::Queued; ///< matters for outgoing ones
};

/// Everything in which a conversation broke its promises, one sentence each.
struct Violations {
    QStringList lost; ///< promised or shown, and not there in the end
    QStringList doubled; ///< announced or stored more than once
    QStringList invented; ///< there without having been said, or without its author having it
    QStringList reordered; ///< behind something that was said later
    QStringList lies; ///< a state that moved back, or that is not true

    bool areNone() const { return count() == 0; }
    qsizetype count() const;
    QJsonObject toJson() const; ///< numbers only
    QString toText() const; ///< the first sentences of each kind
};

/// Records what two people did and were told, and holds it against what both have in the end.
///
/// Pure. Texts are the names of messages: no text may be said twice. The order of announcements is free, since what
/// a crash interrupted may be announced late or never; the order of the histories is not. The final histories are
/// those of a conversation that came to rest: everything that can be delivered is.
class HistoryChecker
{
public:
    /// About to be given to the author's client. Without answered() it may be there once or not at all.
    void asked(Side author, const QString &text);
    /// The author's client has promised to keep it.
    void answered(Side author, const QString &text, const QString &id);
    void shown(Side reader, const QString &text);
    void told(Side author, const QString &id, MessageState state);

    qsizetype askedBy(Side author) const { return of(author).asked.size(); }
    Violations check(const QList<StoredMessage> &left, const QList<StoredMessage> &right) const;

private:
    struct Record {
        QStringList asked;
        QHash<QString, qsizetype> places; ///< of the asked texts
        QHash<QString, QString> promised; ///< id by text
        QStringList shown; ///< to this person
        QHash<QString, MessageState> told; ///< the last, by id
        QStringList takenBack; ///< sentences
    };
    const Record &of(Side side) const { return m_records.at(static_cast<std::size_t>(side)); }
    Record &of(Side side) { return m_records.at(static_cast<std::size_t>(side)); }

    void checkAuthor(Side author, const QList<StoredMessage> &own, Violations &found) const;
    void checkReader(Side author, const QList<StoredMessage> &own, const QList<StoredMessage> &got,
                     Violations &found) const;
    void checkStates(Side author, const QList<StoredMessage> &own, const QList<StoredMessage> &got,
                     Violations &found) const;
    void checkOrder(Side author, const QString &where, const QList<StoredMessage> &messages, Violations &found) const;

    std::array<Record, 2> m_records;
};

} // namespace planb::failover
