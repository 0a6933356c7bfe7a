// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/transports/xmpp/dialogue.h"

#include <gtest/gtest.h>

namespace planb::test {

inline const ArchiveMark kMark{QStringLiteral("m0"), wallFromMillis(1'700'000'000'000)};

/// A message stanza as it stands in an archive; without an id if that is empty.
QByteArray archivedMessage(const QByteArray &id, const QByteArray &text,
                           const QByteArray &from = "bob@example.org/phone",
                           const QByteArray &to = "alice@example.org");

/// A server with an archive: what alice@example.org's client asks it, and what it answers.
class ArchiveTalk : public testing::Test
{
protected:
    void comeOnline(const std::optional<ArchiveMark> &mark = kMark);
    /// Takes what the client said; notes its last question to the archive.
    QByteArray readQuestion();
    /// A message of the page that was asked for last, or of another question's.
    void result(const QByteArray &id, const QByteArray &inner, const QByteArray &from = "alice@example.org",
                const QByteArray &inQuery = {});
    void fin(const QByteArray &last, const QByteArray &attributes = {}, const QByteArray &from = "alice@example.org");
    void refuse(const QByteArray &condition);
    /// Time goes by with a server that answers what it is asked for signs of life. Returns what the client said.
    QByteArray pass(int seconds);
    bool appeared() const { return presences == 1; }

    Dialogue talk;
    QByteArray said, asked, iq, query;
    qsizetype stanzas = 0, presences = 0;
};

} // namespace planb::test
