// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/attempt_repository.h"

#include "core/store/database.h"

namespace planb::store {

namespace {

struct FailureColumns {
    std::optional<QString> code;
    std::optional<QString> detail;
    std::optional<qint64> retryAfter;
};

FailureColumns columnsOf(const std::optional<Failure> &failure)
{
    if (!failure)
        return {};
    FailureColumns columns{nameOf(failure->code), failure->detail, {}};
    if (failure->retryAfter)
        columns.retryAfter = failure->retryAfter->count();
    return columns;
}

std::optional<Failure> readFailure(Statement &row, int first)
{
    if (row.isNull(first))
        return {};
    Failure failure{row.named(first, &failureCodeFromName), row.get<QString>(first + 1), {}};
    if (const auto millis = row.get<std::optional<qint64>>(first + 2))
        failure.retryAfter = Millis(*millis);
    return failure;
}

constexpr std::string_view kInsert = R"sql(
    INSERT INTO attempts (id, message_id, transport_id, label, kind, address_kind, address, started_at, state,
                          failure_code, failure_detail, failure_retry_after, ended_at, reason)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
)sql";
constexpr std::string_view kFinish = R"sql(
    UPDATE attempts
    SET state = ?2, ended_at = ?3, failure_code = ?4, failure_detail = ?5, failure_retry_after = ?6
    WHERE id = ?1
)sql";
constexpr std::string_view kSelect = R"sql(
    SELECT id, message_id, transport_id, label, kind, address_kind, address, started_at, state,
           failure_code, failure_detail, failure_retry_after, ended_at, reason
    FROM attempts
)sql";

Attempt readAttempt(Statement &row)
{
    Attempt attempt;
    attempt.id = row.get<AttemptId>(0);
    attempt.message = row.get<MessageId>(1);
    attempt.route = {row.get<TransportId>(2), row.get<QString>(3), row.named(4, &transportKindFromName)};
    attempt.address = {row.named(5, &transportKindFromName), row.get<QString>(6)};
    attempt.startedAt = row.get<WallTime>(7);
    attempt.state = row.named(8, &attemptStateFromName);
    attempt.failure = readFailure(row, 9);
    attempt.finishedAt = row.get<std::optional<WallTime>>(12);
    attempt.reason = row.get<QString>(13);
    return attempt;
}

} // namespace

Result<void> AttemptRepository::add(const Attempt &attempt)
{
    const FailureColumns failure = columnsOf(attempt.failure);
    return m_database.run(kInsert, attempt.id, attempt.message, attempt.route.transport, attempt.route.label,
                          nameOf(attempt.route.kind), nameOf(attempt.address.kind), attempt.address.value,
                          attempt.startedAt, nameOf(attempt.state), failure.code, failure.detail, failure.retryAfter,
                          attempt.finishedAt, attempt.reason);
}

Result<void> AttemptRepository::finish(AttemptId id, AttemptState state, const std::optional<Failure> &failure,
                                       WallTime at)
{
    const FailureColumns columns = columnsOf(failure);
    const auto changed = m_database.runAndCount(kFinish, id, nameOf(state), at, columns.code, columns.detail,
                                                columns.retryAfter);
    if (!changed)
        return fail(changed.error());
    if (*changed == 0)
        return fail(FailureCode::InvalidArgument, QStringLiteral("no such attempt: ") + id.toString());
    return {};
}

Result<void> AttemptRepository::closeOpen(WallTime at)
{
    return m_database.run("UPDATE attempts SET state = 'unsure', ended_at = ?1 WHERE state = 'started'", at);
}

Result<QList<Attempt>> AttemptRepository::ofMessage(MessageId message)
{
    return m_database.query(std::string(kSelect) + "WHERE message_id = ?1 ORDER BY id", message).all(&readAttempt);
}

Result<std::optional<Attempt>> AttemptRepository::latestOn(MessageId message, TransportId transport)
{
    return m_database
        .query(std::string(kSelect) + "WHERE message_id = ?1 AND transport_id = ?2 ORDER BY id DESC LIMIT 1", message,
               transport)
        .first(&readAttempt);
}

Result<AttemptId> AttemptRepository::lastId()
{
    // What AUTOINCREMENT remembers and not MAX(id): an id must not come back when old attempts are cleaned away.
    return m_database.query("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'attempts'), 0)")
        .value<AttemptId>();
}

} // namespace planb::store
