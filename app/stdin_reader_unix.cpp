// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stdin_reader.h"

#include <QSocketNotifier>

#include <cerrno>

#include <unistd.h>

namespace planb {

namespace {
constexpr qsizetype kChunk = 64 * 1024;
} // namespace

class StdinReader::Source : public QSocketNotifier
{
public:
    explicit Source(StdinReader *reader) : QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, reader)
    {
        setEnabled(false);
        connect(this, &QSocketNotifier::activated, reader, [this, reader] { read(*reader); });
    }

    void setRunning(bool isRunning) { setEnabled(isRunning && !m_hasEnded); }

private:
    void read(StdinReader &reader)
    {
        QByteArray chunk(kChunk, Qt::Uninitialized);
        const ssize_t count = ::read(STDIN_FILENO, chunk.data(), static_cast<std::size_t>(chunk.size()));
        if (count > 0) {
            chunk.truncate(count);
            Q_EMIT reader.received(chunk);
        } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
            m_hasEnded = true;
            setEnabled(false);
            Q_EMIT reader.ended();
        }
    }

    bool m_hasEnded = false;
};

StdinReader::StdinReader(QObject *parent) : QObject(parent), m_source(new Source(this)) {}

StdinReader::~StdinReader() = default;

void StdinReader::resume()
{
    m_source->setRunning(true);
}

void StdinReader::pause()
{
    m_source->setRunning(false);
}

} // namespace planb
