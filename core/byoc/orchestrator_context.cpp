#include "orchestrator_context_p.h"

namespace sluice::byoc {

QString OrchestratorContext::workerAddr() const
{
    if (options.workersAreHere)
        return node.url().toString();
    return options.workerAddr.isEmpty() ? node.serviceAddr() : options.workerAddr;
}

bool OrchestratorContext::isSignature(const QString &text, const Expected<Address> &address, const QByteArray &message) const
{
    const auto signature = decodeSignature(text);
    return signature && (options.offChain || (address && verifyHashed(*address, message, *signature)));
}

Awaitable<void> refuse(const HttpRefusal &refusal, ServerResponse &response)
{
    if (refusal.drop)
        response.abort();
    else
        co_await response.sendText(refusal.status, refusal.text);
}

Awaitable<void> refuseMethod(ServerResponse &response)
{
    co_await response.sendText(405, "Method not allowed");
}

Headers jsonHeaders()
{
    return {{"Content-Type", "application/json"}};
}

Headers balanceField(const QByteArray &balance)
{
    return {{header::Balance, balance}};
}

Awaitable<void> sendJson(const Json &json, ServerResponse &response)
{
    const Headers fields = jsonHeaders(); // named: DESIGN.md 3
    co_await response.send(200, fields, json.dump() + '\n');
}

} // namespace sluice::byoc
