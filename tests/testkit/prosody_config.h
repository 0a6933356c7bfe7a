// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/test_ca.h"

#include <QByteArray>
#include <QString>

namespace planb::test {

/// Everything a Prosody of ours is told.
struct ProsodyConfig {
    QString folder; ///< absolute: Prosody reads relative paths from the place of its configuration
    QString domain;
    TestCertificate certificate;
    quint16 starttlsPort = 0;
    quint16 directTlsPort = 0;
    bool openRegistration = false; ///< strangers may make accounts (XEP-0077)
    /// Set: files can be put at https://localhost:PORT/ (XEP-0363); the certificate has to be for localhost as well.
    quint16 uploadPort = 0;
    bool invitesOnly = false; ///< … but only with an invitation (XEP-0445)
    bool verboseLog = false;
    QString pluginFolder; ///< where `extraModule` is; empty for none
    QString extraModule; ///< loaded beside the usual ones
    QString extraLines; ///< global settings, in Lua
};

/// The configuration file for Prosody 0.11 and newer, in Lua.
QByteArray prosodyConfiguration(const ProsodyConfig &config);

} // namespace planb::test
