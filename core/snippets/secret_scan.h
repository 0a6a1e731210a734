#pragma once

#include "sluice/base/secret.h"

#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QUrl>

namespace sluice {

/// True when `text` holds the secret: as it is, in base64 at any alignment, in hex, percent-encoded or JSON-escaped
/// (client-sdk.md 6.4). Secrets under four bytes are not looked for: they would be found everywhere.
[[nodiscard]] bool containsSecret(QByteArrayView text, const Secret &secret);
[[nodiscard]] bool containsSecret(QByteArrayView text, const QList<Secret> &secrets);

/// The address without user, password, query and fragment, as it may be shown.
[[nodiscard]] QString withoutCredentials(const QString &url);

} // namespace sluice
