// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/wire.h"

#include "transports/xmpp/namespaces.h"

#include <utility>

namespace planb::xmpp {

namespace {
const QByteArray kGoodbye{"</stream:stream>"};
} // namespace

void Wire::write(const QByteArray &bytes)
{
    if (m_isOver)
        return;
    // Joined, so that a message and the request to acknowledge it share one packet.
    if (!m_commands.empty()) {
        if (auto *last = std::get_if<net::WriteBytes>(&m_commands.back())) {
            last->bytes += bytes;
            return;
        }
    }
    m_commands.emplace_back(net::WriteBytes{bytes});
}

void Wire::write(const Element &element)
{
    write(element.toXml(ns::kClient));
}

void Wire::abort(const Failure &failure)
{
    write(kGoodbye);
    drop(failure);
}

void Wire::drop(const Failure &failure)
{
    command(net::Abort{failure});
    m_isOver = true;
}

void Wire::finish()
{
    write(kGoodbye);
    command(net::Finish());
    m_isOver = true;
}

void Wire::reset()
{
    m_commands.clear();
    m_isOver = false;
}

std::vector<net::Command> Wire::take()
{
    return std::exchange(m_commands, {});
}

void Wire::command(net::Command command)
{
    if (!m_isOver)
        m_commands.push_back(std::move(command));
}

} // namespace planb::xmpp
