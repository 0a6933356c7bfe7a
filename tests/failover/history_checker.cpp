// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/history_checker.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace planb::failover {

namespace {

constexpr qsizetype kSentencesShown = 5;

QString nameOf(Side side)
{
    return side == Side::Left ? u"left"_s : u"right"_s;
}

QList<StoredMessage> only(Direction direction, const QList<StoredMessage> &messages)
{
    QList<StoredMessage> found;
    std::copy_if(messages.begin(), messages.end(), std::back_inserter(found),
                 [=](const StoredMessage &message) { return message.direction == direction; });
    return found;
}

QHash<QString, int> countsOf(const QStringList &texts)
{
    QHash<QString, int> counts;
    for (const QString &text : texts)
        ++counts[text];
    return counts;
}

QStringList textsOf(const QList<StoredMessage> &messages)
{
    QStringList texts;
    for (const StoredMessage &message : messages)
        texts.append(message.text);
    return texts;
}

void addRepeats(const QStringList &texts, const QString &where, QStringList &sentences)
{
    const QHash<QString, int> counts = countsOf(texts);
    for (auto entry = counts.begin(); entry != counts.end(); ++entry) {
        if (entry.value() > 1)
            sentences.append(u"\"%1\" is %2 times in %3"_s.arg(entry.key()).arg(entry.value()).arg(where));
    }
}

bool meansArrived(MessageState state)
{
    return state == MessageState::Delivered || state == MessageState::Read;
}

} // namespace

Side otherOf(Side side)
{
    return side == Side::Left ? Side::Right : Side::Left;
}

qsizetype Violations::count() const
{
    return lost.size() + doubled.size() + invented.size() + reordered.size() + lies.size();
}

QJsonObject Violations::toJson() const
{
    return {{u"lost"_s, lost.size()},
            {u"doubled"_s, doubled.size()},
            {u"invented"_s, invented.size()},
            {u"reordered"_s, reordered.size()},
            {u"statusLies"_s, lies.size()}};
}

QString Violations::toText() const
{
    QStringList lines;
    const auto add = [&](const QString &kind, const QStringList &sentences) {
        if (!sentences.isEmpty())
            lines.append(
                u"%1 %2: %3"_s.arg(sentences.size()).arg(kind, sentences.mid(0, kSentencesShown).join(u"; "_s)));
    };
    add(u"lost"_s, lost);
    add(u"doubled"_s, doubled);
    add(u"invented"_s, invented);
    add(u"reordered"_s, reordered);
    add(u"false states"_s, lies);
    return lines.isEmpty() ? u"no violations"_s : lines.join(u'\n');
}

void HistoryChecker::asked(Side author, const QString &text)
{
    Record &record = of(author);
    Q_ASSERT(!record.places.contains(text));
    record.places.insert(text, record.asked.size());
    record.asked.append(text);
}

void HistoryChecker::answered(Side author, const QString &text, const QString &id)
{
    of(author).promised.insert(text, id);
}

void HistoryChecker::shown(Side reader, const QString &text)
{
    of(reader).shown.append(text);
}

void HistoryChecker::told(Side author, const QString &id, MessageState state)
{
    Record &record = of(author);
    const auto last = record.told.constFind(id);
    if (last != record.told.constEnd() && *last != state && !mayFollow(*last, state))
        record.takenBack.append(u"%1 was told that %2 is %3 after %4"_s.arg(nameOf(author), id, planb::nameOf(state),
                                                                            planb::nameOf(*last)));
    record.told.insert(id, state);
}

Violations HistoryChecker::check(const QList<StoredMessage> &left, const QList<StoredMessage> &right) const
{
    Violations found;
    for (const Side author : kSides) {
        const QList<StoredMessage> own = only(Direction::Out, author == Side::Left ? left : right);
        const QList<StoredMessage> got = only(Direction::In, author == Side::Left ? right : left);
        checkAuthor(author, own, found);
        checkReader(author, own, got, found);
        checkStates(author, own, got, found);
    }
    return found;
}

void HistoryChecker::checkAuthor(Side author, const QList<StoredMessage> &own, Violations &found) const
{
    const Record &record = of(author);
    const QString where = u"the history of %1, who wrote it"_s.arg(nameOf(author));
    const QStringList texts = textsOf(own);
    const QSet<QString> kept(texts.begin(), texts.end());
    for (const QString &text : record.asked) {
        if (record.promised.contains(text) && !kept.contains(text))
            found.lost.append(u"\"%1\" was promised and is not in %2"_s.arg(text, where));
    }
    for (const QString &text : texts) {
        if (!record.places.contains(text))
            found.invented.append(u"\"%1\" is in %2, and nobody said it"_s.arg(text, where));
    }
    addRepeats(texts, where, found.doubled);
    checkOrder(author, where, own, found);
}

void HistoryChecker::checkReader(Side author, const QList<StoredMessage> &own, const QList<StoredMessage> &got,
                                 Violations &found) const
{
    const Side reader = otherOf(author);
    const QString where = u"the history of %1, who read it"_s.arg(nameOf(reader));
    const QStringList ownTexts = textsOf(own);
    const QSet<QString> written(ownTexts.begin(), ownTexts.end());
    const QStringList texts = textsOf(got);
    const QSet<QString> arrived(texts.begin(), texts.end());
    for (const QString &text : written - arrived)
        found.lost.append(u"\"%1\" is not in %2"_s.arg(text, where));
    for (const QString &text : arrived - written)
        found.invented.append(u"\"%1\" is in %2, and its author does not have it"_s.arg(text, where));
    const QStringList &shown = of(reader).shown;
    for (const QString &text : QSet<QString>(shown.begin(), shown.end()) - arrived) {
        QStringList &kind = of(author).places.contains(text) ? found.lost : found.invented;
        kind.append(u"\"%1\" was shown and is not in %2"_s.arg(text, where));
    }
    addRepeats(texts, where, found.doubled);
    addRepeats(shown, u"the announcements to %1"_s.arg(nameOf(reader)), found.doubled);
    checkOrder(author, where, got, found);
}

void HistoryChecker::checkStates(Side author, const QList<StoredMessage> &own, const QList<StoredMessage> &got,
                                 Violations &found) const
{
    const Record &record = of(author);
    found.lies += record.takenBack;
    const QStringList gotTexts = textsOf(got);
    const QSet<QString> arrived(gotTexts.begin(), gotTexts.end());
    for (const StoredMessage &message : own) {
        const bool hasArrived = arrived.contains(message.text);
        const MessageState told = record.told.value(message.id, message.state);
        if (meansArrived(message.state) != hasArrived)
            found.lies.append(u"\"%1\" is %2, but it has %3arrived"_s.arg(message.text, planb::nameOf(message.state),
                                                                          hasArrived ? QString() : u"not "_s));
        else if (told != message.state && !mayFollow(told, message.state))
            found.lies.append(u"\"%1\" was %2 once and is %3 in the end"_s.arg(message.text, planb::nameOf(told),
                                                                               planb::nameOf(message.state)));
    }
}

void HistoryChecker::checkOrder(Side author, const QString &where, const QList<StoredMessage> &messages,
                                Violations &found) const
{
    const Record &record = of(author);
    qsizetype latest = -1;
    for (const StoredMessage &message : messages) {
        const qsizetype place = record.places.value(message.text, -1);
        if (place >= 0 && place < latest)
            found.reordered.append(
                u"\"%1\" stands behind \"%2\" in %3"_s.arg(message.text, record.asked.at(latest), where));
        latest = std::max(latest, place);
    }
}

} // namespace planb::failover
