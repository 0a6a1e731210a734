#pragma once

#include "sluice/base/expected.h"
#include "sluice/crypto/u256.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace sluice::signer {

/// What a signer knows of a chain of payments: it travels with the caller, signed, and comes back with the next request (payments.md 4.3).
struct ChainState {
    QString stateId;
    QString pmSessionId;   ///< recipientRandHash of the last tickets, "0x…"
    qint64 lastUpdate = 0; ///< nanoseconds since 1970, UTC
    QString orchestratorAddress; ///< lower case, "0x…"
    QString app;
    qint64 authExpiry = 0; ///< unix seconds
    quint32 senderNonce = 0; ///< last one used
    Rational balance;
    qint64 initialPricePerUnit = 0;
    qint64 initialPixelsPerUnit = 1;
    QString type;
    quint64 sequenceNumber = 0;
    QString authId;
    bool operator==(const ChainState &) const = default;

    /// The JSON object in the page's order of keys.
    [[nodiscard]] QByteArray encode() const;
    /// Protocol for anything that encode() or go-livepeer would not write; bounded.
    [[nodiscard]] static Expected<ChainState> decode(QByteArrayView bytes);
};

/// RFC 3339 with as many digits of a second as are needed, at most nine: "2026-01-02T03:04:05.000000006Z".
[[nodiscard]] QString toRfc3339(qint64 nanoseconds);
[[nodiscard]] Expected<qint64> fromRfc3339(const QString &text);

} // namespace sluice::signer
