#include "sluice/payments/signer.h"

namespace sluice {

QCoro::Task<Signature> LocalSigner::signHash(Hash32 inner)
{
    co_return signMessage(m_key, inner.bytes());
}

} // namespace sluice
