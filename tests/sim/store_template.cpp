// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/store_template.h"

#include "core/store/store.h"

#include <QFile>

#include <stdexcept>

namespace planb::sim {

using namespace Qt::StringLiterals;

std::vector<unsigned char> freshStoreBytes(const QString &folder)
{
    const QString path = folder + u"/template.db"_s;
    // Closed at once: then it is one file.
    if (const auto made = store::Store::create(path, kStoreKey); !made)
        throw std::runtime_error(describe(made.error()).toStdString());
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("the template cannot be read");
    const QByteArray bytes = file.readAll();
    return {bytes.begin(), bytes.end()};
}

Disk::Files storeFiles(const std::vector<unsigned char> &bytes, const std::string &path)
{
    Disk::File file;
    file.seen = file.durable = bytes;
    file.exists = file.isNameDurable = true;
    return {{path, file}};
}

} // namespace planb::sim
