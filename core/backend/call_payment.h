#pragma once

#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <optional>

namespace sluice {

/// One ticket that paid for a call, decoded for people. All amounts are exact text.
struct TicketView {
    quint32 nonce = 0;
    QString faceValueWei;      ///< decimal
    QString winProbability;    ///< hex of the 256-bit numerator over 2^256 - 1
    QString winOdds;           ///< e.g. "1 in 100", rounded for display
    QString expectedValueWei;  ///< exact rational "n" or "n/d"
    QString recipient;         ///< EIP-55
    QString sender;            ///< EIP-55
    QString recipientRandHash;
    QString ticketHash;
    QString signature;         ///< 0x hex
    bool signatureVerified = false; ///< recovered to the sender here
    std::optional<bool> won;   ///< unknown until the recipient tells
    bool sent = false;
};

/// What a call cost, as far as it is known.
struct Payment {
    QList<TicketView> tickets;
    QString paidWei = QStringLiteral("0");   ///< expected value of the tickets sent
    std::optional<QString> balanceBefore;    ///< wei text as the orchestrator reported it
    std::optional<QString> balanceAfter;
    std::optional<QString> chargedWei;       ///< balanceBefore + paid - balanceAfter when all are known
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::Payment)
