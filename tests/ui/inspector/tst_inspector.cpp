#include "../ui_test_support.h"

#include "sluice/base/json.h"
#include "sluice/inspector/inspector.h"
#include "sluice/inspector/ticket_details.h"
#include "sluice/inspector/ticket_model.h"
#include "sluice/inspector/tickets_panel.h"
#include "sluice/inspector/timeline_view.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QTranslator>
#include <QtGui/QClipboard>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTableView>

using namespace sluice;
using namespace sluice::ui;
using namespace std::chrono_literals;

namespace {

TicketView ticket(quint32 nonce, std::optional<bool> won)
{
    TicketView view;
    view.nonce = nonce;
    view.faceValueWei = QStringLiteral("1500000000000000");
    view.expectedValueWei = QStringLiteral("14999999999999/1");
    view.winOdds = QStringLiteral("1 in 100");
    view.winProbability = QStringLiteral("0x028f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f");
    view.recipient = QStringLiteral("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    view.sender = QStringLiteral("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359");
    view.recipientRandHash = QStringLiteral("0x8f3c2fd1b0a94b2e5e02f3a7c1d4e6f8091a2b3c4d5e6f708192a3b4c5d6e7f8");
    view.ticketHash = QStringLiteral("0x") + QString::number(nonce).rightJustified(64, u'a');
    view.signature = QStringLiteral("0x") + QString(130, u'5');
    view.signatureVerified = true;
    view.won = won;
    view.sent = true;
    return view;
}

Payment payment()
{
    Payment paid;
    paid.tickets = {ticket(1, false), ticket(2, true), ticket(3, false), ticket(4, std::nullopt)};
    paid.tickets[3].signatureVerified = false;
    paid.paidWei = QStringLiteral("60000000000000");
    return paid;
}

QList<TraceSpan> spans()
{
    const auto span = [](const char *name, const char *detail, int from, int to) {
        return TraceSpan{QString::fromLatin1(name), QString::fromLatin1(detail), std::chrono::microseconds(from),
            to < 0 ? std::nullopt : std::optional(std::chrono::microseconds(to)), false};
    };
    QList<TraceSpan> list{span("token", "127.0.0.1:8935", 0, 14200), span("sign", "4 tickets", 14200, 15950),
        span("connect", "127.0.0.1:8935", 15950, 17100), span("tls", "127.0.0.1:8935", 17100, 24800), span("send", "1.2 KB", 24800, 25300),
        span("wait", "", 25300, 148000), span("first event", "", 148000, 148000), span("receive", "", 148000, -1)};
    return list;
}

} // namespace

class TestInspector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void init();
    void cleanup() { delete m_inspector; }

    void emptyStatesSayWhatToDo();
    void balanceShowsTimeLeftAndExactWei();
    void aBalanceThatNobodyToldIsNoRiddle();
    void purseKeepsItsPlaceWhenRenewed();
    void spendingIsMeasuredAgainstItsLimits();
    void selectedTicketIsShownInFull();
    void selectionSurvivesNewTickets();
    void copyGivesTheExactValue();
    void ticketAsJsonHasEveryField();
    void timelineIsWalkedByKeyboard();
    void timelineIsDescribed();
    void everyControlHasAName();
    void nothingIsCutOffInAnyLanguage_data();
    void nothingIsCutOffInAnyLanguage();
    void pictures_data();
    void pictures();

private:
    void fill();
    Inspector *m_inspector = nullptr;
};

void TestInspector::init()
{
    m_inspector = new Inspector;
    m_inspector->resize(340, 860);
    m_inspector->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_inspector));
}

void TestInspector::fill()
{
    m_inspector->setCurrentCapability(QStringLiteral("docs-chat"));
    m_inspector->setPurses({{QStringLiteral("docs-chat"), QStringLiteral("Docs chat"), QStringLiteral("2400000000000.125"), PriceQuote{12000000000, 1, QStringLiteral("second")}},
        {QStringLiteral("text-analysis"), {}, QStringLiteral("900000000000"), PriceQuote{1000000000, 1, QStringLiteral("second")}}});
    SpendingView spending;
    spending.session = QStringLiteral("120000000000000");
    spending.today = QStringLiteral("960000000000000");
    spending.sessionLimit = QStringLiteral("1000000000000000");
    spending.dayLimit = QStringLiteral("1000000000000000");
    m_inspector->setSpending(spending);
    m_inspector->setPayment(payment());
    m_inspector->setTrace(spans(), 260ms);
}

void TestInspector::emptyStatesSayWhatToDo()
{
    QCOMPARE(m_inspector->tickets().findChild<StateView *>()->state(), StateView::State::Empty);
    QStringList texts;
    const auto labels = m_inspector->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisible())
            texts << label->text();
    }
    const QString all = texts.join(u'|');
    QVERIFY2(all.contains(QLatin1String("No balance yet")), qPrintable(all));
    QVERIFY2(all.contains(QLatin1String("where its time goes")), qPrintable(all));
    QVERIFY2(all.contains(QLatin1String("No tickets")), qPrintable(all));
    QVERIFY(!m_inspector->timeline().isVisible());
}

void TestInspector::balanceShowsTimeLeftAndExactWei()
{
    fill();
    auto *purse = m_inspector->findChild<QWidget *>(QStringLiteral("purse:docs-chat"));
    QVERIFY(purse != nullptr);
    QCOMPARE(purse->findChild<AmountLabel *>()->exact(), QStringLiteral("2400000000000.125 wei"));
    const QString lasts = purse->findChild<QLabel *>(QStringLiteral("lasts"))->text().replace(QChar(QChar::Nbsp), u' ');
    QVERIFY2(lasts.contains(QLatin1String("3 min 20 s")) && lasts.contains(QLatin1String("12 gwei per second")), qPrintable(lasts));
}

void TestInspector::aBalanceThatNobodyToldIsNoRiddle()
{
    m_inspector->setPurses({{QStringLiteral("app"), QStringLiteral("App"), {}, PriceQuote{12000000000, 1, QStringLiteral("second")}}});
    m_inspector->setCurrentCapability(QStringLiteral("app"));
    m_inspector->show();
    const auto *purse = m_inspector->findChild<QWidget *>(QStringLiteral("purse:app"));
    QVERIFY(purse != nullptr);
    QVERIFY(!purse->findChild<AmountLabel *>()->isVisible());
    const QString lasts = purse->findChild<QLabel *>(QStringLiteral("lasts"))->text().replace(QChar(QChar::Nbsp), u' ');
    QVERIFY2(lasts.contains(QLatin1String("was not said")) && lasts.contains(QLatin1String("12 gwei per second")), qPrintable(lasts));
}

void TestInspector::purseKeepsItsPlaceWhenRenewed()
{
    fill();
    m_inspector->updatePurse({QStringLiteral("text-analysis"), {}, QStringLiteral("1"), {}});
    QCOMPARE(m_inspector->balance().purses().size(), 2);
    QCOMPARE(m_inspector->balance().purses().last().balanceWei, QStringLiteral("1"));
}

void TestInspector::spendingIsMeasuredAgainstItsLimits()
{
    fill();
    QList<int> shares;
    const auto bars = m_inspector->findChildren<LimitBar *>();
    for (const LimitBar *bar : bars) {
        if (bar->isVisible())
            shares << bar->permille();
    }
    QCOMPARE(shares, (QList<int>{120, 960})); // no bar for the call, which has no limit
}

void TestInspector::selectedTicketIsShownInFull()
{
    fill();
    QVERIFY(!m_inspector->tickets().details().isVisible());
    m_inspector->tickets().table().selectRow(1);
    QVERIFY(m_inspector->tickets().details().isVisible());
    QStringList shown;
    const auto labels = m_inspector->tickets().details().findChildren<ElidedLabel *>();
    for (const ElidedLabel *label : labels)
        shown << label->text();
    const TicketView wanted = payment().tickets[1];
    for (const QString &text : {wanted.recipient, wanted.sender, wanted.recipientRandHash, wanted.ticketHash, wanted.signature, wanted.winProbability})
        QVERIFY2(shown.contains(text), qPrintable(text));
    QTest::keyClick(&m_inspector->tickets().table(), Qt::Key_Escape);
    QVERIFY(!m_inspector->tickets().details().isVisible());
}

void TestInspector::selectionSurvivesNewTickets()
{
    fill();
    m_inspector->tickets().table().selectRow(2);
    Payment more = payment();
    more.tickets.prepend(ticket(0, false));
    more.tickets.append(ticket(5, false));
    m_inspector->setPayment(more);
    const QModelIndexList rows = m_inspector->tickets().table().selectionModel()->selectedRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().data().toString(), QStringLiteral("3"));
}

void TestInspector::copyGivesTheExactValue()
{
    fill();
    QTableView &table = m_inspector->tickets().table();
    table.setCurrentIndex(m_inspector->tickets().model().index(0, TicketModel::Recipient));
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), payment().tickets[0].recipient);
}

void TestInspector::ticketAsJsonHasEveryField()
{
    const auto json = Json::parse(TicketDetails::toJson(ticket(7, std::nullopt)));
    QVERIFY(json);
    QCOMPARE(json->size(), 12);
    QVERIFY(json->contains(QStringLiteral("won")) && json->value(QStringLiteral("won")).isNull());
    QCOMPARE(json->value(QStringLiteral("nonce")).toInt64(), std::optional<qint64>(7));
}

void TestInspector::timelineIsWalkedByKeyboard()
{
    fill();
    TimelineView &timeline = m_inspector->timeline();
    auto *step = m_inspector->findChild<QLabel *>(QStringLiteral("step"));
    QVERIFY(!step->isVisible());
    timeline.setFocus(Qt::TabFocusReason);
    QCOMPARE(timeline.currentRow(), 0);
    QTest::keyClick(&timeline, Qt::Key_Down);
    QVERIFY(step->isVisible());
    QVERIFY2(step->text().contains(QLatin1String("14.200 ms to 15.950 ms, took 1.750 ms")), qPrintable(step->text()));
    QTest::keyClick(&timeline, Qt::Key_End);
    QVERIFY(step->text().contains(QLatin1String("still running")));
    QTest::keyClick(&timeline, Qt::Key_Down);
    QCOMPARE(timeline.currentRow(), 7);
    QTest::keyClick(&timeline, Qt::Key_Escape);
    QCOMPARE(timeline.currentRow(), -1);
}

void TestInspector::timelineIsDescribed()
{
    fill();
    const QString text = m_inspector->timeline().accessibleDescription();
    QVERIFY2(text.contains(QStringLiteral("Sign tickets · 4 tickets: 14.200 ms")), qPrintable(text));
}

void TestInspector::everyControlHasAName()
{
    fill();
    m_inspector->tickets().table().selectRow(1);
    QCOMPARE(uitest::controlsWithoutName(*m_inspector).join(u'\n'), QString());
}

void TestInspector::nothingIsCutOffInAnyLanguage_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("full");
    for (const char *language : {"en", "de", "zh_CN"}) {
        QTest::addRow("%s, no run", language) << QString::fromLatin1(language) << false;
        QTest::addRow("%s, a run", language) << QString::fromLatin1(language) << true;
    }
}

void TestInspector::nothingIsCutOffInAnyLanguage()
{
    QFETCH(const QString, language);
    QFETCH(const bool, full);
    QTranslator words;
    QVERIFY(words.load(QStringLiteral(SLUICE_WORDS "/sluice_") + language + QStringLiteral(".qm")));
    delete m_inspector;
    QCoreApplication::installTranslator(&words);
    init();
    if (full)
        fill();
    // As narrow as it may be made, which is what a place at the window's edge goes by.
    QTRY_VERIFY(m_inspector->widget()->minimumSizeHint().width() + m_inspector->style()->pixelMetric(QStyle::PM_ScrollBarExtent) <= m_inspector->minimumWidth());
    m_inspector->resize(m_inspector->minimumWidth(), 860);
    QTRY_VERIFY(m_inspector->widget()->width() <= m_inspector->viewport()->width());
    QStringList cut;
    const QList<QWidget *> parts = m_inspector->widget()->findChildren<QWidget *>();
    for (const QWidget *part : parts) {
        if (!part->isVisible() || qobject_cast<const QAbstractScrollArea *>(part->parentWidget()))
            continue;
        if (part->mapTo(m_inspector->widget(), QPoint(part->width(), 0)).x() > m_inspector->viewport()->width() || part->width() < part->minimumSizeHint().width())
            cut.append(QLatin1String(part->metaObject()->className()) + QLatin1Char(' ') + part->objectName() + QLatin1Char(' ') + part->accessibleName());
    }
    QCOMPARE(cut, QStringList());
    uitest::picture(*m_inspector, QStringLiteral("inspector-narrow-%1-%2").arg(language, full ? QStringLiteral("full") : QStringLiteral("empty")));
    QCoreApplication::removeTranslator(&words);
}

void TestInspector::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestInspector::pictures()
{
    QFETCH(bool, dark);
    Theme::setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
    const QString mode = QString::fromLatin1(QTest::currentDataTag());
    uitest::picture(*m_inspector, QStringLiteral("inspector-empty-") + mode);
    fill();
    m_inspector->tickets().table().selectRow(1);
    m_inspector->timeline().setCurrentRow(5);
    qApp->processEvents();
    const QImage image = uitest::picture(*m_inspector, QStringLiteral("inspector-full-") + mode, 2);
    QVERIFY(uitest::colorCount(image) > 40);
    Theme::setMode(Theme::Mode::Light);
}

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
