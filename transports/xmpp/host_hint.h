// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace planb::xmpp {

/// Where a server wants its client to connect instead: in see-other-host (RFC 6120, 4.9.3.19) and in the location
/// of a stream that may be resumed (XEP-0198, section 3).
struct HostHint {
    QString host; ///< a name or an address, without brackets
    quint16 port = 0; ///< 0: not said

    bool operator==(const HostHint &) const = default;

    /// "host", "host:5222", "[2001:db8::1]:5222", "2001:db8::1"; nothing where it is none of these.
    static std::optional<HostHint> parse(QStringView text);
};

} // namespace planb::xmpp
