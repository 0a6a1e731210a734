#pragma once

#include "sluice/livepeer/orchestrator_info.h"
#include "sluice/signer/recent.h"

#include <memory>

namespace sluice::signer {

/// An orchestrator's terms, with what a signer makes of them for every payment.
struct Terms {
    livepeer::OrchestratorInfo info;
    QString address; ///< whom a chain is with: lower case, "0x…". Empty without parameters and address
    QString session; ///< the ticket parameters' hash, "0x…". Empty without them
    Rational ev;     ///< of one ticket

    /// Protocol for bytes that are none.
    [[nodiscard]] static Expected<Terms> decode(QByteArrayView bytes);
};

/// Terms that were read a while ago, by their exact bytes: every payment of a chain comes with the same ones. Bounded, and thread-safe.
class TermsMemory {
public:
    void add(const QByteArray &bytes, const std::shared_ptr<const Terms> &terms);
    /// Null when they are not known.
    [[nodiscard]] std::shared_ptr<const Terms> find(const QByteArray &bytes) const;

private:
    static constexpr std::size_t Most = 512;
    static constexpr qsizetype MostBytes = 16 * 1024; ///< of one; larger ones are rare
    Recent<QByteArray, std::shared_ptr<const Terms>> m_terms{Most};
};

} // namespace sluice::signer
