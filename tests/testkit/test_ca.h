// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/outcome.h"

#include <QString>
#include <QStringList>

namespace planb::test {

/// A certificate and its private key, both PEM files.
struct TestCertificate {
    QString certificateFile;
    QString keyFile;
};

/// A throw-away certificate authority (EC P-256) in a folder of the caller's, made with the openssl command.
/// Clients under test are given its file; checking is never switched off.
class TestCa
{
public:
    enum class Validity { Valid, Expired };

    /// `folder` is made if it is not there.
    static Outcome<TestCa> make(const QString &folder, const QString &name = QStringLiteral("PlanB test authority"));

    /// What to trust: hand it to clients as their CA file.
    QString file() const;

    /// A server certificate for the given DNS names. `fileName` must be unique within this authority.
    /// A certificate for the wrong name is one made with other names, one of a foreign authority is made by another TestCa.
    Outcome<TestCertificate> issue(const QString &fileName, const QStringList &dnsNames,
                                   Validity validity = Validity::Valid) const;

private:
    explicit TestCa(QString folder) : m_folder(std::move(folder)) {}
    QString path(const QString &fileName) const;

    QString m_folder;
};

} // namespace planb::test
