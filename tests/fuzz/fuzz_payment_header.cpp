// Payments as an orchestrator receives them: reading never crashes, what is read encodes to what reads the same,
// and the recipient's checks credit nothing that was not signed for it.

#include "sluice/payments/memory_recipient_store.h"
#include "sluice/payments/recipient.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;

namespace {

class FixedChain final : public ChainView {
public:
    [[nodiscard]] quint64 latestL1Block() const override { return 1000; }
    [[nodiscard]] quint64 lastInitializedRound() const override { return 10; }
    [[nodiscard]] Hash32 blockHashForRound(quint64) const override { return {}; }
};

void judge(const WirePayment &payment)
{
    MemoryRecipientStore store;
    const FixedChain chain;
    Recipient recipient({}, store, chain);
    const PaymentOutcome outcome = recipient.process(payment, QStringLiteral("capability"), {1, 1});
    if (outcome.credited != 0 || (payment.ticketParams && outcome.ok()))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    for (const bool asHeader : {true, false}) {
        const auto payment = asHeader ? parsePaymentHeader(input) : decodePayment(input);
        if (!payment)
            continue;
        const auto again = parsePaymentHeader(paymentHeader(*payment));
        if (!again || !(*again == *payment))
            std::abort();
        judge(*payment);
    }
    return 0;
}
