#pragma once

#include "sluice/base/secret.h"

#include <QtCore/QFuture>
#include <QtCore/QString>

namespace sluice {

/// Where a profile's secrets are kept while it is in use: for those that change by themselves, as tokens do that are renewed. On the thread of
/// its Gateway.
class SecretKeeper {
public:
    virtual ~SecretKeeper() = default;
    /// By its pointer into the backend's settings with the backend before it, "/byoc/signer_login": as it is kept now, which another program
    /// may have changed. Empty where there is none. Storage.
    virtual QFuture<Secret> read(const QString &pointer) = 0;
    virtual QFuture<void> write(const QString &pointer, const Secret &secret) = 0;
};

} // namespace sluice
