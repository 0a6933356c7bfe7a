// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_keyring_session.h"

#include "tests/testkit/child_process.h"
#include "tests/testkit/wait_until.h"

#include <QDir>
#include <QFile>

#include <gtest/gtest.h>

namespace planb::test {

using namespace Qt::StringLiterals;

namespace {

// No service folders: nothing is started on the bus that we did not start.
constexpr char kBusConfig[] = R"(<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=%1</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

QString runIn(const QProcessEnvironment &environment, const QStringList &arguments)
{
    QProcess tool;
    endWithParent(tool);
    tool.setProcessEnvironment(environment);
    tool.start(QStringLiteral(PLANB_PROFILE_TOOL), arguments);
    EXPECT_TRUE(waitUntil([&] { return tool.state() == QProcess::NotRunning; }, Millis(30'000)));
    EXPECT_EQ(tool.exitStatus(), QProcess::NormalExit);
    return QString::fromUtf8(tool.readAllStandardOutput()).trimmed();
}

void end(QProcess &process)
{
    process.kill();
    process.waitForFinished();
}

} // namespace

KeyringSession::~KeyringSession()
{
    end(m_keyring);
    end(m_bus);
}

QString KeyringSession::missing()
{
    return missingPrograms({u"dbus-daemon"_s, u"dbus-send"_s, u"gnome-keyring-daemon"_s});
}

bool KeyringSession::startBus()
{
    const QDir room(m_room.path());
    for (const QString &name : {u"run"_s, u"home"_s})
        room.mkdir(name, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    QFile config(room.filePath(u"bus.conf"_s));
    if (!config.open(QIODevice::WriteOnly))
        return false;
    config.write(QString::fromLatin1(kBusConfig).arg(room.filePath(u"run"_s)).toUtf8());
    config.close();

    m_environment = QProcessEnvironment::systemEnvironment();
    m_environment.insert(u"HOME"_s, room.filePath(u"home"_s));
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, room.filePath(u"run"_s));
    for (const QString &name : {u"XDG_DATA_HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_CACHE_HOME"_s, u"DISPLAY"_s,
                                u"WAYLAND_DISPLAY"_s, u"GNOME_KEYRING_CONTROL"_s})
        m_environment.remove(name);
    endWithParent(m_bus);
    m_bus.setProcessEnvironment(m_environment);
    m_bus.start(u"dbus-daemon"_s, {u"--config-file="_s + config.fileName(), u"--nofork"_s, u"--print-address=1"_s});
    if (!waitUntil([this] { return m_bus.canReadLine() || m_bus.state() == QProcess::NotRunning; }))
        return false;
    m_environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, QString::fromUtf8(m_bus.readLine()).trimmed());
    return m_bus.state() == QProcess::Running;
}

bool KeyringSession::startKeyring()
{
    endWithParent(m_keyring);
    m_keyring.setProcessEnvironment(m_environment);
    m_keyring.start(u"gnome-keyring-daemon"_s, {u"--foreground"_s, u"--components=secrets"_s, u"--unlock"_s});
    m_keyring.write("password of the keyring");
    m_keyring.closeWriteChannel();
    return waitUntil([this] { return hasSecretService() || m_keyring.state() == QProcess::NotRunning; })
        && m_keyring.state() == QProcess::Running;
}

void KeyringSession::stopKeyring()
{
    end(m_keyring);
    EXPECT_TRUE(waitUntil([this] { return !hasSecretService(); }));
}

bool KeyringSession::hasSecretService() const
{
    QProcess question;
    endWithParent(question);
    question.setProcessEnvironment(m_environment);
    question.start(u"dbus-send"_s,
                   {u"--session"_s, u"--print-reply=literal"_s, u"--dest=org.freedesktop.DBus"_s,
                    u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus.NameHasOwner"_s,
                    u"string:org.freedesktop.secrets"_s});
    return question.waitForFinished() && question.readAllStandardOutput().contains("true");
}

QString KeyringSession::run(const QStringList &arguments) const
{
    return runIn(m_environment, arguments);
}

QString KeyringSession::runWithoutBus(const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    return runIn(environment, arguments);
}

} // namespace planb::test
