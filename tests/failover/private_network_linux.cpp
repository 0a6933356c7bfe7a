// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Linux only: network namespaces and nftables. Other systems compile private_network_portable.cpp instead.
#include "tests/failover/private_network.h"

#include "tests/testkit/child_process.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;
using test::trouble;

namespace {

Outcome<void> write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) || file.write(text) != text.size())
        return trouble(u"%1 could not be written: %2"_s.arg(path, file.errorString()));
    return {};
}

/// Without root a user namespace comes first, in which this user is root.
Outcome<void> becomeNamespaceRoot(uid_t user, gid_t group)
{
    if (auto denied = write(u"/proc/self/setgroups"_s, "deny"); !denied)
        return denied;
    if (auto mapped = write(u"/proc/self/uid_map"_s, "0 " + QByteArray::number(user) + " 1"); !mapped)
        return mapped;
    return write(u"/proc/self/gid_map"_s, "0 " + QByteArray::number(group) + " 1");
}

Outcome<void> nft(const QByteArray &rules)
{
    const auto done = test::runTool(test::findProgram(u"nft"_s), {u"-f"_s, u"-"_s}, rules);
    return done ? Outcome<void>() : trouble(done.error());
}

QString systemError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

/// Shows the file in place of one of the system's, to this process and its children only.
Outcome<void> showInstead(const QString &file, const char *systemFile)
{
    if (mount(QFile::encodeName(file).constData(), systemFile, nullptr, MS_BIND, nullptr) == 0)
        return {};
    return trouble(u"%1 cannot be replaced here (%2)"_s.arg(QString::fromLatin1(systemFile), systemError()));
}

constexpr const char *kForget = "table inet planb_fault\ndelete table inet planb_fault\n";

Outcome<void> apply(const QList<quint16> &ports, const QByteArray &verdict)
{
    QByteArray rules = kForget;
    rules += "table inet planb_fault { chain out { type filter hook output priority 0;\n";
    // A reset made by the next rules passes here, too.
    rules += "tcp flags & rst == rst accept\n";
    for (const quint16 port : ports) {
        for (const char *end : {"dport", "sport"})
            rules += QByteArray("tcp ") + end + ' ' + QByteArray::number(port) + ' ' + verdict + '\n';
    }
    return nft(rules + "}\n}\n");
}

} // namespace

Outcome<void> PrivateNetwork::enter()
{
    if (const QString missing = test::missingPrograms({u"nft"_s, u"ip"_s}); !missing.isEmpty())
        return trouble(u"packets cannot be dropped here; %1"_s.arg(missing));
    const uid_t user = geteuid();
    const gid_t group = getegid();
    if (unshare(user == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) != 0)
        return trouble(u"this user may not make a network namespace (%1)"_s.arg(systemError()));
    if (user != 0) {
        if (auto mapped = becomeNamespaceRoot(user, group); !mapped)
            return mapped;
    }
    if (const auto up = test::runTool(test::findProgram(u"ip"_s), {u"link"_s, u"set"_s, u"lo"_s, u"up"_s}); !up)
        return trouble(u"the namespace has no loopback: "_s + up.error());
    return clear();
}

Outcome<void> PrivateNetwork::drop(const QList<quint16> &ports)
{
    return apply(ports, "drop");
}

Outcome<void> PrivateNetwork::reset(const QList<quint16> &ports)
{
    return apply(ports, "reject with tcp reset");
}

Outcome<void> PrivateNetwork::clear()
{
    return nft(kForget);
}

Outcome<void> PrivateNetwork::askOwnNameServer(const QString &folder)
{
    const QString resolver = folder + u"/resolv.conf"_s;
    const QString sources = folder + u"/nsswitch.conf"_s;
    if (auto written = write(resolver, "nameserver 127.0.0.1\noptions timeout:1 attempts:5\n"); !written)
        return written;
    // A resolver service of the system would answer from the world outside.
    if (auto written = write(sources, "passwd: files\ngroup: files\nhosts: files dns\n"); !written)
        return written;
    if (unshare(CLONE_NEWNS) != 0 || mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return trouble(u"this user may not make a mount namespace (%1)"_s.arg(systemError()));
    if (auto shown = showInstead(resolver, "/etc/resolv.conf"); !shown)
        return shown;
    return showInstead(sources, "/etc/nsswitch.conf");
}

} // namespace planb::failover
