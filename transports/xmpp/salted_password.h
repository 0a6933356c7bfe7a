// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCryptographicHash>

#include <optional>

namespace planb::xmpp {

/// How many rounds of hashing are done at once: what each server asks for at least. They take some milliseconds, far less
/// than any other transport waits for an answer.
inline constexpr int kRoundsAtOnce = 4'096;

/// The expensive half of SCRAM ("Hi" in RFC 5802, section 2.2), kept between logins: a reconnect then costs two hashes
/// instead of thousands. What takes long is done in pieces: other transports share the thread.
class SaltedPasswordCache
{
public:
    struct Question {
        QCryptographicHash::Algorithm hash = QCryptographicHash::Sha1;
        QByteArray password, salt;
        int iterations = 0;

        bool operator==(const Question &) const = default;
    };

    /// The salted password; nothing while there are rounds left: ask the same again, each time does kRoundsAtOnce.
    /// Another question gives up the one before.
    std::optional<QByteArray> get(const Question &question);

private:
    std::optional<Question> m_asked;
    int m_done = 0; // rounds
    QByteArray m_round; // what the last one gave
    QByteArray m_salted; // all of them so far
};

} // namespace planb::xmpp
