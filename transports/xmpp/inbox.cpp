// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/inbox.h"

#include <iterator>
#include <utility>

namespace planb::xmpp {

namespace {
// Beyond this the oldest are given up: their authors repeat the messages and get another receipt.
constexpr std::size_t kMaxDue = 1'000;
} // namespace

quint64 Inbox::open(std::optional<Receipt> receipt)
{
    ++m_lastToken;
    if (receipt)
        m_expected.insert(m_lastToken, *std::move(receipt));
    return m_lastToken;
}

void Inbox::handled(quint64 token, Disposition disposition)
{
    const auto it = m_expected.constFind(token);
    if (it == m_expected.cend())
        return;
    Receipt receipt = *it;
    m_expected.erase(it);
    if (disposition != Disposition::Committed)
        return;
    receipt.number = ++m_lastReceipt;
    makeDue(std::move(receipt));
}

std::vector<Receipt> Inbox::takeDue()
{
    std::vector<Receipt> due(std::make_move_iterator(m_due.begin()), std::make_move_iterator(m_due.end()));
    m_due.clear();
    for (const Receipt &receipt : due)
        m_underWay.emplace(receipt.number, receipt);
    return due;
}

void Inbox::confirmed(quint64 number)
{
    m_underWay.erase(number);
}

void Inbox::onConnectionLost()
{
    for (auto &[number, receipt] : std::exchange(m_underWay, {}))
        makeDue(std::move(receipt));
}

void Inbox::makeDue(Receipt receipt)
{
    if (m_due.size() >= kMaxDue)
        m_due.pop_front();
    m_due.push_back(std::move(receipt));
}

} // namespace planb::xmpp
