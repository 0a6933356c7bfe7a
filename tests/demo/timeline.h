// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "tests/demo/ledger.h"

#include <QString>

namespace planb::demo {

/// Prints what happens while it happens, in columns, to standard output.
class Timeline
{
public:
    enum class Tone { Plain, Quiet, Good, Detour, Bad };

    Timeline(); ///< colours only on a terminal and without NO_COLOR
    void setStart(MonoTime start) { m_start = start; }

    void heading(const QString &text) const;
    void header() const; ///< names of the columns
    void message(const Spoken &line, const QString &reader, bool detour) const;
    void event(MonoTime at, const QString &text, Tone tone) const;
    void note(const QString &text, Tone tone = Tone::Plain) const;

private:
    QString stamp(MonoTime at) const;
    QString painted(const QString &text, Tone tone) const;
    static void print(const QString &line);

    MonoTime m_start;
    bool m_colours;
};

} // namespace planb::demo
