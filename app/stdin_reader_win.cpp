// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stdin_reader.h"

#include <QMetaObject>

#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>

#include <io.h>

namespace planb {

namespace {

constexpr unsigned kChunk = 64 * 1024;

/// Shared by the reader and its thread. The thread may hang in a read for ever, so nobody waits for it: it
/// finds the reader gone when it comes back, or ends with the process.
struct Shared {
    std::mutex mutex;
    std::condition_variable resumed;
    StdinReader *reader = nullptr;
    bool isRunning = false;
};

/// False when the reader is gone.
bool deliver(Shared &shared, const QByteArray &bytes)
{
    const std::lock_guard lock(shared.mutex);
    if (!shared.reader)
        return false;
    StdinReader *reader = shared.reader;
    QMetaObject::invokeMethod(
        reader,
        [reader, bytes] {
            if (bytes.isEmpty())
                Q_EMIT reader->ended();
            else
                Q_EMIT reader->received(bytes);
        },
        Qt::QueuedConnection);
    return true;
}

void readAll(const std::shared_ptr<Shared> &shared)
{
    for (;;) {
        {
            std::unique_lock lock(shared->mutex);
            shared->resumed.wait(lock, [&] { return shared->isRunning || !shared->reader; });
        }
        QByteArray chunk(kChunk, Qt::Uninitialized);
        const int count = _read(_fileno(stdin), chunk.data(), kChunk);
        chunk.truncate(count > 0 ? count : 0);
        if (!deliver(*shared, chunk) || chunk.isEmpty())
            return;
    }
}

} // namespace

class StdinReader::Source : public QObject
{
public:
    explicit Source(StdinReader *reader) : QObject(reader), m_shared(std::make_shared<Shared>())
    {
        m_shared->reader = reader;
        std::thread(readAll, m_shared).detach();
    }
    ~Source() override
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->reader = nullptr;
        m_shared->resumed.notify_all();
    }

    void setRunning(bool isRunning)
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->isRunning = isRunning;
        m_shared->resumed.notify_all();
    }

private:
    std::shared_ptr<Shared> m_shared;
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
