#include "sluice/payments/nonce_store.h"

#include <limits>

namespace sluice {

QCoro::Task<quint32> MemoryNonceStore::take(Hash32 recipientRandHash, quint32 count)
{
    quint32 &last = m_last[recipientRandHash];
    if (count == 0 || count > std::numeric_limits<quint32>::max() - last)
        throw Error(Error::Kind::Storage, QStringLiteral("Cannot take %1 nonces after %2: the counter has 32 bits.").arg(count).arg(last));
    const quint32 first = last + 1;
    last += count;
    co_return first;
}

} // namespace sluice
