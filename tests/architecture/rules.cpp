// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/rules.h"

namespace planb::architecture {

const std::vector<Layer> &layers()
{
    static const std::vector<Layer> table = {
        {"core/base", {}},
        {"core/model", {"core/base"}},
        {"core/transport", {"core/base", "core/model"}},
        {"core/delivery", {"core/base", "core/model"}},
        {"core/crypto", {"core/base", "core/model"}},
        {"core/store", {"core/base", "core/model"}},
        {"core/history", {"core/base", "core/model", "core/store"}},
        {"core/messenger",
         {"core/base", "core/model", "core/transport", "core/delivery", "core/crypto", "core/store", "core/history"}},
        {"core/rpc", {"core/base", "core/model", "core/transport", "core/messenger"}},
        {"transports/net", {"core/base", "core/model", "core/transport"}},
        {"transports/xmpp", {"core/base", "core/model", "core/transport", "transports/net"}},
        {"transports/email", {"core/base", "core/model", "core/transport", "transports/net"}},
        {"transports/lan", {"core/base", "core/model", "core/transport", "transports/net"}},
        {"transports/sms", {"core/base", "core/model", "core/transport", "transports/net"}},
        {"transports", {"core/base", "core/model", "core/transport", "transports/*"}},
        {"ui", {"core/base", "core/model", "core/messenger"}},
        {"app", {"core/*", "transports", "transports/*", "ui"}},
        {"tests", {"core/*", "transports", "transports/*", "ui", "app"}},
    };
    return table;
}

const std::vector<PrivateLibrary> &privateLibraries()
{
    static const std::vector<PrivateLibrary> table = {
        {"qt6keychain", {"core/messenger", "tests"}},
        {"sodium", {"core/crypto", "tests"}},
        {"sqlcipher", {"core/store", "tests"}},
        {"sqlite3", {"core/store", "tests"}},
    };
    return table;
}

const std::vector<Ban> &bans()
{
    static const std::vector<Ban> table = {
        {"plain logic: time and chance come in as parameters, and nothing waits",
         {"core/base/", "core/model/", "core/delivery/", "transports/xmpp/"},
         {"core/base/clock.cpp", "core/base/random.cpp", "transports/xmpp/xmpp_transport.",
          "transports/xmpp/xmpp_account_errand."},
         {"QTimer", "QBasicTimer", "QThread", "QElapsedTimer", "QDeadlineTimer", "QRandomGenerator",
          "QDateTime::currentDateTime", "QDateTime::currentDateTimeUtc", "QDateTime::currentMSecsSinceEpoch",
          "QDateTime::currentSecsSinceEpoch", "QDate::currentDate", "QTime::currentTime", "steady_clock::now",
          "system_clock::now", "high_resolution_clock::now", "random_device", "rand(", "srand(", "time("}},
        {"production code does not block and does not nest event loops",
         {"core/", "transports/", "ui/", "app/"},
         {"core/messenger/event_thread."},
         {"QEventLoop", "processEvents", "waitForReadyRead(", "waitForBytesWritten(", "waitForConnected(",
          "waitForEncrypted(", "waitForDisconnected(", "sleep(", "msleep(", "usleep(", "sleep_for(", "sleep_until("}},
        {"keys come from the system's random numbers; only a test's own code may ask libsodium for others",
         {"core/", "transports/", "ui/", "app/"},
         {},
         {"randombytes_set_implementation", "randombytes_buf_deterministic"}},
        {"only transports/net has sockets; a protocol is bytes in, bytes out",
         {"core/", "transports/xmpp/", "ui/", "app/"},
         {},
         {"QAbstractSocket", "QTcpSocket", "QSslSocket", "QUdpSocket", "QTcpServer", "QNetworkAccessManager"}},
    };
    return table;
}

} // namespace planb::architecture
