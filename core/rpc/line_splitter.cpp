// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/line_splitter.h"

#include <utility>

namespace planb::rpc {

QList<LineSplitter::Line> LineSplitter::feed(QByteArrayView bytes)
{
    QList<Line> lines;
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        append(end < 0 ? bytes : bytes.first(end), lines);
        if (end < 0)
            break;
        if (!std::exchange(m_isSkipping, false))
            lines.append(take());
        bytes = bytes.sliced(end + 1);
    }
    return lines;
}

std::optional<LineSplitter::Line> LineSplitter::finish()
{
    if (std::exchange(m_isSkipping, false) || m_partial.isEmpty())
        return {};
    return take();
}

void LineSplitter::append(QByteArrayView part, QList<Line> &lines)
{
    if (m_isSkipping)
        return;
    // One byte more than the limit may be the "\r" of the line end.
    const qsizetype length = m_partial.size() + part.size();
    const bool endsWithReturn = part.isEmpty() ? m_partial.endsWith('\r') : part.back() == '\r';
    if (length - (endsWithReturn ? 1 : 0) > kMaxLineBytes) {
        m_partial = {};
        m_isSkipping = true;
        lines.append(Line{{}, true});
        return;
    }
    m_partial.append(part);
}

LineSplitter::Line LineSplitter::take()
{
    QByteArray line = std::exchange(m_partial, {});
    if (line.endsWith('\r'))
        line.chop(1);
    return {line, false};
}

} // namespace planb::rpc
