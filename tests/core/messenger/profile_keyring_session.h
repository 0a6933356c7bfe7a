// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

namespace planb::test {

/// A session bus of our own with, if wanted, a gnome-keyring on it that is unlocked and empty. Nothing of the
/// session of whoever runs the tests is touched.
class KeyringSession
{
public:
    KeyringSession() = default;
    ~KeyringSession();

    /// What is not installed, as a sentence; empty when all is there.
    static QString missing();

    bool startBus();
    bool startKeyring();
    void stopKeyring();

    /// Runs profile_tool.cpp inside the session, or outside of any, and returns the line it prints.
    QString run(const QStringList &arguments) const;
    static QString runWithoutBus(const QStringList &arguments);

    QString folder() const { return m_room.filePath(QStringLiteral("profile")); }

private:
    bool hasSecretService() const;

    QTemporaryDir m_room;
    QProcessEnvironment m_environment;
    QProcess m_bus;
    QProcess m_keyring;
};

} // namespace planb::test
