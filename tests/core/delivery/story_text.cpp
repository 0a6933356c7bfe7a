// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/story_text.h"

#include <array>

namespace planb::delivery::test {

namespace {

template<class Tag>
std::string text(Id<Tag> id)
{
    return id.toString().toStdString();
}

std::string text(const std::optional<Failure> &failure)
{
    return failure ? describe(*failure).toStdString() : "no failure";
}

std::string text(MessageId message, TransportId by, const Address &to)
{
    return text(message) + " by " + text(by) + " to " + to.value.toStdString();
}

struct ToText {
    std::string operator()(const ChainChanged &event) const
    {
        std::string line = "the chain is";
        for (const ChainLink &link : event.chain)
            line += ' ' + text(link.id);
        return line;
    }
    std::string operator()(const LinkChanged &event) const
    {
        static constexpr std::array kNames{"down", "ready", "suspect"};
        return text(event.transport) + " is " + kNames.at(static_cast<std::size_t>(event.sight)) + ", "
            + text(event.failure);
    }
    std::string operator()(const ContactChanged &event) const
    {
        std::string line = text(event.contact) + (event.removesRepeats ? " (removes repeats) at" : " at");
        for (const Address &address : event.addresses)
            line += ' ' + address.value.toStdString();
        return line;
    }
    std::string operator()(const ContactRemoved &event) const { return text(event.contact) + " is removed"; }
    std::string operator()(const ContactJoined &event) const { return text(event.gone) + " joins " + text(event.into); }
    std::string operator()(const ItemQueued &event) const
    {
        return text(event.message) + " to " + text(event.contact) + ", " + std::to_string(event.textBytes) + " bytes"
            + (event.via ? " via " + text(*event.via) : "") + (event.accepted ? ", accepted before" : "");
    }
    std::string operator()(const HandedOver &event) const
    {
        return text(event.attempt) + " is answered, " + text(event.failure);
    }
    std::string operator()(const Delivered &event) const { return text(event.message) + " is confirmed"; }
    std::string operator()(const Bounced &event) const
    {
        return "came back: " + text(event.item.message, event.via, event.address) + ", " + text(event.failure);
    }
    std::string operator()(const Heard &event) const { return text(event.contact) + " is heard"; }
    std::string operator()(const Received &event) const
    {
        return text(event.contact) + " wrote by " + text(event.via) + (event.isRepeat ? ", again" : "")
            + (event.gapOpened ? ", after a gap" : "");
    }
    std::string operator()(const AckOwed &event) const { return "ack owed to " + text(event.contact); }
    std::string operator()(const Acknowledged &event) const
    {
        return text(event.contact) + " has up to " + std::to_string(event.ack.ranges.highest());
    }
    std::string operator()(const Moved &event) const { return text(event.message) + " has another number"; }
    std::string operator()(const Spent &event) const { return "spent on " + text(event.transport); }
    std::string operator()(const ReturnAfterChanged &) const { return "returnAfter changes"; }
    std::string operator()(const Woken &) const { return "woken"; }

    std::string operator()(const StartAttempt &effect) const
    {
        return "start " + text(effect.attempt) + ": " + text(effect.message, effect.transport, effect.address);
    }
    std::string operator()(const FinishAttempt &effect) const
    {
        return "finish " + text(effect.attempt) + " as " + nameOf(effect.state).toStdString();
    }
    std::string operator()(const AdvanceMessage &effect) const
    {
        return text(effect.message) + " is " + nameOf(effect.state).toStdString();
    }
    std::string operator()(const ForgetItem &effect) const { return "forget " + text(effect.message); }
    std::string operator()(const SendAck &effect) const
    {
        return "acknowledge to " + text(effect.contact) + " by " + text(effect.transport);
    }
    std::string operator()(const ProbeLink &effect) const { return "probe " + text(effect.transport); }
    std::string operator()(const NudgeLink &effect) const { return "nudge " + text(effect.transport); }
    std::string operator()(const SwitchedRoute &effect) const
    {
        return text(effect.contact) + " switches from " + text(effect.from) + " to " + text(effect.to) + ", "
            + effect.reason.toStdString();
    }
};

} // namespace

std::string textOf(const Event &event)
{
    return std::visit(ToText(), event);
}

std::string textOf(const Effect &effect)
{
    return std::visit(ToText(), effect);
}

} // namespace planb::delivery::test
