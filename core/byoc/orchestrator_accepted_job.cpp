#include "orchestrator_accepted_job_p.h"

namespace sluice::byoc {

namespace {
constexpr qint64 LongestTimeoutSeconds = 7 * 24 * 3600;
} // namespace

Rational AcceptedJob::balance(Recipient &recipient) const
{
    return recipient.ledger().balance(sender, header.capability).value_or(Rational());
}

Rational AcceptedJob::charge(std::chrono::steady_clock::time_point start, Recipient &recipient) const
{
    using namespace std::chrono;
    const qint64 seconds = std::max<qint64>(1, ceil<std::chrono::seconds>(steady_clock::now() - start).count());
    if (price.isFree())
        return balance(recipient);
    return recipient.ledger().debit(sender, header.capability, price.fee(seconds));
}

std::chrono::seconds AcceptedJob::timeout() const
{
    return std::chrono::seconds(std::min<qint64>(header.timeoutSeconds, LongestTimeoutSeconds));
}

} // namespace sluice::byoc
