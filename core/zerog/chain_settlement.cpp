#include "chain_settlement_p.h"

namespace sluice::zerog::detail {

namespace {

constexpr qsizetype wordBytes = 32;
constexpr qsizetype traceBytes = 4 * wordBytes; // two offsets, a length, and one to spare

qsizetype padded(qsizetype bytes)
{
    return (bytes + wordBytes - 1) / wordBytes * wordBytes;
}

/// As the ABI has it: its offset, seven members, and name and signature with their lengths.
qsizetype bytesOf(const Request &request)
{
    return 10 * wordBytes + padded(request.serviceName.toUtf8().size()) + padded(request.signature.size());
}

} // namespace

qsizetype SettlementPart::requests() const
{
    qsizetype sum = 0;
    for (const SettlementSpan &span : spans)
        sum += span.count;
    return sum;
}

QList<RequestTrace> SettlementPart::of(const QList<RequestTrace> &traces) const
{
    QList<RequestTrace> found;
    for (const SettlementSpan &span : spans)
        found.append(RequestTrace(traces.at(span.trace).requests.mid(span.first, span.count)));
    return found;
}

std::pair<SettlementPart, SettlementPart> SettlementPart::halves() const
{
    std::pair<SettlementPart, SettlementPart> two;
    qsizetype left = requests() / 2;
    for (const SettlementSpan &span : spans) {
        SettlementSpan before = span;
        before.count = std::min(span.count, left);
        SettlementSpan after = span;
        after.first += before.count;
        after.count -= before.count;
        left -= before.count;
        if (before.count > 0)
            two.first.spans.append(before);
        if (after.count > 0 || span.count == 0)
            two.second.spans.append(after);
    }
    return two;
}

Refusal SettlementPart::inTrace(const Refusal &refusal) const
{
    const auto index = refusal.requestIndex();
    if (!index || spans.size() != 1 || spans.first().first == 0)
        return refusal;
    QList<U256> numbers = refusal.numbers();
    numbers.first() = U256(*index + spans.first().first);
    return Refusal::ofNumbers(refusal.kind(), numbers);
}

QList<SettlementPart> settlementParts(const QList<RequestTrace> &traces, qsizetype maxRequests, qsizetype maxBytes)
{
    QList<SettlementPart> parts(1);
    qsizetype used = 0;
    qsizetype held = 0;
    const auto begin = [&](qsizetype trace, qsizetype first) {
        SettlementSpan span;
        span.trace = trace;
        span.first = first;
        parts.last().spans.append(span);
        used += traceBytes;
    };
    for (qsizetype trace = 0; trace < traces.size(); ++trace) {
        begin(trace, 0);
        const QList<Request> &requests = traces.at(trace).requests;
        for (qsizetype i = 0; i < requests.size(); ++i) {
            const qsizetype bytes = bytesOf(requests.at(i));
            if (held > 0 && (held == maxRequests || used + bytes > maxBytes)) {
                if (parts.last().spans.last().count == 0)
                    parts.last().spans.removeLast(); // it begins in the next one
                parts.append(SettlementPart());
                used = 0;
                held = 0;
                begin(trace, i);
            }
            used += bytes;
            ++held;
            ++parts.last().spans.last().count;
        }
    }
    return parts;
}

} // namespace sluice::zerog::detail
