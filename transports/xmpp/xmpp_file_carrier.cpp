// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_file_carrier.h"

#include <QPointer>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

Failure refusal(const IqFailure &failure)
{
    // XEP-0363, 4: the condition for a file above the limit.
    if (failure.condition == u"not-acceptable")
        return {FailureCode::FileTooLarge, failure.failure.detail, {}};
    return failure.failure;
}

} // namespace

XmppFileCarrier::XmppFileCarrier(QString domain, net::HttpOptions options, Ask ask)
    : m_domain(std::move(domain)), m_options(std::move(options)), m_ask(std::move(ask))
{}

XmppFileCarrier::~XmppFileCarrier() = default;

std::optional<qint64> XmppFileCarrier::maxUploadBytes() const
{
    return m_service ? m_service->maxBytes : std::nullopt;
}

FileCarrier::Job XmppFileCarrier::upload(std::unique_ptr<QIODevice> content, const QString &name, const QString &type)
{
    const Job job = ++m_last;
    SharedFile file{{}, name, type, content->size()};
    m_uploads.emplace(job, Upload{std::move(content), std::move(file)});
    // Later than this call, also where the answer is at hand.
    QMetaObject::invokeMethod(
        this,
        [this, job] {
            findService([this, job](const Result<UploadService> &service) {
                if (!isOpen(job))
                    return;
                if (service)
                    askForSlot(job, *service);
                else
                    endUpload(job, fail(service.error()));
            });
        },
        Qt::QueuedConnection);
    return job;
}

void XmppFileCarrier::findService(const Found &found)
{
    if (m_service)
        return found(*m_service);
    m_ask(itemsRequest(m_domain), [self = QPointer(this), found](const IqAnswer &answer, MonoTime) {
        if (!self)
            return;
        if (!answer)
            return found(fail(answer.error().failure));
        self->askNext(QStringList(self->m_domain) + readItems(*answer), found);
    });
}

void XmppFileCarrier::askNext(QStringList jids, const Found &found)
{
    if (jids.isEmpty())
        return found(fail(FailureCode::NotOffered, u"the server takes no files"_s));
    const QString jid = jids.takeFirst();
    m_ask(infoRequest(jid), [self = QPointer(this), jid, jids, found](const IqAnswer &answer, MonoTime) {
        if (!self)
            return;
        // One that does not answer is no reason not to ask the others; a lost stream is.
        if (!answer && answer.error().failure.code == FailureCode::ConnectionLost)
            return found(fail(answer.error().failure));
        self->m_service = answer ? readUploadService(*answer, jid) : std::nullopt;
        if (self->m_service)
            found(*self->m_service);
        else
            self->askNext(jids, found);
    });
}

void XmppFileCarrier::askForSlot(Job job, const UploadService &service)
{
    const SharedFile &file = m_uploads.at(job).file;
    if (service.maxBytes && file.size > *service.maxBytes)
        return endUpload(job, fail(FailureCode::FileTooLarge, u"the server takes %1 bytes"_s.arg(*service.maxBytes)));
    m_ask(slotRequest(service, file), [self = QPointer(this), job](const IqAnswer &answer, MonoTime) {
        if (!self || !self->isOpen(job))
            return;
        if (!answer)
            return self->endUpload(job, fail(refusal(answer.error())));
        const Result<UploadSlot> slot = readSlot(*answer);
        if (slot)
            self->carry(job, *slot);
        else
            self->endUpload(job, fail(slot.error()));
    });
}

void XmppFileCarrier::carry(Job job, const UploadSlot &slot)
{
    Upload &upload = m_uploads.at(job);
    upload.file.url = slot.get.toString(QUrl::FullyEncoded);
    net::HttpTransfer &transfer = transferFor(job);
    connect(&transfer, &net::HttpTransfer::finished, this, [this, job](const Result<qint64> &bytes) {
        endUpload(job, bytes ? Result<SharedFile>(m_uploads.at(job).file) : Result<SharedFile>(fail(bytes.error())));
    });
    transfer.put(slot.put, slot.headers, upload.file.type, std::move(upload.content));
}

net::HttpTransfer &XmppFileCarrier::transferFor(Job job)
{
    auto transfer = std::make_unique<net::HttpTransfer>(m_options);
    connect(transfer.get(), &net::HttpTransfer::progressed, this,
            [this, job](qint64 done, qint64 total) { Q_EMIT progressed(job, done, total); });
    return *(m_transfers[job] = std::move(transfer));
}

void XmppFileCarrier::endUpload(Job job, const Result<SharedFile> &file)
{
    m_uploads.erase(job);
    // It may be the one who is speaking.
    if (const auto transfer = m_transfers.extract(job))
        transfer.mapped().release()->deleteLater();
    Q_EMIT uploaded(job, file);
}

FileCarrier::Job XmppFileCarrier::download(const QString &url, std::unique_ptr<QIODevice> into, qint64 maxBytes)
{
    const Job job = ++m_last;
    net::HttpTransfer &transfer = transferFor(job);
    connect(&transfer, &net::HttpTransfer::finished, this, [this, job](const Result<qint64> &bytes) {
        m_transfers.extract(job).mapped().release()->deleteLater();
        Q_EMIT downloaded(job, bytes);
    });
    transfer.get(QUrl(url, QUrl::StrictMode), std::move(into), maxBytes);
    return job;
}

void XmppFileCarrier::cancel(Job job)
{
    if (const auto transfer = m_transfers.find(job); transfer != m_transfers.end())
        transfer->second->cancel();
    else if (isOpen(job))
        QMetaObject::invokeMethod(
            this,
            [this, job] {
                if (isOpen(job))
                    endUpload(job, fail(FailureCode::Cancelled));
            },
            Qt::QueuedConnection);
}

} // namespace planb::xmpp
