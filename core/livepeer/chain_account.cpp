#include "sluice/livepeer/chain_account.h"

#include "sluice/base/bytes.h"
#include "sluice/base/json.h"
#include "sluice/base/visible_text.h"
#include "sluice/crypto/abi.h"

#include <array>

namespace sluice::livepeer {

namespace {

constexpr int MaxDepth = 8;
constexpr qsizetype WordHex = 64;
constexpr qsizetype MaxReason = 500;
constexpr std::chrono::seconds Patience{15};
enum Question : int { ChainId = 1, SenderInfo = 2, CurrentRound = 3 };

Unexpected<Error> refuse(Error::Kind kind, const QString &what, const QString &advice = {})
{
    return unexpected(Error(kind, what).withAdvice(advice));
}

Json ask(int id, const QString &method, const QList<Json> &params)
{
    return Json{{QStringLiteral("jsonrpc"), "2.0"}, {QStringLiteral("id"), id}, {QStringLiteral("method"), method}, {QStringLiteral("params"), Json::array(params)}};
}

Json callOf(const Address &contract, const QByteArray &data)
{
    return Json{{QStringLiteral("to"), contract.toChecksum()}, {QStringLiteral("data"), bytes::toHex0x(data)}};
}

/// The words of a result, exactly `count`.
Expected<QList<Wei>> words(const Json &result, int count, const QString &what)
{
    const QString hex = result.toString();
    const auto data = bytes::fromHex(hex.toLatin1());
    if (!data || data->size() != count * WordHex / 2 || !hex.startsWith(QLatin1String("0x")))
        return refuse(Error::Kind::Protocol, QStringLiteral("The chain's node answered %1 with something else than %2 words.").arg(what).arg(count),
            QStringLiteral("There may be no such contract at that address; check the chain and the addresses."));
    QList<Wei> all;
    for (int i = 0; i < count; ++i)
        all.append(Wei(*u256FromHex(QString::fromLatin1(bytes::toHex(data->mid(i * WordHex / 2, WordHex / 2))))));
    return all;
}

/// What a refusal's `error` says: of the contract, or of the node.
Error refusalOf(const Json &error, const QString &what)
{
    const QString said = visibleText(error.value(QStringLiteral("message")).toString().left(MaxReason));
    // Nodes have no common number for it; 3 is geth's.
    const bool reverted = error.value(QStringLiteral("code")).toInt64() == 3 || said.contains(QLatin1String("revert"), Qt::CaseInsensitive);
    if (reverted)
        return Error(Error::Kind::Payment, QStringLiteral("The contract refused %1: %2").arg(what, said))
            .withAdvice(QStringLiteral("Check the contracts' addresses: they are those of one chain."));
    return Error(Error::Kind::Rpc, QStringLiteral("The chain's node did not answer %1: %2").arg(what, said.isEmpty() ? QStringLiteral("no reason given.") : said))
        .withAdvice(QStringLiteral("Try again, or use another node."));
}

} // namespace

ChainAccess::ChainAccess()
    : ticketBroker(orThrow(Address::fromHex(QStringLiteral("0xa8bB618B1520E284046F3dFc448851A1Ff26e41B"))))
    , roundsManager(orThrow(Address::fromHex(QStringLiteral("0xdd6f56DcC28D3F5f27084381fE8Df634985cc39f"))))
{
}

QByteArray accountQuestion(const ChainAccess &chain, const Address &account)
{
    const QByteArray sender = abi::call("getSenderInfo(address)", abi::Tuple{{abi::Value(account)}});
    const QByteArray round = abi::call("currentRound()", abi::Tuple{});
    const Json latest(QStringLiteral("latest"));
    return Json::array({ask(ChainId, QStringLiteral("eth_chainId"), {}), ask(SenderInfo, QStringLiteral("eth_call"), {callOf(chain.ticketBroker, sender), latest}),
                           ask(CurrentRound, QStringLiteral("eth_call"), {callOf(chain.roundsManager, round), latest})})
        .dump();
}

Expected<ChainAccount> parseAccount(QByteArrayView body, const ChainAccess &chain)
{
    if (body.size() > MaxChainAnswerBytes)
        return refuse(Error::Kind::TooLarge, QStringLiteral("The chain's node answered %1 bytes; at most %2 are read.").arg(body.size()).arg(MaxChainAnswerBytes));
    const auto json = Json::parse(body, {MaxChainAnswerBytes, MaxDepth});
    if (json && json->isObject() && json->contains(QStringLiteral("error")))
        return unexpected(refusalOf(json->value(QStringLiteral("error")), QStringLiteral("the batch")));
    if (!json || !json->isArray())
        return refuse(Error::Kind::Protocol, QStringLiteral("The chain's node answered no JSON-RPC batch."), QStringLiteral("Check its address."));
    std::array<Json, 4> results;
    const std::array<QString, 4> names{QString(), QStringLiteral("the chain's id"), QStringLiteral("the account"), QStringLiteral("the current round")};
    std::array<std::optional<Json>, 4> errors;
    for (const Json &one : json->items()) {
        const qint64 id = one.value(QStringLiteral("id")).toInt64().value_or(0);
        if (id < ChainId || id > CurrentRound)
            continue;
        results[std::size_t(id)] = one.value(QStringLiteral("result"));
        if (const Json error = one.value(QStringLiteral("error")); error.isObject())
            errors[std::size_t(id)] = error;
    }
    // Of another chain, what it says of accounts means nothing.
    if (errors[ChainId])
        return unexpected(refusalOf(*errors[ChainId], names[ChainId]));
    bool isNumber = false;
    const QString told = results[ChainId].toString();
    const quint64 found = told.startsWith(QLatin1String("0x")) ? told.mid(2).toULongLong(&isNumber, 16) : 0;
    if (!isNumber)
        return refuse(Error::Kind::Protocol, QStringLiteral("The chain's node names no chain."), QStringLiteral("Check its address."));
    if (found != chain.chainId)
        return refuse(Error::Kind::Config, QStringLiteral("The node is of the chain %1, not of %2.").arg(found).arg(chain.chainId),
            QStringLiteral("Use a node of that chain; Livepeer's payments are on Arbitrum One (42161)."));
    for (const Question question : {SenderInfo, CurrentRound}) {
        if (errors[question])
            return unexpected(refusalOf(*errors[question], names[question]));
    }
    const auto sender = words(results[SenderInfo], 4, names[SenderInfo]);
    if (!sender)
        return unexpected(sender.error());
    const auto round = words(results[CurrentRound], 1, names[CurrentRound]);
    if (!round)
        return unexpected(round.error());
    ChainAccount account;
    account.deposit = sender->at(0);
    account.withdrawRound = sender->at(1);
    account.reserve = sender->at(2);
    account.claimedThisRound = sender->at(3);
    account.currentRound = round->first();
    return account;
}

QCoro::Task<ChainAccount> readAccount(HttpClient *http, ChainAccess chain, Address account, CallContext context)
{
    HttpRequest request;
    request.method = "POST";
    request.url = chain.node;
    request.headers = headers::contentType("application/json");
    request.body = accountQuestion(chain, account);
    request.trust = TlsTrust::policyFor(chain.node);
    request.maxBodyBytes = MaxChainAnswerBytes;
    const HttpResponse response = co_await http->send(request, context.within(Patience));
    auto read = parseAccount(response.body, chain);
    if (response.status != 200 && (!read || response.status >= 300))
        throw Error(Error::Kind::Http, QStringLiteral("The chain's node answered %1.").arg(response.status))
            .withAdvice(QStringLiteral("Check its address, and whether it wants a key in it.")).withRequest("POST", chain.node).withHttp(response.status, response.body);
    if (!read)
        throw Error(read.error()).withRequest("POST", chain.node);
    co_return *read;
}

} // namespace sluice::livepeer
