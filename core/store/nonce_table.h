#pragma once

#include "sluice/store/database.h"

namespace sluice {

/// The last ticket nonce used for each recipientRandHash (payments.md 2.4 and statement 7).
///
/// A nonce that was taken is never handed out again: not after a crash, not to another process, not when its ticket
/// was never sent. The counter is committed before take() returns. That commit sits in the write-ahead log, in the
/// kernel's hands, so killing the process cannot undo it; only a power failure could, and then the ticket is
/// refused as "already seen", which costs nothing. Hence no fsync per payment.
class NonceTable {
public:
    explicit NonceTable(std::shared_ptr<Database> database) : m_database(std::move(database)) {}
    static Schema schema();

    /// Takes `count` consecutive nonces; the first of them. The first ever is 1. `hash` is hex, with or without 0x, in any
    /// case. Storage error when the 32-bit counter is used up; InvalidInput for a count below 1 or no hex.
    QCoro::Task<quint32> take(QString hash, quint32 count);
    quint32 takeSync(const QString &hash, quint32 count);
    /// The step itself, for a larger transaction.
    static quint32 take(Sql &sql, const QString &hash, quint32 count);

private:
    std::shared_ptr<Database> m_database;
};

} // namespace sluice
