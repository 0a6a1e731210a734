#include "../ui_test_support.h"

#include "sluice/accounts/account_rows.h"
#include "sluice/accounts/amount_bar.h"
#include "sluice/accounts/cell_table.h"
#include "sluice/accounts/chain_view.h"
#include "sluice/accounts/paying_view.h"
#include "sluice/accounts/selling_view.h"
#include "sluice/widgets/state_view.h"

#include <QtCore/QItemSelectionModel>
#include <QtGui/QClipboard>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace sluice;
using namespace sluice::ui;

namespace {

const AccountMoney Money{QStringLiteral("neuron"), QStringLiteral("A0GI"), 18};
const QString Provider = QStringLiteral("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

AccountCall call(const QString &nonce, const QString &fee, const QString &state = QStringLiteral("done"))
{
    AccountCall made;
    made.provider = Provider;
    made.nonce = nonce;
    made.fee = fee;
    made.state = state;
    return made;
}

AccountBook book()
{
    AccountBook made;
    made.unit = Money.small;
    made.largeUnit = Money.large;
    made.decimals = Money.decimals;
    RemoteAccount account;
    account.provider = Provider;
    account.balance = QStringLiteral("100000000000000022");
    account.pendingRefund = QStringLiteral("22");
    account.settledNonce = QStringLiteral("9");
    made.accounts.append(account);
    return made;
}

} // namespace

/// What the accounts view says of money and calls: exact amounts, and nothing that nobody told.
class TestAccountRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void amountsAreExact_data();
    void amountsAreExact();
    void typedAmountsAreWholeOrRefused_data();
    void typedAmountsAreWholeOrRefused();
    void aSignatureIsSaidToCheckOnlyWhenItDoes();
    void whatIsSettledFollowsTheLedgersNonce();
    void aRefundCountsDownByTheLedgersClock();
    void whatNobodyToldIsNotMadeUp();
    void selectionStaysAtItsRowAndCopiesAreExact();
    void theBarTakesNoMoreThanThereIs();
    void theNetworkOfTodayIsShownAsItsContractsHaveIt();
    void tabGoesThroughTheAccountsAsTheyAreRead();
};

void TestAccountRows::tabGoesThroughTheAccountsAsTheyAreRead()
{
    PayingView paying;
    paying.setBook(book(), {call(QStringLiteral("10"), QStringLiteral("22"))});
    SellingView selling;
    SalesBook sales;
    sales.provider = Provider;
    selling.setBook(sales);
    for (QWidget *view : std::initializer_list<QWidget *>{&paying, &selling}) {
        view->resize(700, 500);
        view->show();
        QTRY_VERIFY(uitest::tabStops(*view).size() >= 3);
        QTRY_COMPARE(uitest::tabFaults(*view).join(QLatin1Char(';')), QString());
    }
    // The buttons move what is selected in the table above them, and stand before the details below.
    const QList<QWidget *> stops = uitest::tabStops(paying);
    const auto placeOf = [&](const auto &is) { return std::find_if(stops.begin(), stops.end(), is) - stops.begin(); };
    const auto table = placeOf([](QWidget *widget) { return widget->objectName() == QLatin1String("providers"); });
    const auto button = placeOf([](QWidget *widget) { return qobject_cast<QPushButton *>(widget) != nullptr; });
    const auto tabs = placeOf([](QWidget *widget) { return widget->inherits("QTabBar"); });
    QVERIFY2(table < button && button < tabs && tabs < stops.size(), qPrintable(QStringLiteral("%1 %2 %3").arg(table).arg(button).arg(tabs)));
}

void TestAccountRows::amountsAreExact_data()
{
    QTest::addColumn<QString>("digits");
    QTest::addColumn<QString>("human");
    QTest::addColumn<QString>("large");
    const auto row = [](const char *digits, const char *human, const char *large) { QTest::newRow(digits) << QString::fromUtf8(digits) << QString::fromUtf8(human) << QString::fromUtf8(large); };
    row("0", "0 A0GI", "0");
    row("1", "1 neuron", "0.000000000000000001");
    row("1000000000000000000", "1 A0GI", "1");
    row("100000000000000000", "0.1 A0GI", "0.1");
    row("99999999999999978", "≈ 0.0999999 A0GI", "0.099999999999999978");
    row("1234567890000000000000001", "≈ 1234567 A0GI", "1234567.890000000000000001");
    row("115792089237316195423570985008687907853269984665640564039457584007913129639935", "≈ 115792089237316195423570985008687907853269984665640564039457 A0GI",
        "115792089237316195423570985008687907853269984665640564039457.584007913129639935");
    row("007", "7 neuron", "0.000000000000000007");
    row("-500000000000000000", "-0.5 A0GI", "-0.5"); // a wallet that nobody funded
}

void TestAccountRows::amountsAreExact()
{
    QFETCH(QString, digits);
    QTEST(account_amount::human(digits, Money), "human");
    QTEST(account_amount::inLarge(digits, Money), "large");
    // Back again it is the same.
    if (digits != QLatin1String("0") && digits != QLatin1String("007") && !digits.startsWith(QLatin1Char('-')))
        QCOMPARE(orThrow(account_amount::parse(account_amount::inLarge(digits, Money), true, Money)), digits);
}

void TestAccountRows::typedAmountsAreWholeOrRefused_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("large");
    QTest::addColumn<QString>("digits"); // empty: refused
    QTest::newRow("large") << QStringLiteral(" 0.5 ") << true << QStringLiteral("500000000000000000");
    QTest::newRow("small") << QStringLiteral("17") << false << QStringLiteral("17");
    QTest::newRow("smallest") << QStringLiteral("0.000000000000000001") << true << QStringLiteral("1");
    QTest::newRow("part of the smallest") << QStringLiteral("0.0000000000000000001") << true << QString();
    QTest::newRow("part of a neuron") << QStringLiteral("1.5") << false << QString();
    QTest::newRow("comma") << QStringLiteral("1,000") << true << QString();
    QTest::newRow("nothing") << QStringLiteral("0") << true << QString();
    QTest::newRow("empty") << QString() << true << QString();
    QTest::newRow("below nothing") << QStringLiteral("-1") << true << QString();
    QTest::newRow("exponent") << QStringLiteral("1e3") << false << QString();
    QTest::newRow("two points") << QStringLiteral("1.2.3") << true << QString();
    QTest::newRow("point at the end") << QStringLiteral("1.") << true << QString();
    QTest::newRow("other digits") << QStringLiteral("١٢") << false << QString();
    QTest::newRow("endless") << QString(200, QLatin1Char('9')) << false << QString();
}

void TestAccountRows::typedAmountsAreWholeOrRefused()
{
    QFETCH(QString, typed);
    QFETCH(bool, large);
    QFETCH(QString, digits);
    const auto parsed = account_amount::parse(typed, large, Money);
    QCOMPARE(parsed ? *parsed : QString(), digits);
    QVERIFY(parsed || !parsed.error().message().isEmpty());
}

void TestAccountRows::aSignatureIsSaidToCheckOnlyWhenItDoes()
{
    AccountCall good = call(QStringLiteral("1"), QStringLiteral("5"));
    good.check = SignatureCheck::Good;
    AccountCall bad = call(QStringLiteral("2"), QStringLiteral("5"));
    bad.check = SignatureCheck::Bad;
    bad.checkProblem = QStringLiteral("somebody else signed");
    const AccountCall unseen = call(QStringLiteral("3"), QStringLiteral("5"));
    const QList<CellRow> rows = account_rows::rowsOfCalls(book(), {good, bad, unseen});
    constexpr int signature = 4;
    QCOMPARE(rows.at(2).cells.at(signature).text, QStringLiteral("checks")); // the latest come first
    QCOMPARE(rows.at(1).cells.at(signature).text, QStringLiteral("does not check"));
    QCOMPARE(rows.at(1).cells.at(signature).hint, bad.checkProblem);
    QCOMPARE(rows.at(0).cells.at(signature).text, QStringLiteral("not checked"));
}

void TestAccountRows::whatIsSettledFollowsTheLedgersNonce()
{
    // Numbers, not texts: 10 is above 9.
    const QList<AccountCall> calls{call(QStringLiteral("8"), QStringLiteral("3")), call(QStringLiteral("9"), QStringLiteral("5")), call(QStringLiteral("10"), QStringLiteral("7")),
        call(QStringLiteral("11"), QStringLiteral("100"), QStringLiteral("failed"))};
    const QList<CellRow> rows = account_rows::rowsOfCalls(book(), calls);
    constexpr int paid = 3;
    QCOMPARE(rows.at(3).cells.at(paid).text, QStringLiteral("settled"));
    QCOMPARE(rows.at(2).cells.at(paid).text, QStringLiteral("settled"));
    QCOMPARE(rows.at(1).cells.at(paid).text, QStringLiteral("not yet"));
    QCOMPARE(rows.at(0).cells.at(paid).text, QStringLiteral("free"));
    const QList<CellRow> providers = account_rows::rowsOfProviders(book(), calls);
    QCOMPARE(providers.size(), 1);
    QCOMPARE(providers.first().cells.at(3).text, QStringLiteral("100000000000000022 neuron"));
    QCOMPARE(providers.first().cells.at(4).copy, QStringLiteral("100000000000000000")); // free
    QCOMPARE(providers.first().cells.at(6).copy, QStringLiteral("7"));
}

void TestAccountRows::aRefundCountsDownByTheLedgersClock()
{
    AccountBook with = book();
    AccountRefund refund;
    refund.amount = QStringLiteral("22");
    refund.askedAt = QDateTime::fromSecsSinceEpoch(1'000'000, Qt::UTC);
    refund.dueAt = refund.askedAt.addSecs(90);
    with.accounts.first().refunds.append(refund);
    const auto left = [&](int passed) { return account_rows::rowsOfRefunds(with, refund.askedAt.addSecs(passed)).first().cells.at(3).text; };
    QCOMPARE(left(0), QStringLiteral("1 min 30 s"));
    QCOMPARE(left(60), QStringLiteral("30 s"));
    QVERIFY(!account_rows::isDue(refund, refund.askedAt.addSecs(89)));
    QVERIFY(account_rows::isDue(refund, refund.askedAt.addSecs(90)));
    QCOMPARE(left(90), QStringLiteral("due now"));
    // A ledger whose clock nobody tells.
    QCOMPARE(account_rows::rowsOfRefunds(with, {}).first().cells.at(3).text, QStringLiteral("not told"));
}

void TestAccountRows::whatNobodyToldIsNotMadeUp()
{
    AccountBook none = book();
    none.accounts.clear();
    SoldService service;
    service.provider = Provider;
    service.name = QStringLiteral("<b>llama7b</b>");
    none.services.append(service);
    const QList<CellRow> rows = account_rows::rowsOfProviders(none, {});
    QCOMPARE(rows.size(), 1); // to open an account at
    QCOMPARE(rows.first().cells.at(2).text, QStringLiteral("no account"));
    for (const int column : {3, 4, 5, 6})
        QCOMPARE(rows.first().cells.at(column).text, QStringLiteral("–"));
    CellTableModel model(account_rows::providers().columns);
    model.setRows(rows);
    QVERIFY(model.index(0, 1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<b>"))); // tooltips are plain text
    AccountCall odd = call(QStringLiteral("1"), QString(), QStringLiteral("sleeping"));
    const QList<CellRow> calls = account_rows::rowsOfCalls(book(), {odd});
    QCOMPARE(calls.first().cells.at(5).text, QStringLiteral("sleeping"));
    QCOMPARE(calls.first().cells.at(2).text, QStringLiteral("–"));
}

void TestAccountRows::selectionStaysAtItsRowAndCopiesAreExact()
{
    const account_rows::Shape shape = account_rows::providers();
    CellTable table(shape.name, shape.columns, shape.ranked);
    const QAbstractItemModelTester tester(&table.cells(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    table.resize(900, 200);
    table.show();
    const auto row = [](const QString &key) { return CellRow{key, QList<Cell>(7, Cell{key, {}, key + QStringLiteral(" exactly"), {}, {}, {}})}; };
    table.setRows({row(QStringLiteral("a")), row(QStringLiteral("b")), row(QStringLiteral("c"))});
    table.select(QStringLiteral("b"));
    table.setRows({row(QStringLiteral("c")), row(QStringLiteral("b")), row(QStringLiteral("d"))});
    QCOMPARE(table.selectedKey(), QStringLiteral("b"));
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("b exactly"));
    table.setRows({});
    QVERIFY(table.selectedKey().isEmpty());
}

void TestAccountRows::theBarTakesNoMoreThanThereIs()
{
    AmountBar bar;
    QSignalSpy chosen(&bar, &AmountBar::chosen);
    bar.ask(QStringLiteral("How much?"), Money, QStringLiteral("1000"));
    QVERIFY(!bar.button().isEnabled());
    bar.unit().setCurrentIndex(1);
    bar.field().setText(QStringLiteral("1001"));
    QVERIFY(!bar.button().isEnabled());
    QVERIFY2(bar.echo().contains(QStringLiteral("1000 neuron")), qPrintable(bar.echo()));
    QTest::keyClick(&bar.field(), Qt::Key_Return);
    QCOMPARE(chosen.size(), 0);
    bar.field().setText(QStringLiteral("1000"));
    QVERIFY2(bar.echo().contains(QStringLiteral("0.000000000000001 A0GI = 1000 neuron")), qPrintable(bar.echo()));
    QTest::keyClick(&bar.field(), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toString(), QStringLiteral("1000"));
    // Asked for again, nothing of the last time is there.
    bar.ask(QStringLiteral("How much?"), Money, {});
    QVERIFY(bar.field().text().isEmpty());
    QCOMPARE(bar.unit().currentIndex(), 0);
}

void TestAccountRows::theNetworkOfTodayIsShownAsItsContractsHaveIt()
{
    ChainView view;
    QCOMPARE(view.states().state(), StateView::State::Loading);
    view.showTrouble(Error(Error::Kind::Network, QStringLiteral("nobody there")));
    QCOMPARE(view.states().state(), StateView::State::Error);
    NetworkBook read;
    read.unit = Money.small;
    read.largeUnit = Money.large;
    read.decimals = Money.decimals;
    read.chainId = QStringLiteral("16661");
    read.block = QStringLiteral("12");
    read.at = QDateTime::fromSecsSinceEpoch(1'000'000, Qt::UTC);
    NetworkService service;
    service.provider = Provider;
    service.model = QStringLiteral("llama");
    service.inputPrice = QStringLiteral("100");
    service.signer = Provider;
    service.ownerAcknowledged = true;
    read.services = {service};
    view.setBook(read);
    QCOMPARE(view.states().state(), StateView::State::Content);
    QCOMPARE(view.services().cells().rowCount(), 1);
    QCOMPARE(view.services().cells().cell(0, 3).text, QStringLiteral("100 neuron"));
    QCOMPARE(view.services().cells().cell(0, 4).text, QStringLiteral("–")); // nobody told
    QCOMPARE(view.services().cells().cell(0, 5).text, toWords(Acknowledgement::ByOwnerOnly));
    QVERIFY2(view.moneyText().startsWith(QStringLiteral("nobody's")), qPrintable(view.moneyText()));
    read.owner = Provider;
    read.wallet = QStringLiteral("7");
    NetworkAccount account;
    account.provider = Provider;
    account.balance = QStringLiteral("1000000000000000001");
    read.accounts = {account};
    view.setBook(read);
    QCOMPARE(view.accounts().cells().cell(0, 2).text, QStringLiteral("1000000000000000001 neuron"));
    QCOMPARE(view.accounts().cells().cell(0, 4).text, QStringLiteral("not by you"));
    QCOMPARE(view.moneyText(), QStringList({Provider, QStringLiteral("7 neuron"), QStringLiteral("0 neuron"), QStringLiteral("0 neuron")}).join(QLatin1Char('\n')));
}

QTEST_MAIN(TestAccountRows)
#include "tst_account_rows.moc"
