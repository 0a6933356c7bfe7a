// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/upload_stanzas.h"

#include "transports/xmpp/iq_requests.h"
#include "transports/xmpp/namespaces.h"

#include <algorithm>
#include <array>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxUrl = 4'096;
constexpr qsizetype kMaxHeader = 8'192;
constexpr qsizetype kMaxName = 200;
constexpr std::array kAllowedHeaders{"Authorization", "Cookie", "Expires"};

std::optional<QUrl> httpsUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isGood = text.size() <= kMaxUrl && url.isValid() && url.scheme() == u"https" && !url.host().isEmpty();
    return isGood ? std::optional(url) : std::nullopt;
}

// No folders, nothing that steers, nothing that hides the file.
QString fileName(const QString &text)
{
    QString name;
    for (const QChar c : text.section(u'/', -1).section(u'\\', -1)) {
        if (c.category() != QChar::Other_Control && c.category() != QChar::Other_Format)
            name += c;
    }
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    return name.simplified().left(kMaxName);
}

QString childText(const Element &parent, QStringView name)
{
    const Element *child = parent.child(name, parent.ns());
    return child ? child->text().trimmed() : QString();
}

// One line feed in a value, and the server could be made to see other headers (XEP-0363, 5).
std::optional<std::pair<QByteArray, QByteArray>> allowedHeader(const Element &header)
{
    const QByteArray name = header.attribute(u"name").toLatin1();
    const QString &value = header.text();
    const bool isPlain = value.size() <= kMaxHeader
        && std::none_of(value.begin(), value.end(), [](QChar c) { return c < u' ' || c.unicode() > 0x7E; });
    for (const char *allowed : kAllowedHeaders) {
        if (isPlain && name.compare(allowed, Qt::CaseInsensitive) == 0)
            return std::pair(QByteArray(allowed), value.toLatin1());
    }
    return {};
}

std::optional<qint64> maxFileSize(const Element &form)
{
    for (const Element &field : form.children()) {
        bool ok = false;
        const Element *value = field.child(u"value", ns::kDataForm);
        const qint64 bytes = value ? value->text().toLongLong(&ok) : 0;
        if (field.attribute(u"var") == u"max-file-size" && ok && bytes > 0)
            return bytes;
    }
    return {};
}

SharedFile describedFile(const Element &sharing)
{
    SharedFile file;
    if (const Element *about = sharing.child(u"file", ns::kFileMetadata)) {
        file.name = fileName(childText(*about, u"name"));
        file.type = childText(*about, u"media-type").left(kMaxName);
        bool ok = false;
        const qint64 size = childText(*about, u"size").toLongLong(&ok);
        file.size = ok && size >= 0 ? size : -1;
    }
    const Element *sources = sharing.child(u"sources", ns::kFileSharing);
    for (const Element &source : sources ? sources->children() : std::vector<Element>()) {
        const auto url = source.is(u"url-data", ns::kUrlData) ? httpsUrl(source.attribute(u"target")) : std::nullopt;
        if (url && file.url.isEmpty())
            file.url = url->toString(QUrl::FullyEncoded);
    }
    return file;
}

} // namespace

Element itemsRequest(const QString &domain)
{
    return iqOf(u"get"_s, domain, Element(u"query", ns::kDiscoItems));
}

Element infoRequest(const QString &jid)
{
    return iqOf(u"get"_s, jid, Element(u"query", ns::kDiscoInfo));
}

QStringList readItems(const Element &answer)
{
    QStringList jids;
    if (const Element *query = answer.child(u"query", ns::kDiscoItems)) {
        for (const Element &item : query->children()) {
            const QString jid = item.attribute(u"jid");
            if (item.is(u"item", ns::kDiscoItems) && !jid.isEmpty() && jids.size() < kMaxServices)
                jids.append(jid);
        }
    }
    return jids;
}

std::optional<UploadService> readUploadService(const Element &answer, const QString &jid)
{
    const Element *query = answer.child(u"query", ns::kDiscoInfo);
    if (!query)
        return {};
    UploadService service{jid, {}};
    bool takesFiles = false;
    for (const Element &child : query->children()) {
        takesFiles |= child.is(u"feature", ns::kDiscoInfo) && child.attribute(u"var") == ns::kHttpUpload;
        if (child.is(u"x", ns::kDataForm) && !service.maxBytes)
            service.maxBytes = maxFileSize(child);
    }
    return takesFiles ? std::optional(service) : std::nullopt;
}

Element slotRequest(const UploadService &service, const SharedFile &file)
{
    Element request(u"request", ns::kHttpUpload);
    request.set(u"filename", file.name).set(u"size", QString::number(file.size));
    if (!file.type.isEmpty())
        request.set(u"content-type", file.type);
    return iqOf(u"get"_s, service.jid, std::move(request));
}

Result<UploadSlot> readSlot(const Element &answer)
{
    const Element *slot = answer.child(u"slot", ns::kHttpUpload);
    const Element *put = slot ? slot->child(u"put", ns::kHttpUpload) : nullptr;
    const Element *get = slot ? slot->child(u"get", ns::kHttpUpload) : nullptr;
    const auto putUrl = put ? httpsUrl(put->attribute(u"url")) : std::nullopt;
    const auto getUrl = get ? httpsUrl(get->attribute(u"url")) : std::nullopt;
    if (!putUrl || !getUrl)
        return fail(FailureCode::ProtocolError, u"the server names no place for the file, or none with encryption"_s);
    UploadSlot result{*putUrl, *getUrl, {}};
    for (const Element &header : put->children()) {
        const auto allowed = header.is(u"header", ns::kHttpUpload) ? allowedHeader(header) : std::nullopt;
        if (allowed && result.headers.size() < kMaxServices)
            result.headers.append(*allowed);
    }
    return result;
}

void addSharedFile(Element &message, const SharedFile &file)
{
    Element about(u"file", ns::kFileMetadata);
    if (!file.name.isEmpty())
        about.add(Element(u"name", ns::kFileMetadata).setText(file.name));
    if (!file.type.isEmpty())
        about.add(Element(u"media-type", ns::kFileMetadata).setText(file.type));
    if (file.size >= 0)
        about.add(Element(u"size", ns::kFileMetadata).setText(QString::number(file.size)));
    Element sources(u"sources", ns::kFileSharing);
    sources.add(Element(u"url-data", ns::kUrlData).set(u"target", file.url));
    message.add(Element(u"file-sharing", ns::kFileSharing)
                    .set(u"disposition", u"attachment"_s)
                    .add(std::move(about))
                    .add(std::move(sources)));
    message.add(Element(u"x", ns::kOutOfBand).add(Element(u"url", ns::kOutOfBand).setText(file.url)));
}

QList<SharedFile> readSharedFiles(const Element &message)
{
    QList<SharedFile> files;
    const auto add = [&](SharedFile file) {
        const bool isKnown = std::any_of(files.begin(), files.end(),
                                         [&](const SharedFile &known) { return known.url == file.url; });
        if (!file.url.isEmpty() && !isKnown && files.size() < kMaxSharedFiles)
            files.append(std::move(file));
    };
    for (const Element &child : message.children()) {
        if (child.is(u"file-sharing", ns::kFileSharing))
            add(describedFile(child));
    }
    for (const Element &child : message.children()) {
        const auto url = child.is(u"x", ns::kOutOfBand) ? httpsUrl(childText(child, u"url")) : std::nullopt;
        if (url)
            add({url->toString(QUrl::FullyEncoded), fileName(url->fileName()), {}, -1});
    }
    return files;
}

} // namespace planb::xmpp
