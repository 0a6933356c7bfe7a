// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/archive_reader.h"

#include "core/base/log.h"
#include "transports/xmpp/forwarded.h"
#include "transports/xmpp/message_stanza.h"
#include "transports/xmpp/namespaces.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace planb::xmpp {

using namespace Qt::StringLiterals;

namespace {

// Clocks of servers differ, and messages are not stored in the order of their stamps.
constexpr Millis kWindowBefore{3'600'000};
constexpr Millis kSecondLook{10'000};
constexpr Millis kFirstRetry{60'000};
constexpr Millis kLastRetry{600'000};
// A server that gives far more than was asked for is not to fill the memory.
constexpr int kMostResults = 2 * ArchiveReader::kPageSize;

Element field(QStringView name, const QString &value, bool isHidden = false)
{
    Element element(u"field", ns::kDataForm);
    element.set(u"var", name.toString());
    if (isHidden)
        element.set(u"type", u"hidden"_s);
    return element.add(Element(u"value", ns::kDataForm).setText(value));
}

QString stamp(WallTime at)
{
    return QDateTime::fromMSecsSinceEpoch(toMillis(at), Qt::UTC).toString(Qt::ISODateWithMs);
}

Element queryElement(const QString &id, const std::optional<WallTime> &start, const QString &after)
{
    Element form(u"x", ns::kDataForm);
    form.set(u"type", u"submit"_s).add(field(u"FORM_TYPE", ns::kArchive.toString(), true));
    if (start)
        form.add(field(u"start", stamp(*start)));
    Element page(u"set", ns::kResultSets);
    page.add(Element(u"max", ns::kResultSets).setText(QString::number(ArchiveReader::kPageSize)));
    if (!after.isEmpty())
        page.add(Element(u"after", ns::kResultSets).setText(after));
    Element query(u"query", ns::kArchive);
    return query.set(u"queryid", id).add(form).add(page);
}

bool isTrue(const QString &text, bool without)
{
    return text.isEmpty() ? without : text == u"true" || text == u"1";
}

// Asking again would not help.
bool isFinal(const QString &condition)
{
    static const QStringList conditions{u"service-unavailable"_s, u"feature-not-implemented"_s, u"forbidden"_s,
                                        u"not-allowed"_s, u"bad-request"_s};
    return conditions.contains(condition);
}

} // namespace

struct ArchiveReader::Fin {
    bool isComplete = false;
    bool isStable = true;
    QString last;
};

ArchiveReader::ArchiveReader(QString bareJid, Events &events, Inbox &inbox, Random &random)
    : m_bareJid(std::move(bareJid)), m_events(events), m_inbox(inbox), m_random(random)
{}

void ArchiveReader::setMark(const std::optional<ArchiveMark> &mark)
{
    m_isWanted = true;
    // While pages are under way the reader is ahead of the store.
    if (m_state != State::Reading)
        m_mark = mark;
}

void ArchiveReader::begin(IqRequests &requests, MonoTime now)
{
    m_requests = &requests;
    m_retryWait = Millis(0);
    m_retryAt.reset();
    if (!m_isWanted || isFinished())
        return;
    m_state = State::Reading;
    m_after = m_mark ? m_mark->id : QString();
    m_start.reset();
    m_mayMove = true;
    m_confirms = m_mark.has_value();
    askPage(now);
}

void ArchiveReader::stop()
{
    ++m_round;
    m_requests = nullptr;
    m_retryAt.reset();
    m_page = {};
    if (m_state != State::Finished)
        m_state = State::Idle;
}

void ArchiveReader::askPage(MonoTime now)
{
    m_page = {};
    m_results = 0;
    m_lastId.clear();
    m_lastAt.reset();
    m_queryId = QString::fromLatin1(m_random.bytes(8).toHex());
    const quint64 round = ++m_round;
    m_requests->ask(
        iqOf(u"set"_s, m_bareJid, queryElement(m_queryId, m_start, m_after)), now,
        [this, round](const IqAnswer &answer, MonoTime at) {
            if (round == m_round)
                onAnswer(answer, at);
        },
        kPageLimit);
}

bool ArchiveReader::take(const Element &message)
{
    const Element *result = message.child(u"result", ns::kArchive);
    if (!result || !isFromOwnAccount(message, m_bareJid))
        return false;
    if (m_state == State::Reading && result->attribute(u"queryid") == m_queryId)
        addResult(*result);
    return true;
}

void ArchiveReader::addResult(const Element &result)
{
    const QString id = result.attribute(u"id");
    const Element *message = forwardedMessage(result);
    if (id.isEmpty() || ++m_results > kMostResults)
        return;
    m_lastId = id;
    m_lastAt = forwardedAt(result);
    if (!message)
        return;
    ReadMessage read = readMessage(*message, {m_bareJid, WireId::random(m_random), true, id, m_lastAt});
    if (read.report)
        m_page.reports.append(*read.report);
    if (read.acknowledgement)
        m_page.acknowledgements.append(*read.acknowledgement);
    if (!read.incoming)
        return;
    std::optional<Receipt> receipt;
    if (read.receiptFor && m_confirms)
        receipt = Receipt{0, read.incoming->from.value, *read.receiptFor};
    read.incoming->token = m_inbox.open(std::move(receipt));
    m_page.messages.append(*std::move(read.incoming));
}

void ArchiveReader::onAnswer(const IqAnswer &answer, MonoTime now)
{
    if (!answer)
        return onRefused(answer.error(), now);
    const Element *element = answer->child(u"fin", ns::kArchive);
    if (!element)
        return waitAndRetry(now);
    const Element *set = element->child(u"set", ns::kResultSets);
    const Element *last = set ? set->child(u"last", ns::kResultSets) : nullptr;
    onPage({isTrue(element->attribute(u"complete"), false), isTrue(element->attribute(u"stable"), true),
            last ? last->text() : QString()},
           now);
}

void ArchiveReader::onPage(const Fin &fin, MonoTime now)
{
    ArchivePage page = std::exchange(m_page, {});
    m_mayMove = m_mayMove && fin.isStable;
    const bool joinsUp = m_results <= kMostResults && fin.last == m_lastId;
    if (!joinsUp) {
        qCInfo(lcXmpp) << "a page of the archive is not what the server says it is";
        givePage(std::move(page));
        return waitAndRetry(now);
    }
    const bool isLast = fin.isComplete || fin.last.isEmpty() || fin.last == m_after;
    if (!fin.last.isEmpty() && m_mayMove) {
        const WallTime before = m_mark ? m_mark->at : WallTime();
        m_mark = ArchiveMark{fin.last, m_lastAt.value_or(before)};
        page.mark = m_mark;
    }
    if (!fin.last.isEmpty())
        m_after = fin.last;
    // The next one is asked for before this one is stored: the server works while we do.
    if (!isLast)
        askPage(now);
    givePage(std::move(page));
    if (!isLast)
        return;
    finish();
    lookAgainLater(now);
}

void ArchiveReader::onRefused(const IqFailure &failure, MonoTime now)
{
    if (failure.condition == u"item-not-found" && m_mark && !m_start) {
        m_start = m_mark->at - kWindowBefore;
        m_after.clear();
        return askPage(now);
    }
    if (isFinal(failure.condition))
        finish();
    else
        waitAndRetry(now);
}

void ArchiveReader::finish()
{
    ++m_round;
    m_state = State::Finished;
}

void ArchiveReader::lookAgainLater(MonoTime now)
{
    // Without a mark that may move it would be all of the archive again.
    if (m_mayMove && std::exchange(m_looksAgain, false))
        m_retryAt = now + kSecondLook;
}

void ArchiveReader::waitAndRetry(MonoTime now)
{
    ++m_round;
    m_state = State::Waiting;
    m_retryWait = m_retryWait == Millis(0) ? kFirstRetry : std::min(m_retryWait * 2, kLastRetry);
    m_retryAt = now + m_retryWait;
}

void ArchiveReader::onTimer(MonoTime now)
{
    if (!m_retryAt || now < *m_retryAt || !m_requests)
        return;
    m_retryAt.reset();
    // Behind the end everything is new, also in an account that was read for the first time.
    m_confirms = m_confirms || isFinished();
    m_state = State::Reading;
    m_after = m_mark ? m_mark->id : QString();
    m_start.reset();
    m_mayMove = true;
    askPage(now);
}

void ArchiveReader::givePage(ArchivePage page)
{
    const bool isEmpty = page.messages.isEmpty() && page.reports.isEmpty() && page.acknowledgements.isEmpty();
    if (!isEmpty || page.mark)
        m_events.push_back(std::move(page));
}

} // namespace planb::xmpp
