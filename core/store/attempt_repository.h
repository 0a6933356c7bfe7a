// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/message.h"

#include <QList>

#include <optional>

namespace planb::store {

class Database;

/// The way of every outgoing message: each try on each route, with how it ended.
class AttemptRepository
{
public:
    explicit AttemptRepository(Database &database) : m_database(database) {}

    /// The caller chooses the id, above lastId(). InvalidArgument if it is taken or the message does not exist.
    Result<void> add(const Attempt &attempt);
    /// InvalidArgument if there is no such attempt.
    Result<void> finish(AttemptId id, AttemptState state, const std::optional<Failure> &failure, WallTime at);
    /// At the start of the program: what an earlier run left Started becomes Unsure.
    Result<void> closeOpen(WallTime at);

    /// Oldest first.
    Result<QList<Attempt>> ofMessage(MessageId message);
    Result<std::optional<Attempt>> latestOn(MessageId message, TransportId transport);
    /// The largest id ever used; AttemptId() if none was.
    Result<AttemptId> lastId();

private:
    Database &m_database;
};

} // namespace planb::store
