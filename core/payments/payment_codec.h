#pragma once

#include "sluice/payments/ticket_params.h"

#include <QtCore/QList>
#include <QtCore/QMap>

namespace sluice {

/// One ticket of a payment: everything else is in the parameters they share.
struct TicketSenderParams {
    quint32 senderNonce = 0;
    QByteArray signature; ///< as received; its length is judged with the signature
    bool operator==(const TicketSenderParams &) const = default;
};

/// The message `net.Payment` (payments.md 1), not what a call cost. Absent parts are absent on the wire.
struct WirePayment {
    std::optional<TicketParams> ticketParams;
    std::optional<Address> sender;
    std::optional<ExpirationParams> expirationParams;
    QList<TicketSenderParams> tickets;
    std::optional<PriceInfo> expectedPrice;
    bool operator==(const WirePayment &) const = default;
};

/// Bounds of what is decoded: a payment of 600 tickets is about 43 KiB.
inline constexpr qsizetype maxPaymentBytes = 128 * 1024;
inline constexpr qsizetype maxTicketsPerPayment = 1000;
/// Distinct nonces that a recipient takes for one recipientRandHash (2.4).
inline constexpr quint32 maxNoncesPerHash = 600;

/// Canonical protobuf bytes, fields ascending.
[[nodiscard]] QByteArray encodePayment(const WirePayment &payment);
/// Protocol for bytes that are no Payment, for fields of wrong length and a creation round below zero; TooLarge beyond the bounds.
[[nodiscard]] Expected<WirePayment> decodePayment(QByteArrayView bytes);

/// The value of `Livepeer-Payment`: standard base64 of encodePayment().
[[nodiscard]] QByteArray paymentHeader(const WirePayment &payment);
[[nodiscard]] Expected<WirePayment> parsePaymentHeader(QByteArrayView header);

/// Part of `net.Capabilities` that a caller fills in (payments.md 1.2, 1.3).
struct CapabilityRequest {
    QList<quint64> bitstring;
    QMap<quint32, quint32> capacities;               ///< capability id to wanted capacity
    QMap<quint32, QList<QString>> models;             ///< capability id to the models asked for
};
/// The message `net.OrchestratorRequest`.
struct OrchestratorRequest {
    Address address;
    QByteArray signature; ///< sign over keccak256 of the EIP-55 text
    std::optional<CapabilityRequest> capabilities;
    bool ignoreCapacityCheck = false;
};
[[nodiscard]] QByteArray encodeOrchestratorRequest(const OrchestratorRequest &request);

/// Bit c is bit c % 64 of word c / 64 (payments.md 1.3). Ids above 4095 are ignored.
[[nodiscard]] QList<quint64> capabilityBitstring(const QList<quint32> &capabilities);

} // namespace sluice
