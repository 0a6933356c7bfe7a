// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/keyring_system.h"

#include "core/messenger/key_answer.h"

#include <QCoreApplication>
#include <QPromise>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <memory>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

QString serviceName()
{
    return u"PlanB"_s;
}

Failure failureOf(const QKeychain::Job &job)
{
    if (job.error() == QKeychain::EntryNotFound)
        return {FailureCode::KeyMissing, u"the keyring has no entry for this profile"_s, {}};
    return {FailureCode::KeyringUnavailable, u"keyring error %1: %2"_s.arg(job.error()).arg(job.errorString()), {}};
}

Result<void> storedBy(const QKeychain::WritePasswordJob &job)
{
    return job.error() == QKeychain::NoError ? Result<void>() : fail(failureOf(job));
}

// Shared, because results of futures are copied.
using SharedKey = Result<std::shared_ptr<const SecretBytes>>;

SharedKey loadedBy(const QKeychain::ReadPasswordJob &job)
{
    if (job.error() != QKeychain::NoError)
        return fail(failureOf(job));
    QByteArray data = job.binaryData();
    auto key = std::make_shared<const SecretBytes>(SecretBytes::copyOf(std::as_bytes(std::span(std::as_const(data)))));
    // Only this copy is within reach; QtKeychain and the bus keep theirs until they are reused.
    wipe(std::as_writable_bytes(std::span(data)));
    if (key->size() != kDatabaseKeyBytes)
        return fail(FailureCode::KeyMissing, u"the keyring's entry is no key"_s);
    return key;
}

// Starts the job on the application's thread, where this is called. It deletes itself when it has ended and must not be
// deleted before: QtKeychain's backends hold a bare pointer to it. One that never ends is leaked.
template<class Job, class T>
void start(Job *job, const QString &profileId, T (*answer)(const Job &), std::shared_ptr<QPromise<T>> promise)
{
    job->setKey(profileId);
    QObject::connect(job, &QKeychain::Job::finished, job, [job, answer, promise] {
        promise->addResult(answer(*job));
        promise->finish();
    });
    job->start();
}

// Asks on the application's thread and sees to it that `done` is called once: with the answer, or when patience is over.
template<class T>
void ask(QObject *context, Millis patience, std::function<void(std::shared_ptr<QPromise<T>>)> question,
         std::function<void(T)> done)
{
    const auto pending = std::make_shared<std::function<void(T)>>(std::move(done));
    const auto finish = [pending](T result) {
        if (const auto callback = std::exchange(*pending, {}))
            callback(std::move(result));
    };
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    whenFinished<T>(context, promise->future(), [finish](std::optional<T> result) {
        finish(result ? *std::move(result)
                      : T(fail(FailureCode::KeyringUnavailable, u"the keyring dropped the question"_s)));
    });
    QTimer::singleShot(patience, context, [finish, patience] {
        finish(
            fail(FailureCode::KeyringUnavailable, u"the keyring did not answer within %1 ms"_s.arg(patience.count())));
    });
    QMetaObject::invokeMethod(
        QCoreApplication::instance(), [question = std::move(question), promise] { question(promise); },
        Qt::QueuedConnection);
}

} // namespace

SystemKeyring::SystemKeyring(Millis patience, QObject *parent) : QObject(parent), m_patience(patience) {}

void SystemKeyring::store(const QString &profileId, const SecretBytes &key, Stored done)
{
    using T = Result<void>;
    const auto copy = std::make_shared<const SecretBytes>(key.clone());
    const auto question = [profileId, copy](const std::shared_ptr<QPromise<T>> &promise) {
        auto *job = new QKeychain::WritePasswordJob(serviceName());
        job->setBinaryData(QByteArrayView(copy->view()).toByteArray());
        start(job, profileId, storedBy, promise);
    };
    ask<T>(this, m_patience, question, std::move(done));
}

void SystemKeyring::load(const QString &profileId, Loaded done)
{
    using T = SharedKey;
    const auto question = [profileId](const std::shared_ptr<QPromise<T>> &promise) {
        start(new QKeychain::ReadPasswordJob(serviceName()), profileId, loadedBy, promise);
    };
    ask<T>(this, m_patience, question, [done = std::move(done)](const T &loaded) {
        done(loaded ? Result<SecretBytes>((*loaded)->clone()) : fail(loaded.error()));
    });
}

} // namespace planb
