// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace planb::rpc {

/// Bytes in, lines out. Lines end with "\n" or "\r\n"; the end is not part of the line. Pure.
///
/// A line over kMaxLineBytes comes out once, empty and marked, as soon as it is known to be too long; the
/// rest of it is skipped without being kept, so that no writer can fill the memory with one line.
class LineSplitter
{
public:
    static constexpr qsizetype kMaxLineBytes = 1024 * 1024;

    struct Line {
        QByteArray bytes;
        bool isTooLong = false;

        bool operator==(const Line &) const = default;
    };

    /// The lines that `bytes` completes, in order.
    QList<Line> feed(QByteArrayView bytes);
    /// The end of input: what stands behind the last line end, if anything does.
    std::optional<Line> finish();

private:
    void append(QByteArrayView part, QList<Line> &lines);
    Line take();

    QByteArray m_partial;
    bool m_isSkipping = false;
};

} // namespace planb::rpc
