// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QSize>
#include <QString>

#include <optional>

namespace planb::xmpp {

struct PictureHeader {
    QString type; ///< "image/png" or "image/jpeg"
    QSize size; ///< in pixels, as the file claims
};

/// What the first bytes of a PNG or JPEG file say. Nothing for other files, and for sides of 0 or above kMaxPictureSide.
std::optional<PictureHeader> readPictureHeader(QByteArrayView bytes);
inline constexpr int kMaxPictureSide = 4'096;

} // namespace planb::xmpp
