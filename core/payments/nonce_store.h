#pragma once

#include "sluice/crypto/hash32.h"

#include <QCoro/QCoroTask>
#include <QtCore/QHash>

namespace sluice {

/// Counts the ticket nonces of each recipientRandHash (payments.md 2.4, statement 7).
class NonceStore {
public:
    virtual ~NonceStore() = default;
    /// Takes `count` consecutive nonces and gives the first; the first ever is 1. They are recorded for good before this
    /// returns and never handed out again, sent or not. Throws Storage when they cannot be recorded.
    virtual QCoro::Task<quint32> take(Hash32 recipientRandHash, quint32 count) = 0;
};

/// Forgets when the program ends: only for parameters that no later program can see, such as a script's own.
class MemoryNonceStore final : public NonceStore {
public:
    QCoro::Task<quint32> take(Hash32 recipientRandHash, quint32 count) override;

private:
    QHash<Hash32, quint32> m_last;
};

} // namespace sluice
