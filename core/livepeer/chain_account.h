#pragma once

#include "sluice/crypto/address.h"
#include "sluice/crypto/u256.h"
#include "sluice/net/http_client.h"

#include <QCoro/QCoroTask>

namespace sluice::livepeer {

/// The node of a chain, and the contracts there (payments.md 7); unless said otherwise those of Arbitrum One.
struct ChainAccess {
    ChainAccess(); // no aggregate: see DESIGN.md 3
    QUrl node;     ///< of its JSON-RPC
    quint64 chainId = 42161;
    Address ticketBroker;
    Address roundsManager;
};

/// What a sender has at the ticket broker.
struct ChainAccount {
    ChainAccount() = default;
    Wei deposit;
    Wei reserve;           ///< what is left of it
    Wei claimedThisRound;  ///< of the reserve
    Wei withdrawRound;     ///< 0: not unlocking
    Wei currentRound;
    /// Neither deposit nor reserve can pay any more from this round on (payments.md 2.5).
    [[nodiscard]] bool isUnlocking() const { return withdrawRound > 0; }
};

inline constexpr qsizetype MaxChainAnswerBytes = 64 * 1024;

/// One batch: the chain's id, the account and the round.
[[nodiscard]] QByteArray accountQuestion(const ChainAccess &chain, const Address &account);
/// Its answer, in whatever order. Config when the node is of another chain, Payment when the contract refused (with its reason), Rpc when
/// the node did, Protocol for anything that does not fit.
[[nodiscard]] Expected<ChainAccount> parseAccount(QByteArrayView body, const ChainAccess &chain);

/// Reads it with one request. Errors as above; Network, Timeout, Http, Canceled where the node cannot be had.
QCoro::Task<ChainAccount> readAccount(HttpClient *http, ChainAccess chain, Address account, CallContext context);

} // namespace sluice::livepeer
