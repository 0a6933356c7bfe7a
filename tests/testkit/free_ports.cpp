// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/free_ports.h"

#include <QHostAddress>
#include <QRandomGenerator>
#include <QTcpServer>

#include <memory>
#include <vector>

namespace planb::test {

namespace {
// Linux hands out 32768 and up by default, other systems 49152 and up.
constexpr quint32 kLowest = 20'000;
constexpr quint32 kBeyond = 32'768;
} // namespace

QList<quint16> freePorts(int count)
{
    // All are held until the last is found, so that no number comes twice.
    std::vector<std::unique_ptr<QTcpServer>> held;
    QList<quint16> ports;
    while (ports.size() < count) {
        const auto port = static_cast<quint16>(QRandomGenerator::global()->bounded(kLowest, kBeyond));
        auto server = std::make_unique<QTcpServer>();
        if (!server->listen(QHostAddress::LocalHost, port))
            continue;
        ports.append(port);
        held.push_back(std::move(server));
    }
    return ports;
}

} // namespace planb::test
