// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QNetworkProxy>
#include <QStringView>

namespace planb::net {

/// Reads "socks5://[user:password@]host:port" or "http://[user:password@]host:port"; empty text means none.
/// Either kind is asked to resolve names itself, so that the local name servers learn nothing.
/// Fails with InvalidArgument.
Result<QNetworkProxy> parseProxy(QStringView text);

} // namespace planb::net
