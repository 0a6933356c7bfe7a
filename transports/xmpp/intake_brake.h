// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QtGlobal>

namespace planb::xmpp {

/// When to stop reading because more messages came than the core has stored: nothing is lost, the server and in the
/// end the author wait. On from kMost open messages until kFew are left.
class IntakeBrake
{
public:
    static constexpr qsizetype kMost = 500;
    static constexpr qsizetype kFew = 100;

    void opened(quint64 token)
    {
        m_open.insert(token);
        m_isOn |= m_open.size() >= kMost;
    }
    void handled(quint64 token)
    {
        m_open.remove(token);
        m_isOn &= m_open.size() > kFew;
    }
    /// A new connection: what is still open of an older one holds up nothing.
    void release()
    {
        m_open.clear();
        m_isOn = false;
    }
    bool isOn() const { return m_isOn; }

private:
    QSet<quint64> m_open; // tokens
    bool m_isOn = false;
};

} // namespace planb::xmpp
