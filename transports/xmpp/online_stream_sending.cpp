// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/message_stanza.h"
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/online_stream.h"
#include "transports/xmpp/own_features.h"

namespace planb::xmpp {

using namespace Qt::StringLiterals;

void OnlineStream::send(AttemptId attempt, const Payload &payload, const Address &to, MonoTime now)
{
    QByteArray xml = messageStanza(payload, to, m_setting.bareJid).toXml(ns::kClient);
    if (xml.size() > kMaxSentBytes && (!payload.acks.isEmpty() || payload.quote)) {
        // Acknowledgements are said again with the next message, and what is answered is known; the text is not.
        Payload bare = payload;
        bare.acks.clear();
        bare.quote.reset();
        xml = messageStanza(bare, to, m_setting.bareJid).toXml(ns::kClient);
    }
    if (xml.size() > kMaxSentBytes) {
        m_events.push_back(
            HandedOver{attempt,
                       Failure{FailureCode::MessageTooLarge,
                               u"the stanza has %1 bytes, servers take %2"_s.arg(xml.size()).arg(kMaxSentBytes),
                               {}}});
        return;
    }
    if (m_setting.people)
        m_setting.people->noteWrittenTo(to);
    writeStanza(xml, {attempt, payload.wireId.toString(), to.value, 0});
    m_hop.wants();
    askIfDue(now);
}

void OnlineStream::acknowledge(const QList<StreamAck> &acks, const Address &to)
{
    writeStanza(ackStanza(acks, to.value, WireId::random(m_random)).toXml(ns::kClient), {});
}

void OnlineStream::showState(ChatState state, const Address &to)
{
    if (m_audience.knows(to))
        writeStanza(chatStateStanza(state, to.value, WireId::random(m_random)).toXml(ns::kClient), {});
}

void OnlineStream::showRead(const WireId &upTo, const Address &to)
{
    writeStanza(displayedStanza(upTo, to.value, WireId::random(m_random)).toXml(ns::kClient), {});
}

void OnlineStream::sendDueReceipts(MonoTime now)
{
    for (const Receipt &receipt : m_inbox.takeDue()) {
        writeStanza(receiptStanza(receipt.to, receipt.id).toXml(ns::kClient), {{}, {}, {}, receipt.number});
        m_hop.wants();
    }
    askIfDue(now);
}

void OnlineStream::writeStanza(const QByteArray &xml, SentStanza stanza)
{
    const bool isCounted = m_management == Management::On || stanza.attempt || stanza.receipt != 0;
    m_wire.write(xml);
    if (isCounted)
        m_queue.push(std::move(stanza));
}

void OnlineStream::announce()
{
    const Element presence = Element(u"presence", ns::kClient).add(ownCapabilities(!m_setting.version.isEmpty()));
    writeStanza(presence.toXml(ns::kClient), {});
}

void OnlineStream::setVersion(const QString &version)
{
    const bool wasTold = !std::exchange(m_setting.version, version).isEmpty();
    if (m_isOnline && wasTold == version.isEmpty())
        announce();
}

} // namespace planb::xmpp
