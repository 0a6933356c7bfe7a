// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/file_carrier.h"
#include "tests/testkit/transport/transport_witness.h"
#include "tests/testkit/wait_until.h"
#include "tests/transports/xmpp/xmpp_world.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

/// Alice at a Prosody that takes files up to 1,000,000 bytes, or takes none.
class FilesOnProsody : public testing::Test
{
protected:
    void begin(bool takesFiles)
    {
        if (const QString missing = Prosody::whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << missing.toStdString();
        ca = std::make_unique<Outcome<TestCa>>(TestCa::make(folder.filePath(u"ca"_s)));
        const auto certificate = (*ca)->issue(u"server"_s,
                                              {u"example.test"_s, u"upload.example.test"_s, u"localhost"_s});
        Prosody::Options setup;
        setup.takesFiles = takesFiles;
        server = std::make_unique<Prosody>(folder.filePath(u"prosody"_s), u"example.test"_s, *certificate, setup);
        const auto started = server->start();
        ASSERT_TRUE(started) << started.error().toStdString();
        ASSERT_TRUE(server->addUser(u"alice"_s, u"pw-alice"_s));
        transport = std::make_unique<xmpp::XmppTransport>(
            TransportId(1), settingsFor(u"alice"_s, server->starttlsPort(), (*ca)->file()), u"planb-test"_s,
            xmpp::XmppTransport::Services{clock, random, srv}, quickTiming());
        transport->start();
        ASSERT_TRUE(waitUntil([&] { return transport->state().phase == LinkPhase::Ready; }));
        QObject::connect(transport->files(), &FileCarrier::uploaded,
                         [this](FileCarrier::Job job, const Result<SharedFile> &file) {
                             uploads.append({job, file});
                         });
        QObject::connect(transport->files(), &FileCarrier::downloaded,
                         [this](FileCarrier::Job, const Result<qint64> &bytes) { downloads.append(bytes); });
        QObject::connect(transport->files(), &FileCarrier::progressed,
                         [this](FileCarrier::Job, qint64 done, qint64) { progress.append(done); });
    }
    Result<SharedFile> upload(const QByteArray &bytes)
    {
        auto content = std::make_unique<QBuffer>();
        content->setData(bytes);
        content->open(QIODevice::ReadOnly);
        const FileCarrier::Job job = transport->files()->upload(std::move(content), u"holiday photo.png"_s,
                                                                u"image/png"_s);
        EXPECT_TRUE(waitUntil([&] { return !uploads.isEmpty(); }));
        EXPECT_EQ(uploads.at(0).first, job);
        return uploads.takeFirst().second;
    }
    Result<qint64> download(const QString &url, qint64 maxBytes)
    {
        auto into = std::make_unique<QFile>(fetchedPath());
        EXPECT_TRUE(into->open(QIODevice::WriteOnly | QIODevice::Truncate));
        transport->files()->download(url, std::move(into), maxBytes);
        EXPECT_TRUE(waitUntil([&] { return !downloads.isEmpty(); }));
        return downloads.takeFirst();
    }
    QString fetchedPath() const { return folder.filePath(u"fetched"_s); }
    static QString codeOf(const auto &result) { return result ? u"none"_s : describe(result.error()); }

    QTemporaryDir folder;
    SystemClock clock;
    SystemRandom random;
    NoSrv srv;
    std::unique_ptr<Outcome<TestCa>> ca;
    std::unique_ptr<Prosody> server;
    std::unique_ptr<xmpp::XmppTransport> transport;
    QList<std::pair<FileCarrier::Job, Result<SharedFile>>> uploads;
    QList<Result<qint64>> downloads;
    QList<qint64> progress;
};

} // namespace

TEST_F(FilesOnProsody, GoThereAndBack)
{
    begin(true);
    if (IsSkipped() || HasFatalFailure())
        return;
    const QByteArray bytes = random.bytes(900'000);
    EXPECT_FALSE(transport->files()->maxUploadBytes());
    const auto file = upload(bytes);
    ASSERT_TRUE(file) << codeOf(file).toStdString();
    EXPECT_TRUE(file->url.startsWith(u"https://localhost:"_s));
    EXPECT_EQ(file->size, bytes.size());
    EXPECT_EQ(progress.last(), bytes.size());
    EXPECT_TRUE(std::is_sorted(progress.begin(), progress.end()));
    EXPECT_EQ(transport->files()->maxUploadBytes(), 1'000'000);
    progress.clear();
    const auto fetched = download(file->url, 1'000'000);
    ASSERT_TRUE(fetched) << codeOf(fetched).toStdString();
    EXPECT_EQ(progress.last(), bytes.size());
    QFile copy(fetchedPath());
    ASSERT_TRUE(copy.open(QIODevice::ReadOnly));
    EXPECT_EQ(copy.readAll(), bytes);
    EXPECT_TRUE(codeOf(download(file->url, 10'000)).startsWith(u"FileTooLarge"_s));
    EXPECT_TRUE(codeOf(download(file->url.section(u'/', 0, -3) + u"/nothing/x.png"_s, 10'000))
                    .startsWith(u"FileUnavailable"_s));
}

TEST_F(FilesOnProsody, StayHereWhenTheServerTakesNoneOfThatSize)
{
    begin(true);
    if (IsSkipped() || HasFatalFailure())
        return;
    EXPECT_TRUE(codeOf(upload(QByteArray(1'000'001, 'x'))).startsWith(u"FileTooLarge"_s));
}

TEST_F(FilesOnProsody, StayHereWhenTheServerTakesNone)
{
    begin(false);
    if (IsSkipped() || HasFatalFailure())
        return;
    EXPECT_TRUE(codeOf(upload("x")).startsWith(u"NotOffered"_s));
}

TEST_F(FilesOnProsody, StayHereWithoutAConnectionOrWhenCancelled)
{
    begin(true);
    if (IsSkipped() || HasFatalFailure())
        return;
    auto content = std::make_unique<QBuffer>();
    content->setData("x");
    content->open(QIODevice::ReadOnly);
    const auto job = transport->files()->upload(std::move(content), u"x"_s, {});
    transport->files()->cancel(job);
    ASSERT_TRUE(waitUntil([&] { return !uploads.isEmpty(); }));
    EXPECT_EQ(codeOf(uploads.takeFirst().second), u"Cancelled"_s);
    transport->stop();
    EXPECT_TRUE(codeOf(upload("x")).startsWith(u"NetworkUnreachable"_s));
}

} // namespace planb::test
