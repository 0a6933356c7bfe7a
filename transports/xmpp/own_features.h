// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transports/xmpp/element.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace planb::xmpp {

/// The answer to "what are you and what can you do" (XEP-0030): the `<query/>` for an iq. The same for everybody; only
/// whether versions are told (XEP-0092) makes a difference. Nothing where `node` is asked for and there is none of that
/// name.
std::optional<Element> ownFeatures(const QString &node, bool tellsVersion);

/// The short form of the same, for our presence (XEP-0115): whoever knows this version need not ask.
Element ownCapabilities(bool tellsVersion);

/// The name of this program and its version, and nothing about the system it runs on (XEP-0092).
Element ownVersion(const QString &version);

/// The version string of XEP-0115, section 5.1, for one identity without a language and these features.
QString capabilityVersion(const QString &category, const QString &type, const QString &name, QStringList features);

} // namespace planb::xmpp
