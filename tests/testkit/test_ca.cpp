// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/test_ca.h"

#include "tests/testkit/child_process.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

Outcome<void> openssl(const QStringList &arguments)
{
    const QString program = findProgram(u"openssl"_s);
    if (program.isEmpty())
        return trouble(u"openssl is not installed; it makes the certificates of the test servers."_s);
    auto output = runTool(program, arguments);
    if (!output)
        return trouble(output.error());
    return {};
}

Outcome<void> writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return trouble(u"%1 could not be written: %2"_s.arg(path, file.errorString()));
    return {};
}

} // namespace

QString TestCa::path(const QString &fileName) const
{
    return m_folder + u'/' + fileName;
}

QString TestCa::file() const
{
    return path(u"ca.pem"_s);
}

Outcome<TestCa> TestCa::make(const QString &folder, const QString &name)
{
    if (!QDir().mkpath(folder))
        return trouble(u"The folder %1 could not be made."_s.arg(folder));
    TestCa ca(QDir(folder).absolutePath());
    const auto made = openssl({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                               u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-days"_s, u"30"_s, u"-subj"_s,
                               u"/CN="_s + name, u"-keyout"_s, ca.path(u"ca.key"_s), u"-out"_s, ca.file(), u"-addext"_s,
                               u"basicConstraints=critical,CA:TRUE"_s, u"-addext"_s,
                               u"keyUsage=critical,keyCertSign,cRLSign"_s});
    if (!made)
        return trouble(made.error());
    return ca;
}

Outcome<TestCertificate> TestCa::issue(const QString &fileName, const QStringList &dnsNames, Validity validity) const
{
    const QString request = path(fileName + u".csr"_s);
    const QString extensions = path(fileName + u".ext"_s);
    const TestCertificate made{path(fileName + u".pem"_s), path(fileName + u".key"_s)};

    const QString content = u"subjectAltName=DNS:%1\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n"_s.arg(
        dnsNames.join(u",DNS:"_s));
    if (auto written = writeFile(extensions, content.toUtf8()); !written)
        return trouble(written.error());
    auto asked = openssl({u"req"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
                          u"-nodes"_s, u"-subj"_s, u"/CN="_s + fileName, u"-keyout"_s, made.keyFile, u"-out"_s,
                          request});
    if (!asked)
        return trouble(asked.error());
    // A negative number of days ends before it begins, which is expired from the first second.
    const QString days = validity == Validity::Valid ? u"30"_s : u"-1"_s;
    auto signedNow = openssl({u"x509"_s, u"-req"_s, u"-in"_s, request, u"-CA"_s, file(), u"-CAkey"_s, path(u"ca.key"_s),
                              u"-CAcreateserial"_s, u"-days"_s, days, u"-extfile"_s, extensions, u"-out"_s,
                              made.certificateFile});
    if (!signedNow)
        return trouble(signedNow.error());
    return made;
}

} // namespace planb::test
