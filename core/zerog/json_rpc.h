#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/u256.h"
#include "sluice/net/http_client.h"

/// Ethereum's JSON-RPC: what is sent, what comes back, and a client over HTTP.
namespace sluice::zerog {

/// What a node answered to one call: a result, or an error of its own with the revert data where it gave some.
struct RpcAnswer {
    RpcAnswer() = default;
    std::optional<Json> result;
    qint64 code = 0;
    QString message;
    std::optional<QByteArray> revertData; ///< as nodes put it: `error.data`, or `data`, `result` or an object by transaction within
};

/// `{"jsonrpc":"2.0","id":…,"method":…,"params":[…]}`. Pure, as the two below.
[[nodiscard]] QByteArray rpcRequest(qint64 id, const QString &method, const QList<Json> &params);
/// Rpc when it is no answer to that id.
[[nodiscard]] Expected<RpcAnswer> rpcAnswer(QByteArrayView body, qint64 id);
/// A quantity ("0x1a") of 256 bits, data ("0x…") of any even length; Rpc otherwise, which names `what`.
[[nodiscard]] Expected<U256> quantity(const Json &value, const QString &what);
[[nodiscard]] Expected<QByteArray> rpcData(const Json &value, const QString &what);

/// Calls a node. Lives on its HttpClient's thread.
class RpcClient {
public:
    static constexpr qsizetype MaxAnswerBytes = 64 * 1024 * 1024;

    /// `http` must outlive it. No answer may be larger than `maxAnswerBytes`.
    RpcClient(HttpClient &http, QUrl url, qsizetype maxAnswerBytes = MaxAnswerBytes);

    /// The node's answer, also an error of its own. Errors: Network, Timeout, Http, Rpc, TooLarge.
    [[nodiscard]] QCoro::Task<RpcAnswer> ask(QString method, QList<Json> params, CallContext context);
    /// The result alone; a node's error is thrown as Rpc.
    [[nodiscard]] QCoro::Task<Json> call(QString method, QList<Json> params, CallContext context);

private:
    HttpClient &m_http;
    QUrl m_url;
    QUrl m_shown; ///< for errors: providers of nodes put a secret into the path
    qsizetype m_maxAnswerBytes;
    qint64 m_id = 0;
};

} // namespace sluice::zerog
