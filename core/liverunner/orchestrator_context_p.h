#pragma once

#include "sluice/livepeer/token_mint.h"
#include "sluice/liverunner/orchestrator_options.h"
#include "sluice/node/node.h"
#include "sluice/trickle/server.h"

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace sluice::liverunner {

template <typename T> using Awaitable = boost::asio::awaitable<T>;

/// The answer to a request that is refused.
struct Refusal {
    int status = 400;
    QByteArray text;
    bool isJson = false; ///< `{"error":{"message":…}}`, where the page says so
};

[[nodiscard]] Unexpected<Refusal> refused(int status, const QByteArray &text);
Awaitable<void> sendRefusal(Refusal refusal, ServerResponse &response);
Awaitable<void> sendJson(Json json, ServerResponse &response);

/// What every part of the orchestrator works with.
struct Context {
    Context(Node &where, trickle::Server &server, Recipient &payee, OrchestratorOptions chosen)
        : node(where)
        , channels(server)
        , recipient(payee)
        , options(std::move(chosen))
        , tokens(options.tokenLife)
    {
    }
    /// Without a slash at its end; as clients, and as apps see it.
    [[nodiscard]] QString service() const;
    [[nodiscard]] QString internal() const;
    /// Where the proxy of that id lies.
    [[nodiscard]] QString proxyUrl(const QString &id) const;
    [[nodiscard]] QString channelUrl(const QString &base, const QString &channel) const;
    [[nodiscard]] bool isOnChain() const { return !options.offChain; }

    Node &node;
    trickle::Server &channels;
    Recipient &recipient;
    const OrchestratorOptions options;
    const livepeer::TokenMint tokens;
    // Known once the node listens.
    QByteArray proxyHost;   ///< with the port as it is written
    QByteArray proxyPrefix; ///< path up to the id, with its slash
    QString proxyBase;      ///< address up to the id
};
using SharedContext = std::shared_ptr<Context>;

/// One segment of a path in its percent-encoding.
[[nodiscard]] QString inPath(const QString &segment);

} // namespace sluice::liverunner
