#include "backend_p.h"

#include "sluice/net/origin.h"
#include "sluice/zerog/network_reader.h"

#include <QtCore/QCoreApplication>

namespace sluice::zerog {

namespace {

const QString ChainUrlKey = QStringLiteral("chain_url");
const QString ChainLedgerKey = QStringLiteral("chain_ledger");
const QString WalletKey = QStringLiteral("wallet");

/// The words of the form; translated like the window's.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::zerog::Network)
};

QString textOf(const BackendSettings &settings, const QString &key)
{
    return settings.text(key).trimmed();
}

std::optional<Address> addressOf(const BackendSettings &settings, const QString &key)
{
    const auto address = Address::fromHex(textOf(settings, key));
    return address ? std::optional(*address) : std::nullopt;
}

class ChainNetwork final : public RemoteNetwork {
public:
    ChainNetwork(HttpClient &http, const BackendSettings &settings, std::shared_ptr<UserClient> agent)
        : m_fault(checkChainSettings(settings))
        , m_wallet(addressOf(settings, WalletKey))
        , m_agent(std::move(agent))
        , m_reader(http, optionsOf(settings))
    {
    }

    QCoro::Task<NetworkBook> read(CallContext context) override
    {
        if (!m_fault)
            throw Error(Error::Kind::Config, m_fault.error().message()).withAdvice(m_fault.error().advice()).withField(m_fault.error().field());
        std::optional<Address> wallet = m_wallet;
        QString fault;
        if (!wallet && m_agent) {
            // What providers sell is worth seeing without an agent, too.
            try {
                QCoro::Task<std::optional<LedgerView>> asking = m_agent->ledger(context);
                const auto view = co_await asking;
                if (view)
                    wallet = view->owner;
                else
                    fault = Words::tr("The user agent does not tell whose money it spends.");
            } catch (const Error &error) {
                if (error.kind() == Error::Kind::Canceled)
                    throw;
                fault = error.message();
            }
        }
        QCoro::Task<NetworkBook> reading = m_reader.read(wallet, context);
        NetworkBook book = co_await reading;
        book.ownerFault = fault;
        co_return std::as_const(book);
    }

private:
    static NetworkReader::Options optionsOf(const BackendSettings &settings)
    {
        NetworkReader::Options options;
        options.url = QUrl(textOf(settings, ChainUrlKey), QUrl::StrictMode);
        options.ledger = addressOf(settings, ChainLedgerKey);
        return options;
    }

    Expected<void> m_fault;
    std::optional<Address> m_wallet;
    std::shared_ptr<UserClient> m_agent;
    NetworkReader m_reader;
};

} // namespace

void addChainSettings(Json &properties)
{
    properties.insert(ChainUrlKey,
        settings_schema::address(Words::tr("Chain"), Words::tr("JSON-RPC address of a node of 0G's chain. With it the network of today is shown: services, prices and your money there. Nothing is spent on it."),
            QStringLiteral("https://evmrpc.0g.ai")));
    properties.insert(ChainLedgerKey,
        settings_schema::text(Words::tr("Ledger contract"), Words::tr("Address of LedgerManager on that chain; not needed on 0G's mainnet (16661) and testnet (16602).")));
    properties.insert(WalletKey, settings_schema::text(Words::tr("Wallet"), Words::tr("Address whose money is shown; the user agent's when empty.")));
}

Expected<void> checkChainSettings(const BackendSettings &settings)
{
    const auto refuse = [](const QString &key, const QString &message, const QString &advice) {
        return unexpected(Error(Error::Kind::InvalidInput, message).withField(QLatin1Char('/') + key).withAdvice(advice));
    };
    for (const QString &key : {ChainLedgerKey, WalletKey}) {
        if (const QString text = textOf(settings, key); !text.isEmpty() && !Address::fromHex(text))
            return refuse(key, Words::tr("“%1” is no address of a chain.").arg(text.left(100)), Words::tr("Write 0x and 40 hex digits."));
    }
    const QString url = textOf(settings, ChainUrlKey);
    if (url.isEmpty())
        return {};
    const auto origin = Origin::of(QUrl(url, QUrl::StrictMode));
    if (!origin)
        return refuse(ChainUrlKey, Words::tr("The chain's address is no address for HTTP."), Words::tr("Write it whole, e.g. https://evmrpc.0g.ai"));
    if (!origin->isEncrypted() && origin->reach() == Origin::Reach::Public)
        return refuse(ChainUrlKey, Words::tr("Nothing protects the way to %1: what is shown could be changed on it.").arg(origin->host()), Words::tr("Use the node's https address."));
    return {};
}

std::unique_ptr<RemoteNetwork> makeNetwork(HttpClient &http, const BackendSettings &settings, std::shared_ptr<UserClient> agent)
{
    if (textOf(settings, ChainUrlKey).isEmpty())
        return nullptr;
    return std::make_unique<ChainNetwork>(http, settings, std::move(agent));
}

} // namespace sluice::zerog
