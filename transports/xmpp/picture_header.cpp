// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/picture_header.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

constexpr QByteArrayView kPngStart("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);

int number(QByteArrayView bytes, qsizetype at, int count)
{
    quint32 value = 0;
    for (int i = 0; i < count; ++i)
        value = value << 8 | static_cast<quint8>(bytes[at + i]);
    return value > static_cast<quint32>(kMaxPictureSide) ? kMaxPictureSide + 1 : static_cast<int>(value);
}

std::optional<QSize> pngSize(QByteArrayView bytes)
{
    if (bytes.size() < 24 || !bytes.startsWith(kPngStart))
        return {};
    return QSize(number(bytes, 16, 4), number(bytes, 20, 4));
}

// A frame header (SOF0 to SOF15) is one of C0 to CF, without the three that are something else (ITU-T T.81, B.1.1.3).
bool isFrame(quint8 marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

std::optional<QSize> jpegSize(QByteArrayView bytes)
{
    if (bytes.size() < 4 || !bytes.startsWith("\xFF\xD8"))
        return {};
    qsizetype at = 2;
    while (at + 9 <= bytes.size() && bytes[at] == '\xFF') {
        const quint8 marker = static_cast<quint8>(bytes[at + 1]);
        if (isFrame(marker))
            return QSize(number(bytes, at + 7, 2), number(bytes, at + 5, 2));
        const int length = static_cast<quint8>(bytes[at + 2]) << 8 | static_cast<quint8>(bytes[at + 3]);
        if (length < 2)
            return {};
        at += 2 + length;
    }
    return {};
}

} // namespace

std::optional<PictureHeader> readPictureHeader(QByteArrayView bytes)
{
    const auto png = pngSize(bytes);
    const auto size = png ? png : jpegSize(bytes);
    if (!size || size->isEmpty() || size->width() > kMaxPictureSide || size->height() > kMaxPictureSide)
        return {};
    return PictureHeader{png ? u"image/png"_s : u"image/jpeg"_s, *size};
}

} // namespace planb::xmpp
