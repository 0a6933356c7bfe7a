// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transports/xmpp/element.h"

#include <QList>
#include <QStringView>

namespace planb::xmpp {

/// What of a message's body is only there for clients that do not know some extension (XEP-0428). Positions count
/// Unicode code points of the body, from 0; `end` is the one behind the last.
///
/// The body without the parts that stand in for one of `features` (namespaces). Ranges that make no sense are passed
/// over; a part without a range is all of the body. Where a message has more than kMaxFallbackRanges, none counts.
QString withoutFallback(const Element &stanza, const QString &body, const QList<QStringView> &features);
inline constexpr qsizetype kMaxFallbackRanges = 16;

/// Says that the first `codePoints` of the body stand in for `feature`.
Element fallbackAtBegin(QStringView feature, qsizetype codePoints);
/// Says that all of the body does.
Element fallbackForAll(QStringView feature);

/// The begin of a body that shows which message it answers: each line of `text` after "> ". Not more than
/// kMaxQuoteLines lines and kMaxQuotePoints code points of it, with an ellipsis. Ends with a line end.
QString quoteOf(const QString &text);
inline constexpr qsizetype kMaxQuoteLines = 4;
inline constexpr qsizetype kMaxQuotePoints = 200;

} // namespace planb::xmpp
