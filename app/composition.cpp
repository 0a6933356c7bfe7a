// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition.h"

#include "transports/factory.h"

namespace planb {

std::unique_ptr<Messenger> makeMessenger(const QString &profileFolder, Reach reach,
                                         std::optional<KeyStorage> keyStorage)
{
    Messenger::Options options;
    options.profileFolder = profileFolder;
    options.factory = std::make_shared<BuiltInTransports>();
    options.keyStorage = keyStorage;
    options.online = reach == Reach::Online;
    return std::make_unique<Messenger>(std::move(options));
}

} // namespace planb
