// The contract as bytes: selectors, calls, answers, errors, events, and signed transactions. Pure.
#include "ledger_fixture.h"
#include "sluice/base/bytes.h"
#include "sluice/crypto/abi.h"
#include "sluice/zerog/abi.h"
#include "sluice/zerog/chain_settlement_p.h"
#include "sluice/zerog/contract_abi.h"
#include "sluice/zerog/ethereum_tx.h"
#include "sluice/zerog/json_rpc.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::zerog;
using namespace sluice::zerog::test;

namespace {

QByteArray hex(const QByteArray &text)
{
    return orThrow(bytes::fromHex(text));
}

QByteArray word(quint64 number)
{
    return toBytes32(U256(number));
}

QByteArray padded(const QByteArray &text)
{
    return word(quint64(text.size())) + text + QByteArray((32 - text.size() % 32) % 32, '\0');
}

const Address one(Address::Bytes{1});

/// A service as the contract returns it.
QByteArray encodedService()
{
    const QByteArray name = padded("llama7b");
    const QByteArray type = padded("chatbot");
    return toBytes32(*fromMinimalBytes(one.bytes())) + word(7 * 32) + word(7 * 32 + quint64(name.size())) + word(7 * 32 + quint64(name.size() + type.size())) + word(1) + word(2) + word(1724308732) + name
        + type + padded("http://127.0.0.1:3080");
}

QByteArray encodedAccount()
{
    return toBytes32(*fromMinimalBytes(one.bytes())) + word(2) + word(7) + word(100) + word(30) + word(6 * 32) + word(1) + word(0) + word(30) + word(1724308732) + word(0);
}

} // namespace

class TstZerogAbi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void selectors_are_the_pages_data();
    void selectors_are_the_pages();
    void events_have_the_pages_topics();
    void nested_calls_are_encoded_as_solidity_does();
    void accounts_and_services_are_read();
    void what_does_not_fit_is_refused_data();
    void what_does_not_fit_is_refused();
    void settlements_are_cut_in_order_and_whole();
    void cut_answers_are_refused();
    void reverts_are_the_contracts_errors_data();
    void reverts_are_the_contracts_errors();
    void logs_are_events();
    void a_legacy_transaction_is_that_of_eip_155();
    void a_typed_transaction_is_signed_over_its_own_bytes();
    void nodes_answers_are_read();
};

void TstZerogAbi::selectors_are_the_pages_data()
{
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<QByteArray>("selector");
    const auto row = [](const char *name, const QByteArray &call, const char *selector) { QTest::newRow(name) << call << QByteArray(selector); };
    row("depositFund", contract::depositFund(one), "e12d4a52");
    row("requestRefund", contract::requestRefund(one, 1), "99652de7");
    row("processRefund", contract::processRefund(one, {1}), "4da824a8");
    row("addOrUpdateService", contract::addOrUpdateService(Service()), "8fc6137f");
    row("removeService", contract::removeService(QStringLiteral("a")), "f51acaea");
    row("settleFees", contract::settleFees({}), "a7bcdc1a");
    row("getAccount", contract::getAccount(one, one), "fd590847");
    row("getAllAccounts", contract::getAllAccounts(), "08e93d0a");
    row("getService", contract::getService(one, QStringLiteral("a")), "0e61d158");
    row("getAllServices", contract::getAllServices(), "21fe0f30");
    row("lockTime", contract::lockTime(), "0d668087");
    row("verify", contract::verify(Request()), "27fe0667");
    row("updateLockTime", contract::updateLockTime(1), "fbfa4e11");
    row("initialize", contract::initialize(1, one), "da35a26f");
}

void TstZerogAbi::selectors_are_the_pages()
{
    QFETCH(QByteArray, call);
    QFETCH(QByteArray, selector);
    QCOMPARE(call.first(4).toHex(), selector);
    QCOMPARE(call.size() % 32, qsizetype(4));
}

void TstZerogAbi::events_have_the_pages_topics()
{
    const char *topics[] = {"0x526824944047da5b81071fb6349412005c5da81380b336103fbe5dd34556c776", "0x54377dfdebf06f6df53fbda737d2dcd7e141f95bbfb0c1223437e856b9de3ac3",
        "0x94376bc43eccf328887f2c0be933981fa050c51e141f7ff777a35c4b702e178b", "0x68026479739e3662c0651578523384b94455e79bfb701ce111a3164591ceba73"};
    QCOMPARE(contract::eventTopics().size(), 4);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(contract::eventTopics().at(i).toHex(), QString::fromLatin1(topics[i]));
}

void TstZerogAbi::nested_calls_are_encoded_as_solidity_does()
{
    Request request;
    request.user = one;
    request.nonce = 2;
    request.serviceName = QStringLiteral("a");
    request.inputCount = 5;
    request.signature = QByteArray(65, 's');
    request.createdAt = 9;
    const QByteArray call = contract::settleFees({RequestTrace({request})});
    // [traces] -> one trace -> its tuple -> [requests] -> one request -> its tuple with two dynamic members.
    const QByteArray signature = padded(request.signature);
    const QByteArray expected = hex("a7bcdc1a") + word(32) + word(1) + word(32) + word(32) + word(1) + word(32) + toBytes32(*fromMinimalBytes(one.bytes())) + word(2) + word(7 * 32) + word(5) + word(0)
        + word(7 * 32 + 64) + word(9) + padded("a") + signature;
    QCOMPARE(call.toHex(), expected.toHex());
    QCOMPARE(contract::processRefund(one, {3, 4}).toHex(), QByteArray(hex("4da824a8") + toBytes32(*fromMinimalBytes(one.bytes())) + word(64) + word(2) + word(3) + word(4)).toHex());
}

void TstZerogAbi::accounts_and_services_are_read()
{
    const Service service = orThrow(contract::serviceFrom(word(32) + encodedService()));
    QCOMPARE(service.provider, one);
    QCOMPARE(service.name, QStringLiteral("llama7b"));
    QCOMPARE(service.url, QStringLiteral("http://127.0.0.1:3080"));
    QCOMPARE(service.outputPrice, U256(2));
    QCOMPARE(service.updatedAt, qint64(1724308732));
    const auto services = orThrow(contract::servicesFrom(word(32) + word(2) + word(64) + word(64) + encodedService()));
    QCOMPARE(services, (QList<Service>{service, service}));
    const Account account = orThrow(contract::accountFrom(word(32) + encodedAccount()));
    QCOMPARE(account.nonce, U256(7));
    QCOMPARE(account.refunds.size(), 1);
    QCOMPARE(account.refunds.first().amount, U256(30));
    QCOMPARE(orThrow(contract::accountsFrom(word(32) + word(1) + word(32) + encodedAccount())), QList<Account>{account});
    QVERIFY(orThrow(contract::accountsFrom(word(32) + word(0))).isEmpty());
    QCOMPARE(orThrow(contract::secondsFrom(word(86400))), qint64(86400));
}

void TstZerogAbi::what_does_not_fit_is_refused_data()
{
    QTest::addColumn<QByteArray>("returned");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("an offset beyond the end") << toBytes32(maxU256()) + encodedService();
    QTest::newRow("an offset at the end") << word(32 + quint64(encodedService().size())) + encodedService();
    QTest::newRow("a length beyond the end") << word(32) + encodedService().replace(7 * 32, 32, word(100000));
    QTest::newRow("a length of 2^256-1") << word(32) + encodedService().replace(7 * 32, 32, toBytes32(maxU256()));
    QTest::newRow("an address of 32 bytes") << word(32) + encodedService().replace(0, 32, toBytes32(maxU256()));
    QTest::newRow("a time of 2^64") << word(32) + encodedService().replace(6 * 32, 32, toBytes32(U256(1) << 64));
    QTest::newRow("a name that is no UTF-8") << word(32) + encodedService().replace(8 * 32, 1, "\xff");
}

void TstZerogAbi::what_does_not_fit_is_refused()
{
    QFETCH(QByteArray, returned);
    const auto read = contract::serviceFrom(returned);
    QVERIFY(!read);
    QCOMPARE(read.error().kind(), Error::Kind::Rpc);
    // As a list it is hostile as well: a count that would take all memory.
    QVERIFY(!contract::servicesFrom(word(32) + toBytes32(maxU256())));
    QVERIFY(!contract::accountsFrom(word(32) + word(1'000'000) + word(0)));
    // Or a thousand items that are all the same bytes, of which some thousand would be gigabytes.
    constexpr int copies = 1000;
    QByteArray shared = word(32) + word(copies);
    for (int i = 0; i < copies; ++i)
        shared += word(32 * copies);
    const QString longName(100'000, QLatin1Char('x'));
    shared += sluice::abi::encode(sluice::abi::Tuple{{one, longName, QStringLiteral("chatbot"), QString(), U256(1), U256(2), U256(1724308732)}});
    const auto copied = contract::servicesFrom(shared);
    QVERIFY(!copied);
    QCOMPARE(copied.error().kind(), Error::Kind::Rpc);
}

void TstZerogAbi::settlements_are_cut_in_order_and_whole()
{
    const auto traceOf = [](quint64 from, qsizetype count) {
        RequestTrace trace;
        for (qsizetype i = 0; i < count; ++i) {
            Request request;
            request.serviceName = QStringLiteral("llama7b");
            request.signature = QByteArray(65, 's');
            request.nonce = U256(from + quint64(i));
            trace.requests.append(request);
        }
        return trace;
    };
    const QList<RequestTrace> traces{traceOf(100, 7), traceOf(200, 1), RequestTrace(), traceOf(300, 12)};
    const auto noncesOf = [&](const QList<zerog::detail::SettlementPart> &parts) {
        QList<U256> nonces;
        for (const zerog::detail::SettlementPart &part : parts) {
            for (const RequestTrace &trace : part.of(traces)) {
                for (const Request &request : trace.requests)
                    nonces.append(request.nonce);
            }
        }
        return nonces;
    };
    const QList<U256> all = noncesOf(zerog::detail::settlementParts(traces, 1000, 1'000'000));
    QCOMPARE(all.size(), 20);
    QCOMPARE(zerog::detail::settlementParts(traces, 1000, 1'000'000).size(), 1);
    for (const qsizetype most : {1, 3, 7, 19}) {
        const auto parts = zerog::detail::settlementParts(traces, most, 1'000'000);
        QCOMPARE(noncesOf(parts), all);
        for (const auto &part : parts)
            QVERIFY(part.requests() <= most);
    }
    for (const qsizetype bytes : {1, 2000, 5000}) {
        const auto parts = zerog::detail::settlementParts(traces, 1000, bytes);
        QCOMPARE(noncesOf(parts), all);
        for (const auto &part : parts)
            QVERIFY(part.requests() == 1 || contract::settleFees(part.of(traces)).size() <= bytes + 200);
    }
    // An empty trace is kept, for the contract to refuse.
    qsizetype empty = 0;
    for (const auto &part : zerog::detail::settlementParts(traces, 3, 1'000'000)) {
        for (const RequestTrace &trace : part.of(traces))
            empty += trace.requests.isEmpty() ? 1 : 0;
    }
    QCOMPARE(empty, 1);
    const auto [first, second] = zerog::detail::settlementParts(traces, 1000, 1'000'000).first().halves();
    QCOMPARE(noncesOf({first, second}), all);
    QCOMPARE(first.requests(), 10);
    // What the contract counts from the beginning of a part is told as the trace has it.
    const auto parts = zerog::detail::settlementParts({traceOf(1, 9)}, 4, 1'000'000);
    QCOMPARE(parts.at(2).inTrace(Refusal::ofNumbers(Refusal::Kind::InvalidRequest, {U256(0)})).toText(), QStringLiteral("InvalidRequest(8)"));
    QCOMPARE(parts.at(2).inTrace(Refusal(Refusal::Kind::EmptyRequestTrace)).toText(), QStringLiteral("EmptyRequestTrace()"));
    QCOMPARE(zerog::detail::settlementParts({}, 4, 1000).size(), 1);
}

void TstZerogAbi::cut_answers_are_refused()
{
    const QByteArray service = word(32) + encodedService();
    for (qsizetype cut = 0; cut < service.size() - 11; cut += 7) // the last bytes are padding
        QVERIFY2(!contract::serviceFrom(service.first(cut)), qPrintable(QString::number(cut)));
    const QByteArray account = word(32) + encodedAccount();
    for (qsizetype cut = 0; cut < account.size(); ++cut)
        QVERIFY2(!contract::accountFrom(account.first(cut)), qPrintable(QString::number(cut)));
}

void TstZerogAbi::reverts_are_the_contracts_errors_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("text");
    const QByteArray pair = toBytes32(*fromMinimalBytes(one.bytes())) + word(2);
    const QString both = one.toChecksum() + QStringLiteral(",0x0000000000000000000000000000000000000002");
    const auto row = [](const char *selector, const QByteArray &arguments, const QString &text) { QTest::newRow(selector) << hex(selector) + arguments << text; };
    row("7e01ed7f", pair, QStringLiteral("AccountNotexists(%1)").arg(both));
    row("52a16ee8", pair, QStringLiteral("InsufficientBalance(%1)").arg(both));
    row("ec43c7ee", pair + word(7), QStringLiteral("RefundInvalid(%1,7)").arg(both));
    row("3cf6bf41", pair + word(7), QStringLiteral("RefundProcessed(%1,7)").arg(both));
    row("bbcf01b8", pair + word(7), QStringLiteral("RefundLocked(%1,7)").arg(both));
    row("edefcd83", toBytes32(*fromMinimalBytes(one.bytes())) + word(64) + padded("llama7b"), QStringLiteral("ServiceNotexist(%1,\"llama7b\")").arg(one.toChecksum()));
    row("e3efdd6f", {}, QStringLiteral("EmptyRequestTrace()"));
    row("298af501", word(0) + word(2) + word(1), QStringLiteral("NonceUsed(0,2,1)"));
    row("a7d8e883", word(3), QStringLiteral("InvalidRequest(3)"));
    row("d22013da", word(0) + word(9) + word(8), QStringLiteral("ServiceUpdatedBeforeSettle(0,9,8)"));
    row("5a1c82ef", word(9) + word(8), QStringLiteral("InsufficientBalanceWhenSettle(9,8)"));
    row("e1f87196", word(9) + word(8), QStringLiteral("InsufficientBalanceInPendingRefund(9,8)"));
    row("4e487b71", word(0x11), QStringLiteral("Panic(17)"));
    row("08c379a0", word(32) + padded("Ownable: caller is not the owner"), QStringLiteral("Ownable: caller is not the owner"));
    QTest::newRow("other words") << hex("08c379a0") + word(32) + padded("no") << QStringLiteral("Reverted(\"no\")");
    QTest::newRow("cut") << hex("298af501") + word(0) << QStringLiteral("Reverted(\"0x298af501%1\")").arg(QString(64, QLatin1Char('0')));
    QTest::newRow("unknown") << hex("12345678") << QStringLiteral("Reverted(\"0x12345678\")");
    QTest::newRow("nothing") << QByteArray() << QStringLiteral("Reverted(\"0x\")");
}

void TstZerogAbi::reverts_are_the_contracts_errors()
{
    QFETCH(QByteArray, data);
    QFETCH(QString, text);
    QCOMPARE(contract::refusalFrom(data).toText(), text);
}

void TstZerogAbi::logs_are_events()
{
    const Hash32 user = *Hash32::fromBytes(toBytes32(*fromMinimalBytes(one.bytes())));
    const Hash32 two = *Hash32::fromBytes(word(2));
    const auto event = contract::eventFrom({contract::eventTopics().at(1), user, two, two}, word(77), 5);
    const auto asked = std::get<RefundRequested>((*event)->what);
    QCOMPARE(asked.index, quint64(2));
    QCOMPARE(asked.timestamp, qint64(77));
    QCOMPARE((*event)->block, quint64(5));
    const auto changed = contract::eventFrom({contract::eventTopics().at(2), user, two}, word(5 * 32) + word(7 * 32) + word(1) + word(2) + word(9) + padded("chatbot") + padded("http://x"), 5);
    QCOMPARE(std::get<ServiceUpdated>((*changed)->what).service.url, QStringLiteral("http://x"));
    QVERIFY(!*contract::eventFrom({two}, {}, 5)); // another contract's
    QVERIFY(!contract::eventFrom({contract::eventTopics().at(0), user}, {}, 5));
    QVERIFY(!contract::eventFrom({contract::eventTopics().at(0), user, two}, word(1), 5));
}

void TstZerogAbi::a_legacy_transaction_is_that_of_eip_155()
{
    Transaction transaction;
    transaction.chainId = 1;
    transaction.nonce = 9;
    transaction.gasPrice = U256("20000000000");
    transaction.gasLimit = 21000;
    transaction.to = orThrow(Address::fromHex(u"0x3535353535353535353535353535353535353535"));
    transaction.value = U256("1000000000000000000");
    const PrivateKey key = orThrow(PrivateKey::fromBytes(QByteArray(32, '\x46')));
    QCOMPARE(signTransaction(transaction, key).toHex(),
        QByteArray("f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
                   "a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83"));
    QCOMPARE(rlpBytes("dog").toHex(), QByteArray("83646f67"));
    QCOMPARE(rlpBytes({}).toHex(), QByteArray("80"));
    QCOMPARE(rlpNumber(0).toHex(), QByteArray("80"));
    QCOMPARE(rlpNumber(15).toHex(), QByteArray("0f"));
    QCOMPARE(rlpNumber(1024).toHex(), QByteArray("820400"));
    QCOMPARE(rlpBytes(QByteArray(56, 'x')).first(2).toHex(), QByteArray("b838"));
    QCOMPARE(rlpList({rlpBytes("cat"), rlpBytes("dog")}).toHex(), QByteArray("c88363617483646f67"));
    QCOMPARE(rlpList({}).toHex(), QByteArray("c0"));
}

void TstZerogAbi::a_typed_transaction_is_signed_over_its_own_bytes()
{
    Transaction transaction;
    transaction.chainId = 16600;
    transaction.nonce = 3;
    transaction.gasPrice = 100;
    transaction.priorityFee = U256(7);
    transaction.gasLimit = 50000;
    transaction.to = one;
    transaction.data = "data";
    const QByteArray raw = signTransaction(transaction, key(1));
    QCOMPARE(raw[0], '\x02');
    // What was signed is the list without the last three fields.
    const QList<QByteArray> fields{rlpNumber(16600), rlpNumber(3), rlpNumber(7), rlpNumber(100), rlpNumber(50000), rlpBytes(one.bytes()), rlpNumber(0), rlpBytes("data"), rlpList({})};
    const Signature signature = key(1).sign(keccak256('\x02' + rlpList(fields)));
    const QByteArrayView all = signature.bytes();
    QCOMPARE(raw.toHex(),
        QByteArray('\x02' + rlpList(fields + QList<QByteArray>{rlpNumber(unsigned(all[64]) - 27), rlpNumber(*fromMinimalBytes(all.first(32))), rlpNumber(*fromMinimalBytes(all.sliced(32, 32)))})).toHex());
}

void TstZerogAbi::nodes_answers_are_read()
{
    QCOMPARE(rpcRequest(7, QStringLiteral("eth_chainId"), {}), QByteArray(R"({"jsonrpc":"2.0","id":7,"method":"eth_chainId","params":[]})"));
    QCOMPARE(rpcAnswer(R"({"jsonrpc":"2.0","id":7,"result":"0x1"})", 7)->result, std::optional(Json("0x1")));
    QVERIFY(rpcAnswer(R"({"id":7,"result":null})", 7)->result.has_value());
    QVERIFY(!rpcAnswer(R"({"id":8,"result":"0x1"})", 7));
    QVERIFY(!rpcAnswer(R"({"id":7})", 7));
    QVERIFY(!rpcAnswer("<html>", 7));
    // Where nodes put the data of a revert.
    for (const char *data : {R"("0x298af501")", R"({"data":"0x298af501"})", R"({"result":"0x298af501","hash":"0x12"})", R"({"0xaa":{"return":"0x298af501"},"stack":"x"})"}) {
        const auto answer = rpcAnswer(QByteArray(R"({"id":1,"error":{"code":3,"message":"execution reverted","data":)") + data + "}}", 1);
        QCOMPARE(answer->revertData, std::optional(hex("298af501")));
        QCOMPARE(answer->code, qint64(3));
    }
    QVERIFY(!rpcAnswer(R"({"id":1,"error":{"code":-32000,"message":"insufficient funds"}})", 1)->revertData);
    QCOMPARE(orThrow(quantity(Json("0x1a"), QStringLiteral("x"))), U256(26));
    for (const Json &bad : {Json(26), Json("26"), Json("0x"), Json("0xg"), Json(nullptr), Json(QStringLiteral("0x") + QString(65, QLatin1Char('1')))})
        QVERIFY(!quantity(bad, QStringLiteral("x")));
    QVERIFY(!rpcData(Json("0x123"), QStringLiteral("x")));
    QCOMPARE(orThrow(rpcData(Json("0x"), QStringLiteral("x"))), QByteArray());
}

QTEST_GUILESS_MAIN(TstZerogAbi)
#include "tst_zerog_abi.moc"
