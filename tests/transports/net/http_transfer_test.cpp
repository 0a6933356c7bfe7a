// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/wait_until.h"
#include "tests/transports/net/tls_server.h"
#include "transports/net/http_transfer.h"

#include <QBuffer>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

/// A buffer that outlives the transfer it was given to.
class Kept final : public QIODevice
{
public:
    explicit Kept(QByteArray &bytes) : m_bytes(bytes) { open(QIODevice::WriteOnly); }
    bool isFull = false;

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        if (isFull)
            return -1;
        m_bytes.append(data, size);
        return size;
    }

private:
    QByteArray &m_bytes;
};

class HttpTransferTest : public testing::Test
{
protected:
    HttpTransferTest()
    {
        ca = std::make_unique<Outcome<TestCa>>(TestCa::make(folder.filePath(u"ca"_s)));
        server = std::make_unique<TlsServer>((*ca)->issue(u"server"_s, {u"localhost"_s}).value());
        server->directTls = true;
        options.caFile = (*ca)->file();
    }

    /// Every complete request is answered with this.
    void answer(const QByteArray &response)
    {
        server->onBytes = [this, response](QSslSocket &socket, const QByteArray &) {
            const qsizetype end = server->received.indexOf("\r\n\r\n");
            const bool isWhole = end > 0 && server->received.size() >= end + 4 + bodyLength();
            if (isWhole)
                socket.write(response);
        };
    }
    qsizetype bodyLength() const
    {
        const qsizetype at = server->received.toLower().indexOf("content-length: ");
        return at < 0 ? 0 : server->received.sliced(at + 16).split('\r').first().toLongLong();
    }
    static QByteArray ok(const QByteArray &body)
    {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    QUrl url(const QString &path = u"/file"_s) const
    {
        return QUrl(u"https://localhost:%1%2"_s.arg(server->serverPort()).arg(path));
    }
    Result<qint64> get(const QUrl &from, qint64 maxBytes = 1'000)
    {
        auto into = std::make_unique<Kept>(fetched);
        into->isFull = diskIsFull;
        transfer = std::make_unique<net::HttpTransfer>(options);
        listen();
        transfer->get(from, std::move(into), maxBytes);
        return outcome();
    }
    Result<qint64> put(const QByteArray &body, const net::HttpHeaders &headers = {})
    {
        auto content = std::make_unique<QBuffer>();
        content->setData(body);
        content->open(QIODevice::ReadOnly);
        transfer = std::make_unique<net::HttpTransfer>(options);
        listen();
        transfer->put(url(), headers, u"image/png"_s, std::move(content));
        return outcome();
    }
    void listen()
    {
        QObject::connect(transfer.get(), &net::HttpTransfer::finished,
                         [this](const Result<qint64> &result) { results.append(result); });
        QObject::connect(transfer.get(), &net::HttpTransfer::progressed, [this](qint64 done, qint64 total) {
            progress = {done, total};
        });
    }
    Result<qint64> outcome()
    {
        EXPECT_TRUE(results.isEmpty()); // never within the call
        EXPECT_TRUE(waitUntil([&] { return !results.isEmpty(); }));
        return results.isEmpty() ? Result<qint64>(fail(FailureCode::Cancelled)) : results.takeFirst();
    }
    static QString codeOf(const Result<qint64> &result) { return result ? u"none"_s : nameOf(result.error().code); }

    QTemporaryDir folder;
    std::unique_ptr<Outcome<TestCa>> ca;
    std::unique_ptr<TlsServer> server;
    net::HttpOptions options;
    std::unique_ptr<net::HttpTransfer> transfer;
    QByteArray fetched;
    bool diskIsFull = false;
    std::pair<qint64, qint64> progress{0, 0};
    QList<Result<qint64>> results;
};

} // namespace

TEST_F(HttpTransferTest, FetchesAFile)
{
    answer(ok("contents"));
    const auto bytes = get(url());
    ASSERT_TRUE(bytes) << bytes.error().detail.toStdString();
    EXPECT_EQ(*bytes, 8);
    EXPECT_EQ(fetched, "contents");
    EXPECT_EQ(progress, std::pair(qint64(8), qint64(8)));
    EXPECT_TRUE(server->received.contains("Accept-Encoding: identity"));
}

TEST_F(HttpTransferTest, PutsAFileWithItsHeaders)
{
    answer("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
    const auto bytes = put("contents", {{"Authorization", "Basic x"}});
    ASSERT_TRUE(bytes) << bytes.error().detail.toStdString();
    EXPECT_TRUE(server->received.startsWith("PUT /file HTTP/1.1"));
    EXPECT_TRUE(server->received.contains("Authorization: Basic x"));
    EXPECT_TRUE(server->received.contains("Content-Type: image/png"));
    EXPECT_TRUE(server->received.endsWith("contents"));
    EXPECT_EQ(progress, std::pair(qint64(8), qint64(8)));
}

TEST_F(HttpTransferTest, TellsWhatTheServerThinksOfIt)
{
    const QList<std::pair<QByteArray, FailureCode>> answers{{"404 Not Found", FailureCode::FileUnavailable},
                                                            {"403 Forbidden", FailureCode::FileUnavailable},
                                                            {"413 Too Large", FailureCode::FileTooLarge},
                                                            {"507 Full", FailureCode::ServerBusy}};
    for (const auto &[status, code] : answers) {
        server->received.clear();
        answer("HTTP/1.1 " + status + "\r\nContent-Length: 3\r\n\r\nno!");
        EXPECT_EQ(codeOf(put("x")), nameOf(code)) << status.toStdString();
        server->received.clear();
        EXPECT_EQ(codeOf(get(url())), nameOf(code)) << status.toStdString();
        EXPECT_EQ(fetched, QByteArray());
    }
}

TEST_F(HttpTransferTest, StopsAtTheLimitWhateverTheServerSays)
{
    answer(ok(QByteArray(2'000, 'x')));
    EXPECT_EQ(codeOf(get(url())), u"FileTooLarge"_s);
    server->received.clear();
    answer("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + QByteArray(2'000, 'x'));
    EXPECT_EQ(codeOf(get(url())), u"FileTooLarge"_s);
    EXPECT_LE(fetched.size(), 1'000);
}

TEST_F(HttpTransferTest, GoesNowhereWithoutEncryption)
{
    for (const QString &address :
         {u"http://localhost/file"_s, u"file:///etc/passwd"_s, u"ftp://localhost/x"_s, QString()})
        EXPECT_EQ(codeOf(get(QUrl(address))), u"FileUnavailable"_s) << address.toStdString();
    answer("HTTP/1.1 302 Found\r\nLocation: http://localhost:1/file\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(codeOf(get(url())), u"FileUnavailable"_s);
    EXPECT_EQ(fetched, QByteArray());
}

TEST_F(HttpTransferTest, FollowsARedirectionThatStaysEncryptedButNotForAnUpload)
{
    server->onBytes = [this](QSslSocket &socket, const QByteArray &bytes) {
        if (bytes.startsWith("GET /file"))
            socket.write("HTTP/1.1 302 Found\r\nLocation: " + url(u"/other"_s).toEncoded()
                         + "\r\nContent-Length: 0\r\n\r\n");
        else
            socket.write(ok("moved"));
    };
    EXPECT_EQ(codeOf(get(url())), u"none"_s);
    EXPECT_EQ(fetched, "moved");
    server->received.clear();
    answer("HTTP/1.1 307 Moved\r\nLocation: " + url(u"/other"_s).toEncoded() + "\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(codeOf(put("x")), u"FileUnavailable"_s);
    EXPECT_FALSE(server->received.contains("/other"));
}

TEST_F(HttpTransferTest, TrustsNoForeignCertificate)
{
    options.caFile.clear();
    EXPECT_EQ(codeOf(get(url())), u"CertificateUntrusted"_s);
    EXPECT_EQ(server->received, QByteArray());
}

TEST_F(HttpTransferTest, GivesUpASilentServer)
{
    options.silence = Millis(100);
    EXPECT_EQ(codeOf(get(url())), u"ConnectTimeout"_s);
    options.silence = Millis(10'000);
    options.total = Millis(100);
    EXPECT_EQ(codeOf(put("x")), u"ConnectTimeout"_s);
}

TEST_F(HttpTransferTest, SaysThatTheDiskIsFull)
{
    diskIsFull = true;
    answer(ok("contents"));
    EXPECT_EQ(codeOf(get(url())), u"DiskFull"_s);
}

TEST_F(HttpTransferTest, CanBeCancelledOnce)
{
    transfer = std::make_unique<net::HttpTransfer>(options);
    listen();
    transfer->get(url(), std::make_unique<Kept>(fetched), 1'000);
    transfer->cancel();
    transfer->cancel();
    EXPECT_EQ(codeOf(outcome()), u"Cancelled"_s);
    EXPECT_FALSE(waitUntil([&] { return !results.isEmpty(); }, Millis(50)));
}

} // namespace planb::test
