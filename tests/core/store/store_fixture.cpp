// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

#include <QFile>

namespace planb::store {

using namespace Qt::StringLiterals;

QByteArray testKey()
{
    return QByteArrayLiteral("0123456789abcdef0123456789abcdef");
}

QByteArray otherKey()
{
    return QByteArrayLiteral("fedcba9876543210fedcba9876543210");
}

Address jid(const QString &text)
{
    return must(Address::parse(TransportKind::Xmpp, text));
}

WireId wire(const QString &text)
{
    return WireId::parse(text).value();
}

WallTime at(qint64 millis)
{
    return wallFromMillis(millis);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return file.readAll();
}

void putContent(const QString &path, const QByteArray &content)
{
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    ASSERT_EQ(file.write(content), content.size());
}

void copyAsAfterCrash(const QString &from, const QString &to)
{
    putContent(to, contentOf(from));
    putContent(to + u"-wal"_s, contentOf(from + u"-wal"_s));
}

QList<QString> textsOf(const QList<Message> &messages)
{
    QList<QString> texts;
    for (const Message &message : messages)
        texts.append(message.text);
    return texts;
}

QList<MessageId> idsOf(const QList<Message> &messages)
{
    QList<MessageId> ids;
    for (const Message &message : messages)
        ids.append(message.id);
    return ids;
}

StoreTest::StoreTest() : m_store(must(Store::create(path(), testKey()))) {}

void StoreTest::reopen()
{
    close();
    m_store = must(Store::open(path(), testKey()));
}

Contact StoreTest::added(const QString &name, const QString &address)
{
    return must(store().contacts().add(name, {jid(address)}, true, at(1)));
}

Contact StoreTest::stranger(const QString &address)
{
    return must(store().contacts().add(address, {jid(address)}, false, at(1)));
}

MessageRepository::IncomingDraft StoreTest::draft(const Contact &from, const QString &id, const QString &text) const
{
    return {from.conversation,
            from.id,
            wire(id),
            text,
            {},
            at(1000),
            at(2000),
            RouteLabel{TransportId(7), u"Example"_s, TransportKind::Xmpp},
            {}};
}

std::optional<Message> StoreTest::incoming(const MessageRepository::IncomingDraft &draft)
{
    return must(store().messages().addIncoming(draft));
}

Message StoreTest::incoming(const Contact &from, const QString &id, std::optional<quint64> order)
{
    auto message = draft(from, id, id);
    message.order = order;
    return incoming(message).value();
}

Message StoreTest::outgoing(const Contact &to, const QString &id)
{
    return must(store().messages().addOutgoing({to.conversation, to.id, wire(id), id, at(1000), {}}));
}

QList<QString> StoreTest::page(const Contact &contact)
{
    return textsOf(must(store().messages().page(contact.conversation, {}, MessageRepository::kMaxPage)));
}

} // namespace planb::store
