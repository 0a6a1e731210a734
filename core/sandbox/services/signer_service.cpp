#include "sluice/sandbox/services/signer_service.h"

#include "sluice/sandbox/sandbox_host.h"

namespace sluice {

QCoro::Task<Json> SignerService::start(SandboxHost &host)
{
    const PrivateKey key = host.fundedKey(QStringLiteral("signer_key"));
    signer::ServerOptions chosen;
    chosen.chain = [&chain = host.chain(), &store = host.store(), sender = key.address()] {
        SenderView view;
        view.latestL1Block = chain.latestL1Block();
        view.lastInitializedRound = chain.lastInitializedRound();
        view.funds = store.senderFunds(sender);
        return view;
    };
    if (host.node().url().isValid()) {
        chosen.discovery = host.node().url().resolved(QUrl(QStringLiteral("/discover-orchestrators")));
        chosen.discoveryTls = AsioTls::expecting(host.fingerprint());
    }
    const auto book = std::make_shared<signer::StoredBudgetBook>(host.database());
    QUrl url;
    host.listenAgain(id(), [&](quint16 port) -> Expected<quint16> {
        signer::ServerOptions options = chosen;
        options.port = port;
        m_server = std::make_unique<signer::Server>(host.io(), key, options, book);
        const auto listening = m_server->listen();
        if (!listening)
            return unexpected(listening.error());
        url = *listening;
        return quint16(url.port());
    });
    Json settings{{QStringLiteral("url"), url.toString()}, {QStringLiteral("address"), key.address().toChecksum()}};
    co_return settings;
}

QFuture<void> SignerService::stop()
{
    if (m_server)
        m_server->stop();
    return QtFuture::makeReadyFuture();
}

} // namespace sluice
