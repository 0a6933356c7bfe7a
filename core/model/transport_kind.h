// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace planb {

/// The kinds of network a transport can use and an address can belong to. Stored and public by name.
enum class TransportKind { Xmpp, Email, Lan, Sms };

QString nameOf(TransportKind kind); ///< "xmpp", "email", "lan", "sms"
std::optional<TransportKind> transportKindFromName(QStringView name);

} // namespace planb
