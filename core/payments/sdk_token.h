#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/secret.h"

#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QStringList>

#include <optional>

namespace sluice {

/// The token bundle that a clearinghouse or operator hands out (payments.md 5). Header values are secrets.
struct SdkToken {
    std::optional<QStringList> orchestrators;
    std::optional<QString> signer;
    std::optional<QList<std::pair<QString, Secret>>> signerHeaders; ///< in the token's order
    std::optional<QString> discovery;
    std::optional<QList<std::pair<QString, Secret>>> discoveryHeaders;
    /// Unknown keys, e.g. "issuers" of a bundle of another kind: report them, an empty bundle it is not
    /// (client-sdk.md 3.1).
    QStringList ignoredKeys;

    /// Config with the page's exact text ("Invalid token: expected base64-encoded JSON", …). JSON null counts as absent;
    /// at most 64 KiB.
    [[nodiscard]] static Expected<SdkToken> parse(QByteArrayView token);
};

} // namespace sluice
