// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/constants.h"

#include <array>

namespace planb::delivery {

namespace {

constexpr Millis seconds(int count)
{
    return Millis(1000) * count;
}

//                                  first          floor          cap
constexpr KindConstants kXmpp{
    {seconds(2), Millis(500), seconds(8)}, {seconds(4), seconds(2), seconds(10)}, seconds(30), Millis(50)};
constexpr KindConstants kEmail{
    {seconds(15), seconds(5), seconds(60)}, {seconds(120), seconds(60), seconds(600)}, seconds(300), seconds(30)};
constexpr KindConstants kLan{
    {Millis(500), Millis(250), seconds(2)}, {seconds(1), Millis(500), seconds(4)}, seconds(2), Millis(20)};
constexpr KindConstants kSms{
    {seconds(15), seconds(5), seconds(60)}, {seconds(180), seconds(60), seconds(900)}, seconds(300), seconds(600)};

} // namespace

const KindConstants &constantsOf(TransportKind kind)
{
    switch (kind) {
    case TransportKind::Xmpp: return kXmpp;
    case TransportKind::Email: return kEmail;
    case TransportKind::Lan: return kLan;
    case TransportKind::Sms: return kSms;
    }
    Q_UNREACHABLE();
}

} // namespace planb::delivery
