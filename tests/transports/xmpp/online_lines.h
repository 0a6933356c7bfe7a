// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/transports/xmpp/dialogue.h"

#include <gtest/gtest.h>

#include <vector>

namespace planb::test {

/// What both sides say in the tests of a session that is online.
inline const QByteArray kAsk = "<r xmlns='urn:xmpp:sm:3'/>";

inline QByteArray counter(quint32 h)
{
    return "<a xmlns='urn:xmpp:sm:3' h='" + QByteArray::number(h) + "'/>";
}

inline QByteArray chat(const QByteArray &id, const QByteArray &text = "hi",
                       const QByteArray &from = "bob@example.org/phone")
{
    return "<message from='" + from + "' to='alice@example.org' type='chat' id='" + id + "'><body>" + text
        + "</body><request xmlns='urn:xmpp:receipts'/></message>";
}

inline QByteArray bounce(const QByteArray &id, const QByteArray &from = "bob@example.org")
{
    return "<message from='" + from + "' type='error' id='" + id
        + "'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>";
}

inline QByteArray pong(const QByteArray &id, const QByteArray &from = "example.org")
{
    return "<iq type='result' id='" + id + "' from='" + from + "'/>";
}

inline std::vector<qint64> acceptedBy(Dialogue &talk)
{
    std::vector<qint64> ids;
    for (const xmpp::HandedOver &handed : talk.events<xmpp::HandedOver>()) {
        EXPECT_FALSE(handed.failure);
        ids.push_back(handed.attempt.value());
    }
    return ids;
}

inline FailureCode codeOf(const std::optional<Failure> &failure)
{
    return failure ? failure->code : FailureCode::Cancelled;
}

} // namespace planb::test
