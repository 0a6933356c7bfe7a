// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/fallback.h"

#include "transports/xmpp/namespaces.h"

#include <algorithm>
#include <optional>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

struct Range {
    qsizetype start = 0;
    qsizetype end = 0;
};

bool isFor(const Element &element, const QList<QStringView> &features)
{
    const bool isFallback = element.is(u"fallback", ns::kFallback) || element.is(u"fallback", ns::kOlderFallback);
    // Without a feature the older version of the extension speaks of all of them: then nothing is known to be replaced.
    return isFallback && features.contains(element.attribute(u"for"));
}

std::optional<qsizetype> positionIn(const Element &part, QStringView name, qsizetype without)
{
    if (!part.hasAttribute(name))
        return without;
    bool ok = false;
    const qlonglong position = part.attribute(name).toLongLong(&ok);
    return ok && position >= 0 ? std::optional(static_cast<qsizetype>(position)) : std::nullopt;
}

std::optional<Range> rangeOf(const Element &part, qsizetype length)
{
    const auto start = positionIn(part, u"start", 0);
    const auto end = positionIn(part, u"end", length);
    if (!start || !end || *start >= *end || *end > length)
        return {};
    return Range{*start, *end};
}

QList<Range> rangesIn(const Element &fallback, qsizetype length)
{
    QList<Range> ranges;
    bool hasParts = false;
    for (const Element &part : fallback.children()) {
        if (part.ns() != fallback.ns())
            continue;
        hasParts = true;
        const auto range = part.name() == u"body" ? rangeOf(part, length) : std::nullopt;
        if (range)
            ranges.append(*range);
    }
    if (!hasParts && length > 0)
        ranges.append({0, length});
    return ranges;
}

QString cutTo(const QString &line, qsizetype codePoints)
{
    const auto points = line.toUcs4();
    if (points.size() <= codePoints)
        return line;
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()), codePoints) + u'…';
}

} // namespace

QString withoutFallback(const Element &stanza, const QString &body, const QList<QStringView> &features)
{
    const auto points = body.toUcs4();
    QList<Range> ranges;
    for (const Element &child : stanza.children()) {
        if (isFor(child, features))
            ranges.append(rangesIn(child, points.size()));
    }
    if (ranges.isEmpty() || ranges.size() > kMaxFallbackRanges)
        return body;
    std::ranges::sort(ranges, {}, &Range::start);
    QString rest;
    qsizetype at = 0;
    for (const Range &range : ranges) {
        for (; at < range.start; ++at)
            rest += QString::fromUcs4(reinterpret_cast<const char32_t *>(&points[at]), 1);
        at = std::max(at, range.end);
    }
    return rest + QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()) + at, points.size() - at);
}

Element fallbackAtBegin(QStringView feature, qsizetype codePoints)
{
    Element part(u"body", ns::kFallback);
    part.set(u"start", u"0"_s).set(u"end", QString::number(codePoints));
    return Element(u"fallback", ns::kFallback).set(u"for", feature.toString()).add(part);
}

Element fallbackForAll(QStringView feature)
{
    return Element(u"fallback", ns::kFallback).set(u"for", feature.toString());
}

QString quoteOf(const QString &text)
{
    QString quote;
    qsizetype left = kMaxQuotePoints;
    qsizetype lines = 0;
    for (const QString &line : text.split(u'\n')) {
        if (lines == kMaxQuoteLines || left <= 0)
            return quote + u"> …\n"_s;
        quote += u"> "_s + cutTo(line, left) + u'\n';
        left -= line.toUcs4().size();
        ++lines;
    }
    return quote;
}

} // namespace planb::xmpp
