// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <QByteArray>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <functional>
#include <memory>

namespace planb::store {

/// The value, or a failed test that says why there is none.
template<class T>
T must(Result<T> result)
{
    if (!result) {
        ADD_FAILURE() << describe(result.error()).toStdString();
        std::abort(); // nothing after this would mean anything
    }
    return std::move(*result);
}
inline void must(const Result<void> &result)
{
    ASSERT_TRUE(result) << describe(result.error()).toStdString();
}

/// The code of the failure; Cancelled, which the store never uses, if there is none.
template<class T>
FailureCode codeOf(const Result<T> &result)
{
    return result ? FailureCode::Cancelled : result.error().code;
}

QByteArray testKey();
QByteArray otherKey();
Address jid(const QString &text);
WireId wire(const QString &text);
WallTime at(qint64 millis);
QByteArray contentOf(const QString &path);
void putContent(const QString &path, const QByteArray &content);
/// Copies the database and its log as a crash would leave them.
void copyAsAfterCrash(const QString &from, const QString &to);
QList<QString> textsOf(const QList<Message> &messages);
QList<MessageId> idsOf(const QList<Message> &messages);

/// A real store in a folder of its own.
class StoreTest : public ::testing::Test
{
protected:
    StoreTest();

    QString path() const { return m_folder.filePath(QStringLiteral("history.db")); }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    Store &store() { return *m_store; }
    void close() { m_store.reset(); }
    void reopen();

    Contact bob() { return added(QStringLiteral("Bob"), QStringLiteral("bob@a.example")); }
    Contact added(const QString &name, const QString &address);
    Contact stranger(const QString &address);

    MessageRepository::IncomingDraft draft(const Contact &from, const QString &id, const QString &text) const;
    /// Stores it; fails the test if it is taken for a repeat.
    Message incoming(const Contact &from, const QString &id, std::optional<quint64> order = {});
    std::optional<Message> incoming(const MessageRepository::IncomingDraft &draft);
    Message outgoing(const Contact &to, const QString &id);
    QList<QString> page(const Contact &contact);

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
};

} // namespace planb::store
