// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/key_storage.h"

#include <array>

namespace planb {

namespace {
constexpr std::array kNames{u"keyring", u"file", u"passphrase"};
} // namespace

QString nameOf(KeyStorage storage)
{
    return QString::fromUtf16(kNames[static_cast<std::size_t>(storage)]);
}

std::optional<KeyStorage> keyStorageFromName(QStringView name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (name == QStringView(kNames[i]))
            return static_cast<KeyStorage>(i);
    }
    return {};
}

} // namespace planb
