#pragma once

#include "sluice/base/secret.h"

#include <QtCore/QFuture>
#include <QtCore/QString>

#include <memory>

namespace sluice {

/// Secrets in the system's keychain. Without a keychain they live for this run only, and isPersistent() says so.
class SecretStore {
public:
    explicit SecretStore(QString service = QStringLiteral("sluice"));
    ~SecretStore();
    /// An empty Secret when there is none under `key`. Storage when the keychain refuses, e.g. because it is locked.
    QFuture<Secret> read(const QString &key);
    QFuture<void> write(const QString &key, const Secret &secret);
    QFuture<void> remove(const QString &key);
    /// Known after the first read or write.
    [[nodiscard]] std::optional<bool> isPersistent() const;

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace sluice
