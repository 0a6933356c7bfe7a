// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run.h"

#include "app/output.h"
#include "app/secret_input.h"
#include "app/text.h"
#include "core/rpc/failure_sentence.h"
#include "core/rpc/rpc_error.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

/// What a user of the command line can do about it; empty, or a sentence with a space before it.
QString wayOutOf(FailureCode code)
{
    if (code == FailureCode::ProfileInUse)
        return u" Another planbctl may be running, \"watch\" for example: end it first, or do everything in one "
               u"process "
               "with \"planbctl rpc\"."_s;
    return {};
}

} // namespace

Run::Run(QString profileFolder, bool asJson)
    : m_folder(std::move(profileFolder)), m_asJson(asJson), m_passphrase(takeSecretFromEnvironment("PLANB_PASSPHRASE"))
{}

Run::~Run() = default;

Messenger &Run::prepare(Reach reach, std::optional<KeyStorage> keyStorage)
{
    m_messenger = makeMessenger(m_folder, reach, keyStorage);
    return *m_messenger;
}

void Run::openProfile(const std::function<void(const Result<void> &)> &then)
{
    answer(m_messenger->openProfile(), [this, then](const Result<ProfileInfo> &opened) {
        if (opened)
            return then({});
        if (opened.error().code != FailureCode::ProfileLocked)
            return then(planb::fail(opened.error()));
        if (m_passphrase)
            return answer(m_messenger->unlock(*m_passphrase), then);
        then(planb::fail(FailureCode::ProfileLocked, u"set PLANB_PASSPHRASE to it"_s));
    });
}

void Run::open(Reach reach, const std::function<void()> &then)
{
    prepare(reach);
    openProfile([this, then](const Result<void> &opened) {
        if (!opened)
            return fail(opened.error());
        then();
    });
}

void Run::finish(const QJsonValue &json, const QString &text)
{
    print(m_asJson ? jsonLine(json) : text.toUtf8());
    end(Done);
}

void Run::fail(const Failure &failure)
{
    const rpc::Error error = rpc::errorOf(failure);
    fail(error.message + wayOutOf(failure.code), QJsonObject{{u"error"_s, rpc::toJson(error)}});
}

void Run::fail(const QString &sentence, const QJsonValue &json)
{
    if (m_hasEnded)
        return;
    if (m_asJson)
        print(jsonLine(json));
    if (!m_hasEnded)
        complain(sentence);
    end(Failed);
}

void Run::refuse(const QString &sentence)
{
    complain(sentence);
    end(WrongCall);
}

void Run::end(int exitCode)
{
    if (m_hasEnded)
        return;
    m_hasEnded = true;
    Q_EMIT ended(exitCode);
}

void Run::print(const QByteArray &lines)
{
    if (m_hasEnded)
        return;
    switch (writeOutput(lines)) {
    case OutputState::Open: return;
    case OutputState::ReaderGone:
        if (!m_isEndless)
            complain(u"Nobody reads the output."_s);
        return end(m_isEndless ? Done : Failed);
    case OutputState::Failed: complain(u"The output could not be written."_s); return end(Failed);
    case OutputState::Interrupted: return interrupt();
    }
}

void Run::interrupt()
{
    if (m_hasEnded)
        return;
    if (!m_isEndless)
        complain(u"Interrupted."_s);
    end(m_isEndless ? Done : Failed);
}

void complain(const QString &sentence)
{
    const QByteArray line = u"planbctl: "_s.append(printable(sentence)).toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
    std::fflush(stderr);
}

QByteArray jsonLine(const QJsonValue &json)
{
    const QJsonDocument document = json.isArray() ? QJsonDocument(json.toArray()) : QJsonDocument(json.toObject());
    return document.toJson(QJsonDocument::Compact) + '\n';
}

} // namespace planb::ctl
