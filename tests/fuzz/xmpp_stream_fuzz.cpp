// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts any bytes into elements, at once and in pieces: both must give the same, and stay within the limits.
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/xml_stream.h"

#include <QList>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace planb;
using xmpp::Element;
using xmpp::XmlStream;

struct Outcome {
    QList<QByteArray> items;
    bool failed = false;

    bool operator==(const Outcome &) const = default;
};

int depthOf(const Element &element)
{
    int deepest = 0;
    for (const Element &child : element.children())
        deepest = std::max(deepest, depthOf(child));
    return deepest + 1;
}

QByteArray describe(const Element &element)
{
    if (depthOf(element) > xmpp::kMaxDepth)
        std::abort();
    return element.toXml(xmpp::ns::kClient);
}

QByteArray describe(const XmlStream::Item &item)
{
    if (const auto *header = std::get_if<XmlStream::Header>(&item))
        return "header " + header->id.toUtf8() + ' ' + header->version.toUtf8();
    if (const auto *element = std::get_if<Element>(&item))
        return describe(*element);
    if (const auto *cut = std::get_if<XmlStream::Cut>(&item))
        return "cut " + describe(cut->stub);
    return "end";
}

Outcome readAll(QByteArrayView bytes, qsizetype piece)
{
    XmlStream stream;
    Outcome outcome;
    for (qsizetype at = 0; at < bytes.size() && !outcome.failed; at += piece) {
        stream.feed(bytes.sliced(at, std::min(piece, bytes.size() - at)));
        for (;;) {
            const auto item = stream.next();
            outcome.failed = !item;
            if (!item || !item->has_value())
                break;
            outcome.items.append(describe(**item));
        }
    }
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size) - 1);
    if (readAll(bytes, bytes.size() + 1) != readAll(bytes, 1 + data[0] % 16))
        std::abort();
    return 0;
}
