// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/key_vault.h"

#include "core/base/log.h"
#include "core/messenger/key_answer.h"

#include <QPointer>
#include <QPromise>
#include <QThreadPool>

#include <memory>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

// Argon2id takes about a second; the thread that asks goes on meanwhile. `done` is dropped with the context.
template<class T>
void onWorker(QObject *context, std::function<T()> work, std::function<void(T)> done)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    whenFinished<T>(context, promise->future(), [done = std::move(done)](std::optional<T> result) {
        if (result)
            done(*std::move(result));
    });
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
}

// Where a new key goes; absent: into the keyring or, failing that, into a file.
Result<std::optional<KeyStorage>> plannedStorage(std::optional<KeyStorage> asked, const QString &passphrase)
{
    const bool isWrapped = !passphrase.isEmpty();
    if (asked && isWrapped != (*asked == KeyStorage::Passphrase))
        return fail(FailureCode::InvalidArgument, u"a passphrase belongs to the key storage \"passphrase\" alone"_s);
    return isWrapped ? std::optional(KeyStorage::Passphrase) : asked;
}

QByteArray wrapContext(const ProfileDescription &description)
{
    return QByteArrayLiteral("profile ") + description.id.toLatin1();
}

Result<ProfileKey> found(KeyStorage storage, Result<SecretBytes> key)
{
    if (!key)
        return fail(std::move(key).error());
    return ProfileKey{*std::move(key), storage};
}

} // namespace

KeyVault::KeyVault(ProfileFolder &folder, Keyring &keyring, PassphraseCost cost, QObject *parent)
    : QObject(parent), m_folder(folder), m_keyring(keyring), m_cost(cost)
{}

void KeyVault::create(std::optional<KeyStorage> asked, const QString &passphrase, const Answer &done)
{
    const auto storage = plannedStorage(asked, passphrase);
    if (!storage)
        return done(fail(storage.error()));
    auto begun = m_folder.beginCreating();
    if (!begun)
        return done(fail(begun.error()));
    m_created = *std::move(begun);
    if (*storage == KeyStorage::Passphrase)
        createWrapped(passphrase, done);
    else if (*storage == KeyStorage::File)
        createInFile(done);
    else
        createInKeyring(!storage->has_value(), done);
}

void KeyVault::createInKeyring(bool mayFallBack, const Answer &done)
{
    auto made = SecretBytes::random(kDatabaseKeyBytes);
    if (!made)
        return giveUp(made.error(), done);
    const auto key = std::make_shared<SecretBytes>(*std::move(made));
    const auto refused = [this, mayFallBack, done](const Failure &failure) {
        if (!mayFallBack)
            return giveUp({FailureCode::KeyringUnavailable, failure.detail, {}}, done);
        qCInfo(lcMessenger).noquote() << "no usable keyring, the key goes into a file:" << describe(failure);
        // A key of its own: what the keyring may have kept of the first one opens nothing.
        createInFile(done);
    };
    const QPointer<KeyVault> self(this);
    const auto compare = [self, key, refused, done](const Result<SecretBytes> &loaded) {
        if (!self)
            return;
        if (!loaded)
            return refused(loaded.error());
        if (*loaded != *key)
            return refused({FailureCode::KeyringUnavailable, u"the keyring gave back another key"_s, {}});
        self->keep(std::move(*key), KeyStorage::Keyring, done);
    };
    m_keyring.store(m_created.id, *key, [self, refused, compare](const Result<void> &stored) {
        if (!self)
            return;
        if (!stored)
            return refused(stored.error());
        // Trusted only when it gives back what it was given: some keyrings drop entries without a word.
        self->m_keyring.load(self->m_created.id, compare);
    });
}

void KeyVault::createInFile(const Answer &done)
{
    auto key = SecretBytes::random(kDatabaseKeyBytes);
    if (!key)
        return giveUp(key.error(), done);
    if (const auto written = m_folder.writeKey(*key); !written)
        return giveUp(written.error(), done);
    keep(*std::move(key), KeyStorage::File, done);
}

void KeyVault::createWrapped(const QString &passphrase, const Answer &done)
{
    auto made = SecretBytes::random(kDatabaseKeyBytes);
    if (!made)
        return giveUp(made.error(), done);
    const auto key = std::make_shared<SecretBytes>(*std::move(made));
    const auto wrap = [key, passphrase, context = wrapContext(m_created), cost = m_cost] {
        return wrapKey(*key, passphrase, context, cost);
    };
    onWorker<Result<QJsonObject>>(this, wrap, [this, key, done](const Result<QJsonObject> &wrapped) {
        if (!wrapped)
            return giveUp(wrapped.error(), done);
        m_created.wrappedKey = *wrapped;
        keep(std::move(*key), KeyStorage::Passphrase, done);
    });
}

void KeyVault::keep(SecretBytes key, KeyStorage storage, const Answer &done)
{
    m_created.keyStorage = storage;
    done(ProfileKey{std::move(key), storage});
}

void KeyVault::giveUp(const Failure &failure, const Answer &done)
{
    if (const auto abandoned = m_folder.abandonCreating(); !abandoned)
        qCWarning(lcMessenger).noquote() << "an unfinished profile stays:" << describe(abandoned.error());
    done(fail(failure));
}

Result<void> KeyVault::finishCreating()
{
    return m_folder.finishCreating(m_created);
}

Result<void> KeyVault::abandonCreating()
{
    return m_folder.abandonCreating();
}

void KeyVault::open(const Answer &done)
{
    const auto description = m_folder.read();
    if (!description)
        return done(fail(description.error()));
    switch (description->keyStorage) {
    case KeyStorage::Passphrase: return done(fail(FailureCode::ProfileLocked, u"a passphrase protects this profile"_s));
    case KeyStorage::File: return done(found(KeyStorage::File, m_folder.readKey()));
    case KeyStorage::Keyring: break;
    }
    m_keyring.load(description->id, [self = QPointer(this), done](Result<SecretBytes> key) {
        if (self)
            done(found(KeyStorage::Keyring, std::move(key)));
    });
}

void KeyVault::unlock(const QString &passphrase, const Answer &done)
{
    const auto description = m_folder.read();
    if (!description)
        return done(fail(description.error()));
    if (description->keyStorage != KeyStorage::Passphrase)
        return done(fail(FailureCode::InvalidArgument, u"no passphrase protects this profile"_s));
    using Unwrapped = Result<std::shared_ptr<SecretBytes>>;
    const auto unwrap = [wrapped = description->wrappedKey, passphrase,
                         context = wrapContext(*description)]() -> Unwrapped {
        auto key = unwrapKey(wrapped, passphrase, context);
        if (!key)
            return fail(std::move(key).error());
        return std::make_shared<SecretBytes>(*std::move(key));
    };
    onWorker<Unwrapped>(this, unwrap, [done](const Unwrapped &key) {
        done(key ? found(KeyStorage::Passphrase, std::move(**key)) : fail(key.error()));
    });
}

} // namespace planb
