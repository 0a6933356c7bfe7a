// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/unread.h"

#include "app/event_text.h"
#include "app/run.h"

#include <algorithm>

namespace planb::ctl {

namespace {

constexpr int kPage = 500;

/// Reads each conversation from its newest message back to its oldest unread one; goes with the run.
class Collecting : public QObject
{
public:
    Collecting(Run &run, std::function<void(const QList<Message> &)> then)
        : QObject(&run), m_run(run), m_then(std::move(then))
    {}

    void start()
    {
        m_run.ask(m_run.messenger().conversations(), [this](const QList<ConversationSummary> &all) {
            std::ranges::copy_if(all, std::back_inserter(m_left),
                                 [](const ConversationSummary &c) { return c.oldestUnread.has_value(); });
            goOn();
        });
    }

private:
    // The list is newest first, and so is what is put in front of m_found.
    void goOn()
    {
        if (m_left.isEmpty()) {
            deleteLater();
            return m_then(m_found);
        }
        readBack({});
    }

    void readBack(std::optional<MessageId> before)
    {
        m_run.ask(m_run.messenger().messages(m_left.first().id, before, kPage),
                  [this](const QList<Message> &page) { take(page); });
    }

    void take(const QList<Message> &page)
    {
        const auto isOldestUnread = [this](const Message &m) { return m.id == m_left.first().oldestUnread; };
        QList<Message> unread;
        std::ranges::copy_if(page, std::back_inserter(unread), isUnread);
        m_found = unread + m_found;
        if (page.size() == kPage && std::ranges::none_of(page, isOldestUnread))
            return readBack(page.first().id);
        m_left.removeFirst();
        goOn();
    }

    Run &m_run;
    const std::function<void(const QList<Message> &)> m_then;
    QList<ConversationSummary> m_left;
    QList<Message> m_found;
};

} // namespace

void collectUnread(Run &run, const std::function<void(const QList<Message> &)> &then)
{
    (new Collecting(run, then))->start(); // the run is its parent
}

} // namespace planb::ctl
