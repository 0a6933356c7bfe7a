// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/checker.h"

#include "tests/architecture/code_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <utility>

namespace planb::architecture {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kHead = "// SPDX-FileCopyrightText: 2026 The PlanB contributors\n"
                          "// SPDX-License-Identifier: GPL-3.0-or-later\n";

/// A file whose first line of its own is line 3.
SourceFile sourceFile(std::string path, const std::string &body)
{
    return {std::move(path), kHead + body};
}

std::vector<std::string> complaints(const SourceFile &file)
{
    std::vector<std::string> sentences;
    for (const Violation &violation : check({file}))
        sentences.push_back(std::to_string(violation.line) + ": " + violation.what);
    return sentences;
}

struct Edge {
    std::string from;
    std::string include;
};

class ForbiddenEdge : public testing::TestWithParam<Edge>
{};

TEST_P(ForbiddenEdge, IsRefused)
{
    const auto &[from, include] = GetParam();
    EXPECT_THAT(complaints(sourceFile(from, "#include \"" + include + "\"\n")), ElementsAre(HasSubstr("must not use")));
}

INSTANTIATE_TEST_SUITE_P(
    Layers, ForbiddenEdge,
    testing::Values(
        Edge{"core/base/id.h", "core/model/message.h"}, Edge{"core/model/message.h", "core/store/database.h"},
        Edge{"core/transport/transport.h", "core/delivery/engine.h"},
        Edge{"core/delivery/engine.cpp", "core/transport/transport.h"},
        Edge{"core/delivery/engine.cpp", "core/store/database.h"},
        Edge{"core/crypto/sessions.cpp", "core/store/database.h"},
        Edge{"core/store/database.cpp", "core/crypto/secret_bytes.h"},
        Edge{"core/messenger/messenger.cpp", "core/rpc/server.h"},
        Edge{"core/messenger/messenger.cpp", "transports/xmpp/xmpp_transport.h"},
        Edge{"core/messenger/messenger.cpp", "ui/main_window.h"}, Edge{"core/rpc/server.cpp", "core/store/database.h"},
        Edge{"core/rpc/server.cpp", "transports/factory.h"}, Edge{"core/rpc/server.cpp", "app/composition.h"},
        Edge{"transports/xmpp/session.cpp", "transports/email/mailbox.h"},
        Edge{"transports/xmpp/session.cpp", "transports/factory.h"},
        Edge{"transports/xmpp/session.cpp", "core/store/database.h"},
        Edge{"transports/xmpp/session.cpp", "core/messenger/messenger.h"},
        Edge{"transports/xmpp/session.cpp", "core/delivery/engine.h"},
        Edge{"transports/net/byte_stream.h", "transports/xmpp/session.h"},
        Edge{"transports/factory.cpp", "core/messenger/messenger.h"}, Edge{"ui/chat/view.cpp", "core/store/database.h"},
        Edge{"ui/chat/view.cpp", "core/delivery/engine.h"}, Edge{"ui/chat/view.cpp", "core/crypto/secret_bytes.h"},
        Edge{"ui/chat/view.cpp", "transports/net/byte_stream.h"}, Edge{"app/ctl_main.cpp", "tests/testkit/prosody.h"}));

class AllowedEdge : public testing::TestWithParam<Edge>
{};

TEST_P(AllowedEdge, IsAccepted)
{
    const auto &[from, include] = GetParam();
    EXPECT_THAT(complaints(sourceFile(from, "#include \"" + include + "\"\n")), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Layers, AllowedEdge,
                         testing::Values(Edge{"core/base/backoff.h", "core/base/clock.h"},
                                         Edge{"core/delivery/engine.cpp", "core/model/message.h"},
                                         Edge{"core/messenger/messenger.cpp", "core/store/database.h"},
                                         Edge{"core/rpc/server.cpp", "core/messenger/messenger.h"},
                                         Edge{"transports/xmpp/session.cpp", "transports/net/byte_stream.h"},
                                         Edge{"transports/factory.cpp", "transports/xmpp/xmpp_transport.h"},
                                         Edge{"ui/chat/view.cpp", "ui/theme.h"},
                                         Edge{"ui/chat/view.cpp", "core/messenger/messenger.h"},
                                         Edge{"app/composition.cpp", "transports/factory.h"},
                                         Edge{"tests/core/base/id_test.cpp", "core/store/database.h"}));

TEST(Checker, RefusesAFolderWithoutARule)
{
    EXPECT_THAT(complaints(sourceFile("core/helpers/strings.h", "")),
                ElementsAre(HasSubstr("core/helpers has no rule")));
    EXPECT_THAT(complaints(sourceFile("transports/pigeon/coop.h", "")), ElementsAre(HasSubstr("has no rule")));
    EXPECT_THAT(complaints(sourceFile("core/loose.h", "")), ElementsAre(HasSubstr("core has no rule")));
}

TEST(Checker, RefusesAnIncludeThatIsNotWrittenFromTheRoot)
{
    EXPECT_THAT(complaints(sourceFile("core/base/backoff.cpp", "#include \"backoff.h\"\n")),
                ElementsAre(HasSubstr("3: \"backoff.h\" is not written from the repository's root")));
    EXPECT_THAT(complaints(sourceFile("core/base/backoff.cpp", "#include \"../base/backoff.h\"\n")),
                ElementsAre(HasSubstr("not written from the repository's root")));
    EXPECT_THAT(complaints(sourceFile("core/base/backoff.cpp", "#include <core/base/backoff.h>\n")),
                ElementsAre(HasSubstr("belongs in quotes")));
}

TEST(Checker, LetsAFileIncludeItsOwnGeneratedMocCode)
{
    EXPECT_THAT(complaints(sourceFile("app/ctl_main.cpp", "#include \"ctl_main.moc\"\n")), IsEmpty());
}

TEST(Checker, KeepsPrivateLibrariesInTheirLayer)
{
    EXPECT_THAT(complaints(sourceFile("core/messenger/outbox.cpp", "#include <sqlcipher/sqlite3.h>\n")),
                ElementsAre(HasSubstr("belongs to core/store")));
    EXPECT_THAT(complaints(sourceFile("core/store/database.cpp", "#include <sodium.h>\n")),
                ElementsAre(HasSubstr("belongs to core/crypto")));
    EXPECT_THAT(complaints(sourceFile("core/store/database.cpp", "#include <sqlite3.h>\n")), IsEmpty());
    EXPECT_THAT(complaints(sourceFile("core/crypto/sessions.cpp", "#include <sodium.h>\n")), IsEmpty());
}

TEST(Checker, FindsAForbiddenIncludeHoweverItIsSpaced)
{
    EXPECT_THAT(complaints(sourceFile("core/base/id.h", "\n  #  include   \"ui/theme.h\"  // why not\n")),
                ElementsAre(HasSubstr("4: core/base must not use ui")));
}

TEST(Checker, RefusesASourceWithoutItsLicence)
{
    const SourceFile bare{"core/base/id.h", "#pragma once\n"};
    const SourceFile late{"core/base/id.h", "\n\n\n" + kHead};
    const SourceFile half{"core/CMakeLists.txt", "# SPDX-License-Identifier: GPL-3.0-or-later\n"};
    for (const SourceFile &file : {bare, late, half})
        EXPECT_THAT(complaints(file), ElementsAre("1: the two SPDX lines are missing"));
}

TEST(Checker, AcceptsALicenceBelowAnInterpreterLine)
{
    const SourceFile script{"dev",
                            "#!/usr/bin/env bash\n# SPDX-FileCopyrightText: 2026 The PlanB contributors\n"
                            "# SPDX-License-Identifier: GPL-3.0-or-later"};
    EXPECT_THAT(complaints(script), IsEmpty());
}

class ClockOrChance : public testing::TestWithParam<std::string>
{};

TEST_P(ClockOrChance, IsRefusedInPlainLogicOnly)
{
    const std::string body = "void f()\n{\n    " + GetParam() + ";\n}\n";
    for (const char *path : {"core/delivery/engine.cpp", "core/model/message.h", "core/base/backoff.cpp",
                             "transports/xmpp/xmpp_session.cpp"})
        EXPECT_THAT(complaints(sourceFile(path, body)), ElementsAre(HasSubstr("5: "))) << path;
    for (const char *path :
         {"core/base/clock.cpp", "core/base/random.cpp", "core/messenger/shell.cpp", "tests/x_test.cpp"})
        EXPECT_THAT(complaints(sourceFile(path, body)), IsEmpty()) << path;
}

INSTANTIATE_TEST_SUITE_P(Words, ClockOrChance,
                         testing::Values("QTimer timer", "QThread::currentThread()", "QDateTime::currentDateTimeUtc()",
                                         "QDateTime::currentMSecsSinceEpoch()", "std::chrono::steady_clock::now()",
                                         "std::chrono::system_clock::now()", "std::random_device seed",
                                         "int x = rand()", "srand(1)", "QRandomGenerator::global()",
                                         "QElapsedTimer watch", "time(nullptr)"));

TEST(Checker, RefusesSocketsOutsideTheNetworkLayer)
{
    const std::string body = "QSslSocket *socket = nullptr;\n";
    EXPECT_THAT(complaints(sourceFile("transports/xmpp/xmpp_transport.cpp", body)), ElementsAre(HasSubstr("3: ")));
    EXPECT_THAT(complaints(sourceFile("core/messenger/courier.cpp", body)), ElementsAre(HasSubstr("3: ")));
    EXPECT_THAT(complaints(sourceFile("transports/net/session_runner.cpp", body)), IsEmpty());
}

TEST(Checker, RefusesWaitingInProductionButNotInTests)
{
    const std::string body = "void f() { QEventLoop loop; }\nvoid g() { QCoreApplication::processEvents(); }\n";
    EXPECT_THAT(complaints(sourceFile("ui/chat/view.cpp", body)), ElementsAre(HasSubstr("3: "), HasSubstr("4: ")));
    EXPECT_THAT(complaints(sourceFile("tests/testkit/wait.cpp", body)), IsEmpty());
}

TEST(Checker, IgnoresWordsInCommentsStringsAndLongerNames)
{
    const std::string body =
        "// a QTimer would be wrong here\n"
        "/* std::random_device\n   rand( */\n"
        "const char *a = \"QTimer \\\" rand(\";\n"
        "const char *b = R\"x(QThread \" rand( )\" )x\";\n"
        "int operand(int);\nint c = operand(60'000);\nclass QTimerish;\nchar d = '\"';\nint e = runtime(1);\n";
    EXPECT_THAT(complaints(sourceFile("core/delivery/engine.cpp", body)), IsEmpty());
}

TEST(Checker, SeesCodeThatFollowsALiteral)
{
    const std::string body = "int a = 1'000; QTimer b;\nauto c = u'\\''; QTimer d;\nauto e = uR\"(\")\"; QTimer f;\n"
                             "/* \" */ QTimer g;\n";
    EXPECT_THAT(complaints(sourceFile("core/delivery/engine.cpp", body)),
                ElementsAre(HasSubstr("3: "), HasSubstr("4: "), HasSubstr("5: "), HasSubstr("6: ")));
}

TEST(Checker, ReportsEveryFaultOfABadTree)
{
    const std::vector<SourceFile> tree = {
        sourceFile("core/base/good.h", "#include \"core/base/id.h\"\n"),
        sourceFile("core/delivery/bad.cpp", "#include \"ui/theme.h\"\nQTimer timer;\n"),
        {"transports/xmpp/bad.h", "#include \"core/store/database.h\"\n"},
    };
    std::multiset<std::string> paths;
    for (const Violation &violation : check(tree))
        paths.insert(violation.path);
    EXPECT_THAT(paths,
                ElementsAre("core/delivery/bad.cpp", "core/delivery/bad.cpp", "transports/xmpp/bad.h",
                            "transports/xmpp/bad.h"));
}

} // namespace
} // namespace planb::architecture
