// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringView>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>

struct sqlite3_stmt;

namespace planb::store {

class Database;

template<class T>
inline constexpr bool kIsOptional = false;
template<class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

/// One prepared SQL statement with its values bound, in use from query() until it is destroyed; then it goes back
/// to the connection's cache, reset and with its values cleared. Columns count from 0, values from 1.
/// The first failure, wherever it happened, is kept and comes out of step() and of everything built on it.
class Statement
{
public:
    Statement(Database &database, std::string_view sql);
    ~Statement();
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&) = delete;

    /// Moves to the next row; false after the last. Not to be called again after false.
    Result<bool> step();

    /// Runs a statement that changes something; rows it returns are skipped.
    Result<void> run();
    /// Runs it and tells how many rows it changed (not counting foreign key actions).
    Result<qint64> runAndCount();

    /// All rows, each read by `read(Statement &) -> T`.
    template<class Read>
    auto all(Read read) -> Result<QList<std::invoke_result_t<Read, Statement &>>>
    {
        QList<std::invoke_result_t<Read, Statement &>> rows;
        for (;;) {
            const Result<bool> hasRow = step();
            if (!hasRow)
                return fail(hasRow.error());
            if (!*hasRow)
                return rows;
            rows.append(read(*this));
            if (m_failure)
                return fail(*m_failure);
        }
    }

    /// The first row, if there is one.
    template<class Read>
    auto first(Read read) -> Result<std::optional<std::invoke_result_t<Read, Statement &>>>
    {
        using Row = std::optional<std::invoke_result_t<Read, Statement &>>;
        const Result<bool> hasRow = step();
        if (!hasRow)
            return fail(hasRow.error());
        if (!*hasRow)
            return Row();
        Row row(read(*this));
        if (m_failure)
            return fail(*m_failure);
        return row;
    }

    /// The first column of the only row; of a query that always has one, such as an aggregate.
    template<class T>
    Result<T> value()
    {
        const Result<std::optional<T>> row = first([](Statement &s) { return s.get<T>(0); });
        if (!row)
            return fail(row.error());
        return row->value();
    }

    /// A column of the current row as bool, integer, QString, QByteArray, WallTime (milliseconds), Id, or std::optional of these
    /// (SQL NULL). The tables are STRICT, so the kinds are what the schema says.
    template<class T>
    T get(int column) const
    {
        if constexpr (kIsOptional<T>)
            return isNull(column) ? T() : T(get<typename T::value_type>(column));
        else if constexpr (std::same_as<T, bool>)
            return integer(column) != 0;
        else if constexpr (std::integral<T>)
            return static_cast<T>(integer(column));
        else if constexpr (std::same_as<T, QString>)
            return text(column);
        else if constexpr (std::same_as<T, QByteArray>)
            return blob(column);
        else if constexpr (std::same_as<T, WallTime>)
            return wallFromMillis(integer(column));
        else
            return T(integer(column));
    }

    /// A column that holds a name, read by `parse`. A name nobody knows is StoreCorrupt: files of newer versions,
    /// which may know it, are refused at opening.
    template<class T>
    T named(int column, std::optional<T> (*parse)(QStringView))
    {
        if (const std::optional<T> value = parse(text(column)))
            return *value;
        reportUnreadable(column);
        return T();
    }

    bool isNull(int column) const;
    /// Turns the current read into StoreCorrupt.
    void reportUnreadable(int column);

    void bind(int index, qint64 value);
    void bind(int index, const QString &value);
    void bind(int index, const QByteArray &value); ///< a blob
    void bind(int index, WallTime value) { bind(index, toMillis(value)); }
    void bind(int index, std::nullopt_t);
    template<std::integral T>
    void bind(int index, T value)
    {
        bind(index, static_cast<qint64>(value));
    }
    template<class Tag>
    void bind(int index, Id<Tag> value)
    {
        bind(index, value.value());
    }
    template<class T>
    void bind(int index, const std::optional<T> &value)
    {
        if (value)
            bind(index, *value);
        else
            bind(index, std::nullopt);
    }

private:
    qint64 integer(int column) const;
    QString text(int column) const;
    QByteArray blob(int column) const;
    void note(int code);

    Database *m_database;
    sqlite3_stmt *m_handle = nullptr;
    std::optional<Failure> m_failure;
};

} // namespace planb::store
