// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/planbctl.h"
#include "tests/testkit/ejabberd.h"
#include "tests/testkit/test_ca.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

/// A real server that asks newcomers what a picture says, in a form with hidden fields.
class AccountFormCall : public testing::Test
{
protected:
    void SetUp() override
    {
        if (const QString missing = Ejabberd::whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << missing.toStdString();
        auto ca = TestCa::make(m_folder.filePath(u"ca"_s));
        ASSERT_TRUE(ca) << ca.error().toStdString();
        m_caFile = ca->file();
        const auto certificate = ca->issue(u"second"_s, {u"second.test"_s});
        ASSERT_TRUE(certificate) << certificate.error().toStdString();
        m_server = std::make_unique<Ejabberd>(m_folder.filePath(u"ejabberd"_s), u"second.test"_s, *certificate);
        m_server->openRegistration();
        m_server->askNewcomersToReadAPicture();
        const auto started = m_server->start();
        ASSERT_TRUE(started) << started.error().toStdString();
        ASSERT_TRUE(m_ctl.init());
        m_ctl.setEnvironment(u"PLANB_PASSWORD"_s, u"pencil"_s);
    }

    /// `answers` as a user copies them behind the command.
    Ending create(const QString &answers)
    {
        return m_ctl.shell(u"$CTL account create --label Home --jid alice@second.test --host 127.0.0.1 --port %1 "
                           "--security starttls --ca '%2' --pictures '%3' %4"_s.arg(
                               QString::number(m_server->starttlsPort()), m_caFile, m_folder.path(), answers));
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QString path(const QString &name) const { return m_folder.filePath(name); }
    Ejabberd &server() { return *m_server; }
    Planbctl &ctl() { return m_ctl; }

    static QString readyAnswersIn(const Ending &ending)
    {
        const QRegularExpression line(u"^  (--answer .*)$"_s, QRegularExpression::MultilineOption);
        return line.match(QString::fromUtf8(ending.out)).captured(1);
    }

private:
    QTemporaryDir m_folder;
    QString m_caFile;
    std::unique_ptr<Ejabberd> m_server;
    Planbctl m_ctl;
};

} // namespace

TEST_F(AccountFormCall, IsAnsweredWithWhatTheFirstCallPrinted)
{
    const Ending first = create({});
    EXPECT_EQ(first.exitCode, 1) << first.err.constData();
    const QString ready = readyAnswersIn(first);
    EXPECT_TRUE(ready.contains(u"FORM_TYPE="_s) && ready.contains(u"challenge="_s)) << first.out.constData();
    const QByteArray answer = contentOf(server().captchaAnswerFile());
    ASSERT_FALSE(answer.isEmpty());
    EXPECT_EQ(contentOf(path(u"picture-1.gif"_s)), "GIF89a" + answer) << first.out.constData();

    const Ending wrong = create(ready + u" --answer ocr=nonsense"_s);
    EXPECT_EQ(wrong.exitCode, 1) << wrong.out.constData();

    const Ending again = create({});
    const QByteArray nextAnswer = contentOf(server().captchaAnswerFile());
    const Ending right = create(readyAnswersIn(again) + u" --answer ocr="_s + QString::fromUtf8(nextAnswer));
    EXPECT_EQ(right.exitCode, 0) << right.err.constData() << right.out.constData();
    const Ending test = ctl().call({u"transport"_s, u"test"_s, u"Home"_s});
    EXPECT_EQ(test.exitCode, 0) << test.err.constData();
}

} // namespace planb::test
