// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>

namespace planb {

/// Standard input as signals, without blocking the event loop. On Unix a QSocketNotifier watches the
/// descriptor; Windows cannot wait for files and consoles that way, so there a thread reads.
/// At most one may exist.
class StdinReader : public QObject
{
    Q_OBJECT

public:
    explicit StdinReader(QObject *parent = nullptr);
    ~StdinReader() override;

    /// Nothing is read before the first resume().
    void resume();
    /// What is on its way may still come.
    void pause();

Q_SIGNALS:
    void received(const QByteArray &bytes);
    /// End of input, or it cannot be read. Once; nothing follows.
    void ended();

private:
    class Source;
    Source *m_source;
};

} // namespace planb
