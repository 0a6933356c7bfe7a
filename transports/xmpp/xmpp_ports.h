// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/archive.h"
#include "core/transport/attention.h"
#include "core/transport/client_info.h"

#include <functional>

namespace planb::xmpp {

// The ports beside XmppTransport. They only pass on: the session decides, the transport drives it.

class XmppAttention final : public Attention
{
    Q_OBJECT

public:
    struct Calls {
        std::function<void(ChatState, const Address &)> showState;
        std::function<void(const WireId &, const Address &)> showRead;
    };

    explicit XmppAttention(Calls calls) : m_calls(std::move(calls)) {}

    void showState(ChatState state, const Address &to) override { m_calls.showState(state, to); }
    void showRead(const WireId &upTo, const Address &to) override { m_calls.showRead(upTo, to); }
    void tell(const Address &from, ChatState state) { Q_EMIT stateShown(from, state); }

private:
    Calls m_calls;
};

class XmppArchive final : public Archive
{
    Q_OBJECT

public:
    using SetMark = std::function<void(const std::optional<ArchiveMark> &)>;

    explicit XmppArchive(SetMark setMark) : m_setMark(std::move(setMark)) {}

    void setMark(const std::optional<ArchiveMark> &mark) override { m_setMark(mark); }
    void tell(const ArchivePage &page) { Q_EMIT pageRead(page); }

private:
    SetMark m_setMark;
};

class XmppClientInfo final : public ClientInfo
{
public:
    struct Calls {
        std::function<void(bool isActive)> setActive;
        std::function<void(const QString &version)> setVersion;
    };

    explicit XmppClientInfo(Calls calls) : m_calls(std::move(calls)) {}

    void setActive(bool isActive) override { m_calls.setActive(isActive); }
    void setVersion(const QString &version) override { m_calls.setVersion(version); }

private:
    Calls m_calls;
};

} // namespace planb::xmpp
