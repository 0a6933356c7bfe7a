// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/recorded_talk.h"
#include "tests/core/crypto/seeded_sodium.h"

#include <QFile>
#include <QJsonDocument>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

// tests/core/crypto/talk.json was recorded when version 1 was specified. A change here is another protocol. What a
// program of another language makes of it is checked by decoder.py.
TEST(FrozenTalk, IsMadeByteByByteAsItWasRecorded)
{
    const test::SeededSodium seeded(20'261'123);
    const QJsonObject talk = test::RecordedTalk(7).record(60);
    QFile file(QStringLiteral(PLANB_SOURCE_DIR "/tests/core/crypto/talk.json"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QJsonObject recorded = QJsonDocument::fromJson(file.readAll()).object();
    const std::string path = ::testing::TempDir() + "made-talk.json";
    // Both would be printed whole where they differ.
    EXPECT_TRUE(talk == recorded) << "what is made now is in " << path;
    if (talk != recorded) {
        QFile made(QString::fromStdString(path));
        ASSERT_TRUE(made.open(QIODevice::WriteOnly));
        made.write(QJsonDocument(talk).toJson(QJsonDocument::Indented));
    }
}

TEST(FrozenTalk, ComesFromTheSystemsRandomNumbersOtherwise)
{
    QJsonObject first;
    {
        const test::SeededSodium seeded(1);
        first = test::RecordedTalk(1).record(2);
        const test::SeededSodium again(1);
        EXPECT_EQ(test::RecordedTalk(1).record(2), first);
    }
    EXPECT_NE(test::RecordedTalk(1).record(2), first);
}

} // namespace
} // namespace planb
