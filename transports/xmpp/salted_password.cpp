// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/salted_password.h"

#include <QMessageAuthenticationCode>

#include <algorithm>

namespace planb::xmpp {

std::optional<QByteArray> SaltedPasswordCache::get(const Question &question)
{
    if (m_asked != question) {
        m_asked = question;
        m_done = 0;
        // RFC 8018, 5.2: the number of the block, which is the only one.
        m_round = question.salt + QByteArray("\0\0\0\1", 4);
        m_salted.fill('\0', QCryptographicHash::hashLength(question.hash));
    }
    QMessageAuthenticationCode code(question.hash, question.password);
    const int until = std::min(question.iterations, m_done + kRoundsAtOnce);
    for (; m_done < until; ++m_done) {
        code.reset();
        code.addData(m_round);
        m_round = code.result();
        for (qsizetype i = 0; i < m_salted.size(); ++i)
            m_salted[i] = static_cast<char>(m_salted[i] ^ m_round[i]);
    }
    return m_done == question.iterations ? std::optional(m_salted) : std::nullopt;
}

} // namespace planb::xmpp
