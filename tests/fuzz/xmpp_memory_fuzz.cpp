// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is remembered of a server, read from a store that holds anything; behind a NUL byte, certificates of its next
// logins.
#include "transports/xmpp/server_memory.h"

#include <QJsonDocument>

#include <cstdint>
#include <cstdlib>

namespace {

using planb::WallTime;
using planb::xmpp::ServerMemory;

const WallTime kNow = planb::wallFromMillis(1'800'000'000'000);

void check(const ServerMemory &memory)
{
    // What is written once says the same for ever.
    const ServerMemory written = ServerMemory::parse(memory.toJson());
    if (ServerMemory::parse(written.toJson()) != written || memory.lastGood(kNow).size() > ServerMemory::kMaxAddresses)
        std::abort();
    for (const auto &endpoint : memory.lastGood(kNow)) {
        if (endpoint.port == 0 || endpoint.host.isEmpty())
            std::abort();
    }
    memory.warnings(kNow);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const QList<QByteArray> parts = input.split('\0');
    ServerMemory memory = ServerMemory::parse(QJsonDocument::fromJson(parts.first()).object());
    check(memory);
    for (qsizetype i = 1; i < parts.size(); ++i) {
        memory.loggedIn(i % 2 == 0 ? QStringLiteral("PLAIN") : QStringLiteral("SCRAM-SHA-256-PLUS"), parts.at(i), kNow);
        check(memory);
    }
    memory.reached(memory.lastGood(kNow), kNow);
    check(memory);
    return 0;
}
