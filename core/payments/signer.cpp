#include "sluice/payments/signer.h"

#include "sluice/crypto/keccak.h"
#include "sluice/payments/signed_messages.h"

namespace sluice {

QCoro::Task<Signature> Signer::signAddress(CallContext context)
{
    context.check();
    const Hash32 message = keccak256(signed_messages::orchestratorRequest(address()));
    co_return co_await signHash(message);
}

QCoro::Task<Signature> LocalSigner::signHash(Hash32 inner)
{
    co_return signMessage(m_key, inner.bytes());
}

} // namespace sluice
