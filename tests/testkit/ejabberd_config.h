// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/test_ca.h"

#include <QByteArray>
#include <QString>

#include <chrono>

namespace planb::test {

/// What one ejabberd is given to read.
struct EjabberdConfig {
    QString folder; ///< absolute
    QString domain;
    TestCertificate certificate;
    quint16 port = 0;
    quint16 directTlsPort = 0;
    quint16 adminPort = 0;
    bool openRegistration = false; ///< strangers may make accounts (XEP-0077)
    QString captchaProgram = {}; ///< draws the picture that newcomers have to read (its argument); empty: none
    bool keepsArchive = false; ///< XEP-0313, in Mnesia
    std::chrono::seconds resumeTime{60}; ///< how long a lost stream may be resumed

    /// ejabberd.yml
    QByteArray text() const;
    /// Erlang's inetrc: no name is looked up outside.
    QByteArray names() const;
};

} // namespace planb::test
