// Requests to a signer and the states that come back with them: deciding never crashes; what is planned keeps to the page's bounds; a state that
// is read writes itself back to what reads the same; an answer of a signer is taken only when it is what was ordered.

#include "sluice/base/bytes.h"
#include "sluice/livepeer/messages.h"
#include "sluice/livepeer/remote_signer.h"
#include "sluice/signer/webhook.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::signer;

namespace {

const PrivateKey &key()
{
    static const PrivateKey one = orThrow(PrivateKey::fromHex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"));
    return one;
}

Moment moment()
{
    Moment at;
    at.nanoseconds = 1'770'000'000'000'000'000;
    at.self = key().address();
    at.freshId = QStringLiteral("fresh");
    return at;
}

void judge(const Plan &plan)
{
    if (plan.count < 1 || plan.count > 100 || plan.cost < 0 || plan.firstNonce < 1 || plan.price.pricePerUnit <= 0)
        std::abort();
    if (plan.firstNonce + quint32(plan.count) - 1 > maxNoncesPerHash || plan.state.senderNonce != plan.firstNonce + quint32(plan.count) - 1)
        std::abort();
    if (plan.count > 3)
        return; // signing is slow
    const livepeer::SignerPayment answer = signPayment(plan, key());
    SignerOrder order;
    order.terms.terms = plan.request.orchestrator;
    order.params = *plan.terms->info.ticketParams;
    order.price = plan.price;
    const auto taken = livepeer::checkedPayment(answer, order, key().address(), plan.firstNonce - 1);
    if (!taken || taken->tickets.size() != plan.count)
        std::abort();
    const auto again = livepeer::SignerPayment::parse(answer.toJson().dump());
    if (!again || !(again->state == answer.state) || !verify(key().address(), again->state.state, again->state.signature))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto planned = planPayment(input, {}, moment()))
        judge(*planned);
    else if (planned.error().status < 400 || planned.error().message.isEmpty())
        std::abort();
    if (const auto state = ChainState::decode(input)) {
        const auto again = ChainState::decode(state->encode());
        if (!again || !(*again == *state))
            std::abort();
    }
    // The same as the terms of an orchestrator, and as a state with the right signature.
    livepeer::SignerPaymentRequest request;
    request.orchestrator = input.toByteArray();
    request.type = QStringLiteral("live");
    if (const auto planned = planPayment(request.toJson().dump(), {}, moment()))
        judge(*planned);
    request.state = livepeer::SignedState{input.toByteArray().left(livepeer::MaxStateBytes), {}};
    request.state->signature = signMessage(key(), request.state->state).toByteArray();
    request.orchestrator = bytes::fromBase64(QByteArrayView("GgA=")).valueOr(QByteArray());
    (void)planPayment(request.toJson().dump(), {}, moment());
    if (const auto parsed = livepeer::SignerPaymentRequest::parse(input)) {
        const auto again = livepeer::SignerPaymentRequest::parse(parsed->toJson().dump());
        if (!again || again->orchestrator != parsed->orchestrator || again->inPixels != parsed->inPixels || !(again->state == parsed->state))
            std::abort();
    }
    if (const auto answer = livepeer::SignerPayment::parse(input))
        (void)livepeer::checkedPayment(*answer, SignerOrder(), key().address(), 0);
    (void)signJob(input, key());
    (void)readWebhookAnswer(200, input);
    (void)livepeer::signerErrorText(input);
    return 0;
}
