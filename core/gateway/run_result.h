#pragma once

#include "sluice/base/json.h"
#include "sluice/base/trace.h"

#include <QtCore/QMetaType>
#include <QtCore/QUrl>

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

/// The answer to `run`: any content type is a result (client-sdk.md statement 7).
struct RunResult {
    QString runId;             ///< in the history
    int status = 0;
    QByteArray contentType;
    QByteArray content;        ///< the bytes received
    Json json;                 ///< parsed content when it is JSON, whatever it was labelled; else null
    bool isJson = false;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QUrl servedBy;
    Payment payment;
    QList<TraceSpan> trace;
};

/// One server-sent event (client-sdk.md 1.2).
struct StreamEvent {
    QString data;
    std::optional<QString> event;
    std::optional<QString> id;
    std::optional<int> retry;
    /// Parses `data`; an error leaves `data` readable.
    [[nodiscard]] Expected<Json> json() const { return Json::parse(data.toUtf8()); }
    bool operator==(const StreamEvent &) const = default;
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::RunResult)
Q_DECLARE_METATYPE(sluice::StreamEvent)
Q_DECLARE_METATYPE(sluice::Payment)
