// 0G's network of today, read from its contracts: on a real EVM (a development chain, started by tests/integration/zerog_chain.py) with
// tests/peers/zerog/Network.sol, and from nodes that lie.
#include "development_chain.h"
#include "ledger_fixture.h"
#include "scripted_node.h"
#include "sluice/backend/backend_services.h"
#include "sluice/backend/user_data.h"
#include "sluice/base/bytes.h"
#include "sluice/crypto/abi.h"
#include "sluice/net/http_client.h"
#include "sluice/net/pin_store.h"
#include "sluice/zerog/backend.h"
#include "sluice/zerog/network_abi.h"
#include "sluice/zerog/network_reader.h"

#include <QtNetwork/QTcpServer>

#include <functional>

using namespace sluice;
using namespace sluice::zerog;
using namespace sluice::zerog::test;
namespace encoding = sluice::abi;
using encoding::Array;
using encoding::Tuple;
using encoding::Value;

namespace {

constexpr quint64 wholeCoin = 1'000'000'000'000'000'000;
const Address signer(Address::Bytes{7});
const Address user(Address::Bytes{9});
const Address ledgerContract(Address::Bytes{1, 1});
const Address inferenceContract(Address::Bytes{2, 2});

Address providerNumber(quint64 number)
{
    const QByteArray word = toBytes32(U256(number) + (U256(1) << 150));
    return orThrow(Address::fromBytes(word.last(20)));
}

/// A service as the contract returns it.
struct Sold {
    Value provider = providerNumber(1);
    Value type = QStringLiteral("chatbot");
    Value url = QStringLiteral("https://provider.example");
    Value updated = U256(1'724'308'732);
    Value model = QStringLiteral("llama-7b");
    Value acknowledged = U256(1);
    [[nodiscard]] Value value() const
    {
        return Tuple{{provider, type, url, U256(1), U256(2), updated, model, QStringLiteral("TeeML"), QStringLiteral("{}"), signer, acknowledged}};
    }
};

/// An account as the contract returns it.
struct Held {
    Address holder = user;
    Value provider = providerNumber(1);
    U256 balance = 100;
    U256 pending = 30;
    U256 valid = 1;
    [[nodiscard]] Value value() const
    {
        const Value refund = Tuple{{U256(0), U256(30), U256(1'724'308'000), U256(0)}};
        const Value leftover = Tuple{{U256(1), U256(99), U256(1'724'000'000), U256(0)}};
        return Tuple{{holder, provider, U256(0), balance, pending, Array{{refund, leftover}}, QString(), U256(1), valid, U256(0), U256(0)}};
    }
};

QByteArray page(const QList<Value> &items, quint64 total)
{
    return encoding::encode(Tuple{{Array{items}, U256(total)}});
}

QByteArray ledgerOf(const Address &holder, quint64 available, quint64 total)
{
    return encoding::encode(Tuple{{Value(Tuple{{holder, U256(available), U256(total), QString()}})}});
}

const QByteArray firstBlock = R"({"number":"0x10","timestamp":"0x66c6dcfc","hash":"0x)" + QByteArray(64, 'a') + "\"}";
const QByteArray otherBlock = R"({"number":"0x10","timestamp":"0x66c6dcfc","hash":"0x)" + QByteArray(64, 'b') + "\"}";

/// A node with an honest network, until it is told to lie.
class Node final : public ScriptedNode {
public:
    Node()
    {
        set("eth_chainId", "\"0x40d8\"");
        set("eth_getBlockByNumber", firstBlock);
        set("eth_getBalance", "\"0x5\"");
        view("getRecommendedService(string)", encoding::encode(Tuple{{QStringLiteral("v1.0"), inferenceContract}}));
        view("lockTime()", toBytes32(U256(3600)));
        view("getAllServices(uint256,uint256)", page({Sold().value()}, 1));
        view("getLedger(address)", ledgerOf(user, 10, 110));
        view("getAccountsByUser(address,uint256,uint256)", page({Held().value()}, 1));
    }
    /// As many services as anybody asks for, page by page.
    void offerEndlessly()
    {
        const std::scoped_lock lock(m_mutex);
        m_endless = true;
    }

private:
    std::optional<QByteArray> special(const QByteArray &key, const Json &request) override
    {
        if (!m_endless || key != encoding::selector("getAllServices(uint256,uint256)"))
            return std::nullopt;
        const QString data = request.value(QStringLiteral("params")).items().first().value(QStringLiteral("data")).toString();
        const quint64 offset = quint64(orThrow(u256FromHex(data.mid(10, 64))));
        QList<Value> items;
        for (quint64 i = 0; i < 50; ++i) {
            Sold one;
            one.provider = providerNumber(offset + i);
            items.append(one.value());
        }
        return "\"0x" + page(items, quint64(std::numeric_limits<qint64>::max())).toHex() + '"';
    }
    bool m_endless = false;
};

} // namespace

class TstZerogNetwork : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void a_chain_without_a_ledger_for_the_wallet_shows_services_and_its_coins();
    void the_three_pots_are_what_was_put_into_them();
    void an_acknowledgement_of_the_owner_ends_with_another_model_and_not_with_another_price();
    void lists_longer_than_a_page_are_read_whole();
    void a_profile_with_a_chain_shows_it_and_one_without_does_not();
    void an_honest_node_is_believed();
    void what_cannot_be_is_refused_data();
    void what_cannot_be_is_refused();
    void strangers_words_are_cut_and_break_nothing();
    void endless_lists_are_cut_and_said_to_be();
    void a_node_that_does_not_answer_is_left_in_time();
    void secrets_in_a_nodes_address_are_not_told();
    void settings_are_checked_data();
    void settings_are_checked();

private:
    NetworkBook read(const QUrl &url, const Address &ledger, std::optional<Address> wallet)
    {
        NetworkReader::Options options;
        options.url = url;
        options.ledger = ledger;
        NetworkReader reader(m_http, options);
        return await(reader.read(wallet, CallContext()));
    }
    NetworkBook onChain(const Address &wallet) { return read(m_chain.url, m_chain.ledger, wallet); }
    NetworkBook from(const Node &node) { return read(node.url, ledgerContract, user); }
    void offer(int key, const QString &model, quint64 input)
    {
        const Tuple params{{QStringLiteral("chatbot"), QStringLiteral("https://p%1.example").arg(key), model, QStringLiteral("TeeML"), U256(input), U256(2), QStringLiteral("{}"), signer}};
        QCOMPARE(m_chain.send(key, m_chain.inference, encoding::call("addOrUpdateService((string,string,string,string,uint256,uint256,string,address))", Tuple{{params}})), QByteArray("sent"));
    }
    void fromLedger(int key, const QByteArray &signature, const Tuple &arguments, const U256 &value = 0)
    {
        QCOMPARE(m_chain.send(key, m_chain.ledger, encoding::call(signature, arguments), value), QByteArray("sent"));
    }

    DevelopmentChain m_chain;
    MemoryPinStore m_pins;
    TlsTrust m_trust{m_pins};
    HttpClient m_http{m_trust};
};

#define NEEDS_CHAIN \
    if (!DevelopmentChain::isThere()) \
        QSKIP("Needs a development chain: run through tests/integration/zerog_chain.py.")

void TstZerogNetwork::initTestCase()
{
    if (!DevelopmentChain::isThere())
        return;
    QVERIFY(m_chain.start());
    fromLedger(0, "registerService(string,string,address)", Tuple{{QStringLiteral("inference"), QStringLiteral("v1.0"), m_chain.inference}});
}

void TstZerogNetwork::a_chain_without_a_ledger_for_the_wallet_shows_services_and_its_coins()
{
    NEEDS_CHAIN;
    const Address wallet = m_chain.keys.at(2).address();
    QVERIFY(onChain(wallet).services.isEmpty());
    offer(1, QStringLiteral("llama-7b"), 1);
    const NetworkBook book = onChain(wallet);
    QCOMPARE(book.chainId, QStringLiteral("16600"));
    QVERIFY(book.chain.isEmpty()); // a development chain is not 0G's
    QCOMPARE(book.serviceName, QStringLiteral("inference-v1.0"));
    QCOMPARE(book.serviceContract, m_chain.inference.toChecksum());
    QCOMPARE(book.lockSeconds, qint64(3600));
    QVERIFY(!book.hasLedger && book.accounts.isEmpty());
    QCOMPARE(book.wallet, QStringLiteral("1000000000000000000000"));
    QCOMPARE(book.services.size(), 1);
    const NetworkService service = book.services.first();
    QCOMPARE(service.provider, m_chain.keys.at(1).address().toChecksum());
    QCOMPARE(service.model, QStringLiteral("llama-7b"));
    QCOMPARE(service.inputPrice, QStringLiteral("1"));
    QCOMPARE(service.outputPrice, QStringLiteral("2"));
    QCOMPARE(service.signer, signer.toChecksum());
    QCOMPARE(service.updatedAt, book.at);
    QCOMPARE(service.acknowledgement(), Acknowledgement::ByNeither);
}

void TstZerogNetwork::the_three_pots_are_what_was_put_into_them()
{
    NEEDS_CHAIN;
    const Address wallet = m_chain.keys.at(2).address();
    const Address provider = m_chain.keys.at(1).address();
    const Wei before = orThrow(weiFromDecimal(onChain(wallet).wallet));
    fromLedger(2, "addLedger(string)", Tuple{{QString()}}, U256(wholeCoin) * 4);
    fromLedger(2, "transferFund(address,string,uint256)", Tuple{{provider, QStringLiteral("inference-v1.0"), U256(wholeCoin)}});
    NetworkBook book = onChain(wallet);
    QVERIFY(book.hasLedger);
    QCOMPARE(book.ledgerTotal, toDecimal(U256(wholeCoin) * 4));
    QCOMPARE(book.ledgerAvailable, toDecimal(U256(wholeCoin) * 3));
    QCOMPARE(book.accounts.size(), 1);
    QCOMPARE(book.accounts.first().provider, provider.toChecksum());
    QCOMPARE(book.accounts.first().balance, toDecimal(U256(wholeCoin)));
    QVERIFY(book.accounts.first().refunds.isEmpty() && !book.accounts.first().acknowledged);
    // The wallet paid what the ledger got, and gas.
    const Wei paid = before - orThrow(weiFromDecimal(book.wallet));
    QVERIFY(paid > Wei(wholeCoin) * 4 && paid < Wei(wholeCoin) * 5);
    // Back again: asked for, then due after the lock time, then in the ledger.
    const Tuple back{{Array{{provider}}, QStringLiteral("inference-v1.0")}};
    fromLedger(2, "retrieveFund(address[],string)", back);
    book = onChain(wallet);
    QCOMPARE(book.accounts.first().pendingRefund, toDecimal(U256(wholeCoin)));
    QCOMPARE(book.accounts.first().refunds.size(), 1);
    QCOMPARE(book.accounts.first().refunds.first().askedAt.secsTo(book.accounts.first().refunds.first().dueAt), qint64(3600));
    QCOMPARE(m_chain.pass(3601), QByteArray("passed"));
    fromLedger(2, "retrieveFund(address[],string)", back);
    book = onChain(wallet);
    QCOMPARE(book.ledgerAvailable, toDecimal(U256(wholeCoin) * 4));
    QCOMPARE(book.accounts.first().balance, QStringLiteral("0"));
    // The contract keeps the place of a paid refund: it is none.
    QVERIFY(book.accounts.first().refunds.isEmpty());
}

void TstZerogNetwork::an_acknowledgement_of_the_owner_ends_with_another_model_and_not_with_another_price()
{
    NEEDS_CHAIN;
    const Address wallet = m_chain.keys.at(2).address();
    const Address provider = m_chain.keys.at(1).address();
    const auto standing = [&] { return onChain(wallet).services.first().acknowledgement(); };
    QCOMPARE(m_chain.send(2, m_chain.inference, encoding::call("acknowledgeTEESigner(address,bool)", Tuple{{provider, U256(1)}})), QByteArray("sent"));
    QCOMPARE(standing(), Acknowledgement::ByUserOnly);
    QCOMPARE(m_chain.send(0, m_chain.inference, encoding::call("acknowledgeTEESignerByOwner(address)", Tuple{{provider}})), QByteArray("sent"));
    QCOMPARE(standing(), Acknowledgement::ByBoth);
    offer(1, QStringLiteral("llama-7b"), 5);
    QCOMPARE(standing(), Acknowledgement::ByBoth);
    QCOMPARE(onChain(wallet).services.first().inputPrice, QStringLiteral("5"));
    offer(1, QStringLiteral("llama-70b"), 5);
    QCOMPARE(standing(), Acknowledgement::ByUserOnly);
    QCOMPARE(onChain(m_chain.keys.at(3).address()).services.first().acknowledgement(), Acknowledgement::ByNeither);
    QVERIFY(!toWords(standing()).isEmpty() && toWords(Acknowledgement::ByBoth) != toWords(Acknowledgement::ByUserOnly));
}

void TstZerogNetwork::lists_longer_than_a_page_are_read_whole()
{
    NEEDS_CHAIN;
    // Accounts of one user at 70 providers, who need not be there.
    fromLedger(3, "addLedger(string)", Tuple{{QString()}}, U256(1000));
    for (quint64 i = 0; i < 70; ++i)
        fromLedger(3, "transferFund(address,string,uint256)", Tuple{{providerNumber(i), QStringLiteral("inference-v1.0"), U256(1)}});
    const NetworkBook book = onChain(m_chain.keys.at(3).address());
    QVERIFY(book.isWhole);
    QCOMPARE(book.accounts.size(), 70);
    QCOMPARE(book.accounts.last().provider, providerNumber(69).toChecksum());
    QCOMPARE(book.ledgerAvailable, QStringLiteral("930"));
}

void TstZerogNetwork::a_profile_with_a_chain_shows_it_and_one_without_does_not()
{
    Node node;
    BackendServices services(UserData::inMemory(), CallTiming(), SpendPolicy());
    BackendSettings settings;
    settings.values.insert(QStringLiteral("user_agent"), QStringLiteral("http://127.0.0.1:1"));
    const auto without = backendKind().make(services, settings);
    QVERIFY(!RemoteAccounts::of(*without)->network());
    settings.values.insert(QStringLiteral("chain_url"), node.url.toString());
    settings.values.insert(QStringLiteral("chain_ledger"), ledgerContract.toChecksum());
    // Its user agent is not there: services are shown, and why the money is not.
    const auto with = backendKind().make(services, settings);
    NetworkBook book = await(RemoteAccounts::of(*with)->network()->read(CallContext()));
    QCOMPARE(book.services.size(), 1);
    QVERIFY(book.owner.isEmpty() && !book.ownerFault.isEmpty());
    settings.values.insert(QStringLiteral("wallet"), user.toChecksum());
    const auto watched = backendKind().make(services, settings);
    book = await(RemoteAccounts::of(*watched)->network()->read(CallContext()));
    QCOMPARE(book.owner, user.toChecksum());
    QVERIFY(book.ownerFault.isEmpty());
    QCOMPARE(book.ledgerTotal, QStringLiteral("110"));
}

void TstZerogNetwork::an_honest_node_is_believed()
{
    Node node;
    const NetworkBook book = from(node);
    QCOMPARE(book.block, QStringLiteral("16"));
    QCOMPARE(book.wallet, QStringLiteral("5"));
    QCOMPARE(book.services.first().acknowledgement(), Acknowledgement::ByBoth);
    QCOMPARE(book.accounts.first().refunds.size(), 1);
    QCOMPARE(book.accounts.first().refunds.first().amount, QStringLiteral("30"));
    // It is only asked, never told to do something.
    const QList<QByteArray> questions{"eth_chainId", "eth_getBlockByNumber", "eth_call", "eth_getBalance"};
    for (const QByteArray &method : node.asked())
        QVERIFY2(questions.contains(method), method.constData());
    // Chains that are 0G's need no ledger said, others do.
    NetworkReader::Options options;
    options.url = node.url;
    NetworkReader unsaid(m_http, options);
    const auto failed = [&] {
        try {
            await(unsaid.read(user, CallContext()));
        } catch (const Error &error) {
            return error;
        }
        return Error();
    };
    QCOMPARE(failed().kind(), Error::Kind::Config);
    QCOMPARE(failed().field(), QStringLiteral("/chain_ledger"));
    node.set("eth_chainId", "\"0x4115\"");
    const NetworkBook mainnet = await(unsaid.read(user, CallContext()));
    QCOMPARE(mainnet.chain, QStringLiteral("0G mainnet"));
    QCOMPARE(mainnet.ledgerContract, QStringLiteral("0x2dE54c845Cd948B72D2e32e39586fe89607074E3"));
}

using Lie = std::function<void(Node &)>;
Q_DECLARE_METATYPE(Lie)

void TstZerogNetwork::what_cannot_be_is_refused_data()
{
    QTest::addColumn<Lie>("lie");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, Lie lie, const QString &said) { QTest::newRow(name) << lie << said; };
    const QByteArray services = "getAllServices(uint256,uint256)";
    const QByteArray accounts = "getAccountsByUser(address,uint256,uint256)";
    const auto sold = [](auto change) {
        Sold one;
        change(one);
        return page({one.value()}, 1);
    };
    const auto held = [](auto change) {
        Held one;
        change(one);
        return page({one.value()}, 1);
    };
    row("fewer than it says", [=](Node &node) { node.view(services, page({}, 3)); }, QStringLiteral("of 3 items of its services it gives 0"));
    row("more than it says", [=](Node &node) { node.view(services, page({Sold().value()}, 0)); }, QStringLiteral("of 0 items"));
    row("more than were asked for", [=](Node &node) { node.view(services, page(QList<Value>(51, Sold().value()), 51)); }, QStringLiteral("51 items came"));
    row("a provider twice", [=](Node &node) { node.view(services, page({Sold().value(), Sold().value()}, 2)); }, QStringLiteral("comes twice"));
    row("no flag", [=](Node &node) { node.view(services, sold([](Sold &one) { one.acknowledged = U256(2); })); }, QStringLiteral("neither 0 nor 1"));
    row("no address", [=](Node &node) { node.view(services, sold([](Sold &one) { one.provider = U256(1) << 200; })); }, QStringLiteral("more than 20 bytes"));
    row("no time", [=](Node &node) { node.view(services, sold([](Sold &one) { one.updated = U256(1) << 50; })); }, QStringLiteral("a service's time is"));
    row("no time at all", [=](Node &node) { node.view(services, sold([](Sold &one) { one.updated = maxU256(); })); }, QStringLiteral("a service's time is impossible"));
    row("more pending than there is", [=](Node &node) { node.view(accounts, held([](Held &one) { one.pending = 101; })); }, QStringLiteral("more are asked back"));
    row("refunds that are not there", [=](Node &node) { node.view(accounts, held([](Held &one) { one.valid = 3; })); }, QStringLiteral("2 refunds, of which 3 count"));
    row("somebody else's account", [=](Node &node) { node.view(accounts, held([](Held &one) { one.holder = signer; })); }, QStringLiteral("an account of"));
    row("somebody else's ledger", [](Node &node) { node.view("getLedger(address)", ledgerOf(signer, 1, 2)); }, QStringLiteral("the ledger of"));
    row("more free than there is", [](Node &node) { node.view("getLedger(address)", ledgerOf(user, 3, 2)); }, QStringLiteral("more are free"));
    row("an endless lock", [](Node &node) { node.view("lockTime()", toBytes32(U256(1) << 40)); }, QStringLiteral("lock time"));
    row("a block of no time", [](Node &node) { node.set("eth_getBlockByNumber", R"({"number":"0x10","timestamp":"0xffffffffffffffff"})"); }, QStringLiteral("impossible time"));
    row("a block without a hash", [](Node &node) { node.set("eth_getBlockByNumber", R"({"number":"0x10","timestamp":"0x66c6dcfc"})"); }, QStringLiteral("no hash"));
    row("another block in its place", [](Node &node) { node.setInTurn("eth_getBlockByNumber", {firstBlock, otherBlock}); }, QStringLiteral("another block in the place of block 16"));
    row("its block is gone", [](Node &node) { node.setInTurn("eth_getBlockByNumber", {firstBlock, "null"}); }, QStringLiteral("another block in the place of block 16"));
    row("no block", [](Node &node) { node.set("eth_getBlockByNumber", "null"); }, QStringLiteral("block's number"));
    row("no chain", [](Node &node) { node.set("eth_chainId", "7"); }, QStringLiteral("chain id"));
    row("no balance", [](Node &node) { node.set("eth_getBalance", "\"0x" + QByteArray(65, 'f') + '"'); }, QStringLiteral("balance"));
    row("no contract", [=](Node &node) { node.view("getRecommendedService(string)", {}); }, QStringLiteral("There is no contract at"));
    row("half an answer", [=](Node &node) { node.view(services, page({Sold().value()}, 1).first(400)); }, QStringLiteral("cannot be read"));
    row("no data", [=](Node &node) { node.set(encoding::selector(services), "\"0xabc\""); }, QStringLiteral("no data"));
    row("a refusal", [=](Node &node) { node.set(encoding::selector(services), "error:{\"code\":3,\"message\":\"execution reverted\"}"); }, QStringLiteral("does not tell its services: execution reverted"));
    row("a refusal of the ledger", [](Node &node) { node.set(encoding::selector("getLedger(address)"), "error:{\"code\":-32000,\"message\":\"pruned\"}"); }, QStringLiteral("pruned"));
    row("an answer to nothing", [](Node &node) { node.answerWhole(200, R"({"jsonrpc":"2.0","id":99999,"result":"0x1"})"); }, QStringLiteral("another question"));
    row("a page", [](Node &node) { node.answerWhole(200, "<html>"); }, QStringLiteral("no JSON"));
    row("a redirect", [](Node &node) { node.answerWhole(302, ""); }, QStringLiteral("302"));
    row("too much", [](Node &node) { node.answerWhole(200, QByteArray(5 * 1024 * 1024, ' ')); }, QStringLiteral("larger"));
}

void TstZerogNetwork::what_cannot_be_is_refused()
{
    QFETCH(Lie, lie);
    QFETCH(QString, said);
    Node node;
    lie(node);
    try {
        (void)from(node);
    } catch (const Error &error) {
        const bool typed = error.kind() == Error::Kind::Rpc || error.kind() == Error::Kind::Http || error.kind() == Error::Kind::TooLarge;
        QVERIFY2(typed, qPrintable(error.describe()));
        QVERIFY2(error.message().contains(said), qPrintable(error.describe()));
        return;
    }
    QFAIL("it was believed");
}

void TstZerogNetwork::strangers_words_are_cut_and_break_nothing()
{
    Node node;
    Sold odd;
    odd.model = QByteArray("\xff\xfe\x1b[2J") + QByteArray(100'000, 'x');
    odd.url = QString(3000, QChar(0x20ac));
    odd.type = QByteArray();
    Sold other;
    other.provider = providerNumber(2);
    node.view("getAllServices(uint256,uint256)", page({odd.value(), other.value()}, 2));
    const NetworkBook book = from(node);
    QCOMPARE(book.services.size(), 2);
    QCOMPARE(book.services.first().model.size(), 500);
    QVERIFY(book.services.first().model.endsWith(QChar(0x2026)));
    QCOMPARE(book.services.first().url.size(), 500);
    QVERIFY(book.services.first().type.isEmpty());
    QCOMPARE(book.services.last().model, QStringLiteral("llama-7b"));
}

void TstZerogNetwork::endless_lists_are_cut_and_said_to_be()
{
    Node node;
    node.offerEndlessly();
    const NetworkBook book = from(node);
    QVERIFY(!book.isWhole);
    QCOMPARE(book.services.size(), NetworkReader::MaxServices);
    // Beside the pages: the contract, its lock time, the ledger and the accounts.
    QCOMPARE(node.asked().count("eth_call"), 4 + NetworkReader::MaxServices / network::PageSize);
}

void TstZerogNetwork::a_node_that_does_not_answer_is_left_in_time()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    NetworkReader::Options options;
    options.url = QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(silent.serverPort()));
    options.ledger = ledgerContract;
    options.requestTimeout = std::chrono::milliseconds(200);
    NetworkReader reader(m_http, options);
    try {
        await(reader.read(user, CallContext()));
        QFAIL("nobody answered");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Timeout);
    }
}

void TstZerogNetwork::secrets_in_a_nodes_address_are_not_told()
{
    for (const char *address : {"http://127.0.0.1:1/v3/a-secret?key=a-secret"}) {
        try {
            (void)read(QUrl(QLatin1String(address)), ledgerContract, user);
            QFAIL("nobody is there");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), Error::Kind::Network);
            QVERIFY2(!error.describe().contains(QStringLiteral("a-secret")), qPrintable(error.describe()));
        }
    }
}

void TstZerogNetwork::settings_are_checked_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("good");
    QTest::newRow("https") << QStringLiteral("chain_url") << QStringLiteral("https://evmrpc.example") << true;
    QTest::newRow("this machine") << QStringLiteral("chain_url") << QStringLiteral("http://127.0.0.1:8545") << true;
    QTest::newRow("nothing protects it") << QStringLiteral("chain_url") << QStringLiteral("http://evmrpc.example") << false;
    QTest::newRow("no address") << QStringLiteral("chain_url") << QStringLiteral("evmrpc") << false;
    QTest::newRow("a ledger") << QStringLiteral("chain_ledger") << ledgerContract.toChecksum() << true;
    QTest::newRow("no ledger") << QStringLiteral("chain_ledger") << QStringLiteral("0x12") << false;
    QTest::newRow("a wallet") << QStringLiteral("wallet") << user.toLower() << true;
    QTest::newRow("no wallet") << QStringLiteral("wallet") << QStringLiteral("me") << false;
}

void TstZerogNetwork::settings_are_checked()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(bool, good);
    BackendSettings settings;
    settings.values.insert(QStringLiteral("user_agent"), QStringLiteral("http://127.0.0.1:1034"));
    settings.values.insert(key, value);
    const auto checked = backendKind().check(settings, false);
    QCOMPARE(bool(checked), good);
    if (!good) {
        QCOMPARE(checked.error().field(), QLatin1Char('/') + key);
        // A profile that was stored so is told at use.
        settings.values.insert(QStringLiteral("chain_url"), key == QLatin1String("chain_url") ? value : QStringLiteral("http://127.0.0.1:1"));
        BackendServices services(UserData::inMemory(), CallTiming(), SpendPolicy());
        const auto backend = backendKind().make(services, settings);
        try {
            await(RemoteAccounts::of(*backend)->network()->read(CallContext()));
            QFAIL("it was used");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), Error::Kind::Config);
        }
    }
}

QTEST_GUILESS_MAIN(TstZerogNetwork)
#include "tst_zerog_network.moc"
