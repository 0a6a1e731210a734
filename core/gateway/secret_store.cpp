#include "sluice/gateway/secret_store.h"

#include "sluice/base/async.h"
#include "sluice/base/error.h"
#include "sluice/base/log.h"

#include <QtCore/QHash>
#include <qt6keychain/keychain.h>

namespace sluice {

// Shared with the jobs that are under way, which may outlive the store.
class SecretStore::Private {
public:
    QString service;
    std::optional<bool> persistent;
    QHash<QString, Secret> memory; ///< all of it where there is no keychain
};

namespace {

/// No keychain at all, as on a machine without a session bus (QtKeychain reports that as OtherError).
bool isAbsent(QKeychain::Error error)
{
    return error == QKeychain::NoBackendAvailable || error == QKeychain::NotImplemented || error == QKeychain::OtherError;
}

/// Overwrites the bytes that the keychain's job holds as well: it takes and gives plain arrays, and shares this one.
void wipeShared(const QByteArray &bytes)
{
    cleanse(const_cast<char *>(bytes.constData()), std::size_t(bytes.size()));
}

Error refused(const QString &doing, const QKeychain::Job &job)
{
    return Error(Error::Kind::Storage, QStringLiteral("The keychain refused to %1: %2").arg(doing, job.errorString()))
        .withAdvice(QStringLiteral("Unlock the keychain (the login keyring) and try again."));
}

} // namespace

SecretStore::SecretStore(QString service)
    : d(std::make_shared<Private>())
{
    d->service = std::move(service);
}

SecretStore::~SecretStore() = default;

std::optional<bool> SecretStore::isPersistent() const
{
    return d->persistent;
}

QFuture<Secret> SecretStore::read(const QString &key)
{
    const Completion<Secret> done;
    auto *job = new QKeychain::ReadPasswordJob(d->service);
    job->setKey(key);
    QObject::connect(job, &QKeychain::Job::finished, job, [store = d, key, job, done] {
        const QKeychain::Error error = job->error();
        if (error == QKeychain::NoError || error == QKeychain::EntryNotFound) {
            store->persistent = true;
            QByteArray bytes = job->binaryData();
            done.finish(Secret(bytes));
            wipeShared(bytes);
        } else if (isAbsent(error) && !store->persistent.value_or(false)) {
            store->persistent = false;
            done.finish(store->memory.value(key));
        } else {
            done.fail(refused(QStringLiteral("read"), *job));
        }
    });
    job->start();
    return done.future();
}

QFuture<void> SecretStore::write(const QString &key, const Secret &secret)
{
    if (secret.isEmpty())
        return remove(key);
    const Completion<void> done;
    auto *job = new QKeychain::WritePasswordJob(d->service);
    job->setKey(key);
    QByteArray bytes = secret.expose().toByteArray();
    job->setBinaryData(bytes);
    QObject::connect(job, &QKeychain::Job::finished, job, [store = d, key, secret, job, bytes, done] {
        wipeShared(bytes);
        if (job->error() == QKeychain::NoError) {
            store->persistent = true;
        } else if (isAbsent(job->error()) && !store->persistent.value_or(false)) {
            if (!store->persistent)
                qCInfo(logStore, "There is no keychain; secrets live for this run only.");
            store->persistent = false;
            store->memory.insert(key, secret);
        } else {
            done.fail(refused(QStringLiteral("store a secret"), *job));
        }
        done.finish();
    });
    job->start();
    return done.future();
}

QFuture<void> SecretStore::remove(const QString &key)
{
    const Completion<void> done;
    auto *job = new QKeychain::DeletePasswordJob(d->service);
    job->setKey(key);
    QObject::connect(job, &QKeychain::Job::finished, job, [store = d, key, job, done] {
        const QKeychain::Error error = job->error();
        store->memory.remove(key);
        // libsecret answers "could not delete" for an entry that is not there.
        if (error == QKeychain::NoError || error == QKeychain::EntryNotFound || error == QKeychain::CouldNotDeleteEntry)
            store->persistent = true;
        else if (isAbsent(error) && !store->persistent.value_or(false))
            store->persistent = false;
        else
            done.fail(refused(QStringLiteral("delete a secret"), *job));
        done.finish();
    });
    job->start();
    return done.future();
}

} // namespace sluice
