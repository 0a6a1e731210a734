#pragma once

#include "sluice/backend/remote_network.h"
#include "sluice/crypto/address.h"
#include "sluice/net/http_client.h"

#include <chrono>
#include <memory>
#include <optional>

namespace sluice::zerog {

/// Reads 0G's compute network of today from its contracts (zerog-serving.md 6.1), by a node's JSON-RPC: services and prices, and what one wallet
/// has in itself, in the ledger and at providers. All of one block. Only views are called; nothing is signed, sent or spent.
///
/// A node's answers are not believed to be sane: each is bounded, and what cannot be is a typed error that says what it was.
class NetworkReader {
public:
    struct Options {
        Options() = default;
        QUrl url; ///< of the node
        std::optional<Address> ledger; ///< LedgerManager; needed where the chain is none of knownChains()
        std::chrono::milliseconds requestTimeout{20'000};
        std::chrono::milliseconds timeout{60'000}; ///< of all together
    };
    /// `http` must outlive it and gives the thread.
    NetworkReader(HttpClient &http, Options options);
    ~NetworkReader();
    NetworkReader(const NetworkReader &) = delete;
    NetworkReader &operator=(const NetworkReader &) = delete;

    /// At most MaxServices and MaxAccounts; NetworkBook::isWhole says whether that is all. Errors: Config when no ledger is known on that chain
    /// (field "/chain_ledger"); Network, Timeout, Http, TooLarge; Rpc.
    QCoro::Task<NetworkBook> read(std::optional<Address> wallet, CallContext context);

    static constexpr qsizetype MaxServices = 1000;
    static constexpr qsizetype MaxAccounts = 500;

    /// Where the network is known to be.
    struct Chain {
        quint64 id;
        const char *name;
        const char *ledger;
    };
    [[nodiscard]] static const QList<Chain> &knownChains();

private:
    class Private;
    std::unique_ptr<Private> m_p;
};

} // namespace sluice::zerog
