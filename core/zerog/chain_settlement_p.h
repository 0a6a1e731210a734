#pragma once

#include "sluice/zerog/entities.h"
#include "sluice/zerog/refusal.h"

/// A settlement cut so that each part fits into a transaction. Pure.
namespace sluice::zerog::detail {

/// Some requests of one trace, one after the other.
struct SettlementSpan {
    SettlementSpan() = default;
    qsizetype trace = 0;
    qsizetype first = 0;
    qsizetype count = 0;
};

/// What goes into one call.
struct SettlementPart {
    SettlementPart() = default;
    QList<SettlementSpan> spans;

    [[nodiscard]] qsizetype requests() const;
    [[nodiscard]] QList<RequestTrace> of(const QList<RequestTrace> &traces) const;
    /// Two of about half of the requests each; for a part of two or more.
    [[nodiscard]] std::pair<SettlementPart, SettlementPart> halves() const;
    /// The contract counts from where a trace begins in its call: a refusal as the whole trace has it. For a part of one span.
    [[nodiscard]] Refusal inTrace(const Refusal &refusal) const;
};

/// All of it, in order, each of at most `maxRequests` and `maxBytes` of call data but for a single request that has more. One part, empty, for no
/// traces.
[[nodiscard]] QList<SettlementPart> settlementParts(const QList<RequestTrace> &traces, qsizetype maxRequests, qsizetype maxBytes);

} // namespace sluice::zerog::detail
