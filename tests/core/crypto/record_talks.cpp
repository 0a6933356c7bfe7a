// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// planb_record_talks FIRST LAST: a recorded talk for each seed, one a line, for decoder.py and those who write another.
#include "tests/core/crypto/recorded_talk.h"
#include "tests/core/crypto/seeded_sodium.h"

#include <QJsonDocument>

#include <cstdio>
#include <cstdlib>

int main(int argc, char *argv[])
{
    if (argc != 3) {
        std::fputs("planb_record_talks FIRST LAST\n", stderr);
        return 2;
    }
    for (std::uint64_t seed = std::strtoull(argv[1], nullptr, 10); seed <= std::strtoull(argv[2], nullptr, 10);
         ++seed) {
        const planb::test::SeededSodium seeded(seed);
        const QJsonObject talk = planb::test::RecordedTalk(seed).record(100);
        std::printf("%s\n", QJsonDocument(talk).toJson(QJsonDocument::Compact).constData());
    }
    return 0;
}
