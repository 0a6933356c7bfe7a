// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/ledger.h"

#include <algorithm>

namespace planb::demo {

namespace {

Millis between(MonoTime from, MonoTime to)
{
    return std::chrono::duration_cast<Millis>(to - from);
}

/// When the first message of `author` sent after `backAt` was shown over the repaired transport.
std::optional<MonoTime> firstReturn(const QString &author, const RoundTimes &round, const QList<Spoken> &spoken,
                                    const QString &label)
{
    std::optional<MonoTime> first;
    for (const Spoken &line : spoken) {
        if (line.author != author || line.sentAt < round.backAt || line.arrivedBy != label || !line.arrivedAt)
            continue;
        if (!first || *line.arrivedAt < *first)
            first = line.arrivedAt;
    }
    return first;
}

} // namespace

Millis Spoken::travelTime() const
{
    return between(sentAt, arrivedAt.value());
}

Difference compare(const QStringList &said, const QStringList &seen)
{
    QHash<QString, qsizetype> placeOf;
    for (const QString &text : said)
        placeOf.insert(text, placeOf.size());

    Difference difference;
    QHash<QString, int> times;
    qsizetype furthest = -1;
    for (const QString &text : seen) {
        const auto place = placeOf.constFind(text);
        if (place == placeOf.constEnd()) {
            ++difference.wrong;
        } else if (++times[text] > 1) {
            ++difference.twice;
        } else {
            difference.misplaced += *place < furthest ? 1 : 0;
            furthest = std::max(furthest, *place);
        }
    }
    difference.lost = placeOf.size() - times.size();
    return difference;
}

RoundFigures figuresOf(const RoundTimes &round, const QList<Spoken> &spoken, const QString &brokenLabel)
{
    RoundFigures figures;
    figures.fault = round.fault;
    QStringList authors;
    for (const Spoken &line : spoken) {
        if (!authors.contains(line.author))
            authors.append(line.author);
        if (line.sentAt >= round.faultAt && line.sentAt < round.backAt)
            ++figures.messages;
        if (!line.arrivedAt || *line.arrivedAt < round.faultAt || line.sentAt >= round.backAt)
            continue;
        figures.slowest = std::max(figures.slowest.value_or(Millis(0)), line.travelTime());
        if (line.arrivedBy != brokenLabel) {
            const Millis after = between(round.faultAt, *line.arrivedAt);
            figures.switchTime = std::min(figures.switchTime.value_or(after), after);
        }
    }
    for (const QString &author : authors) {
        const auto first = firstReturn(author, round, spoken, brokenLabel);
        if (!first) {
            figures.returnTime.reset();
            break;
        }
        figures.returnTime = std::max(figures.returnTime.value_or(Millis(0)), between(round.backAt, *first));
    }
    return figures;
}

qsizetype Ledger::say(const QString &author, const QString &text, MonoTime now)
{
    Spoken line;
    line.author = author;
    line.text = text;
    line.sentAt = now;
    m_spoken.append(line);
    m_byText.insert(text, m_spoken.size() - 1);
    return m_spoken.size() - 1;
}

void Ledger::shown(const QString &reader, const QString &text, const QString &by, MonoTime now)
{
    m_shown[reader].append(text);
    const auto index = indexOf(text);
    if (!index || m_spoken[*index].arrivedAt)
        return;
    m_spoken[*index].arrivedAt = now;
    m_spoken[*index].arrivedBy = by;
}

void Ledger::delivered(qsizetype index, const QStringList &ways)
{
    m_spoken[index].delivered = true;
    m_spoken[index].ways = ways;
}

std::optional<qsizetype> Ledger::indexOf(const QString &text) const
{
    const auto found = m_byText.constFind(text);
    return found == m_byText.constEnd() ? std::nullopt : std::optional(*found);
}

QStringList Ledger::saidBy(const QString &author) const
{
    QStringList texts;
    for (const Spoken &line : m_spoken) {
        if (line.author == author)
            texts.append(line.text);
    }
    return texts;
}

qsizetype Ledger::undelivered() const
{
    return std::count_if(m_spoken.begin(), m_spoken.end(), [](const Spoken &line) { return !line.delivered; });
}

} // namespace planb::demo
