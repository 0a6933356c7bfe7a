// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/file_carrier.h"
#include "transports/net/http_transfer.h"
#include "transports/xmpp/iq_requests.h"
#include "transports/xmpp/upload_stanzas.h"

#include <map>

namespace planb::xmpp {

/// Files by HTTP upload (XEP-0363): finds the service among those of the account's server, asks for a place, and has the
/// bytes carried by an HttpTransfer.
class XmppFileCarrier final : public FileCarrier
{
    Q_OBJECT

public:
    using Ask = std::function<void(Element iq, IqRequests::Then then)>;

    XmppFileCarrier(QString domain, net::HttpOptions options, Ask ask);
    ~XmppFileCarrier() override;

    std::optional<qint64> maxUploadBytes() const override;
    Job upload(std::unique_ptr<QIODevice> content, const QString &name, const QString &type) override;
    Job download(const QString &url, std::unique_ptr<QIODevice> into, qint64 maxBytes) override;
    void cancel(Job job) override;

private:
    struct Upload {
        std::unique_ptr<QIODevice> content; // until it is under way
        SharedFile file;
    };
    using Found = std::function<void(const Result<UploadService> &service)>;

    void findService(const Found &found);
    void askNext(QStringList jids, const Found &found);
    void askForSlot(Job job, const UploadService &service);
    void carry(Job job, const UploadSlot &slot);
    net::HttpTransfer &transferFor(Job job);
    void endUpload(Job job, const Result<SharedFile> &file);
    /// Whether this upload is still wanted.
    bool isOpen(Job job) const { return m_uploads.contains(job); }

    QString m_domain;
    net::HttpOptions m_options;
    Ask m_ask;
    std::optional<UploadService> m_service;
    Job m_last = 0;
    std::map<Job, Upload> m_uploads;
    std::map<Job, std::unique_ptr<net::HttpTransfer>> m_transfers;
};

} // namespace planb::xmpp
