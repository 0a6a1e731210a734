#include "../ui_test_support.h"

#include "sluice/results/hex_model.h"
#include "sluice/results/image_view.h"
#include "sluice/results/json_tree_model.h"
#include "sluice/results/result_view.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QBuffer>
#include <QtCore/QThreadPool>
#include <QtGui/QImage>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QTextBrowser>
#include <QtWidgets/QTreeView>

using namespace sluice;
using namespace sluice::ui;

class TestResults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void cleanup() { Theme::setMode(Theme::Mode::Light); }
    void kindComesFromTypeSchemaAndBytes_data();
    void kindComesFromTypeSchemaAndBytes();
    void treeIsAProperModel();
    void treeFetchesLongListsInBatches();
    void searchFindsKeysAndValuesAndWrapsAround();
    void hexRowsShowOffsetBytesAndText();
    void sdk_07_everyShapeOfAnswerIsShown_data();
    void sdk_07_everyShapeOfAnswerIsShown();
    void pictureIsShownWithItsSize();
    void anErrorKeepsWhatArrived();
    void bigJsonDoesNotBlockTheWindow();
    void aViewMayGoWhileItsJsonIsRead();
    void everyControlHasAnAccessibleName();
    void everyStateLooksRightInBothModes();
};

namespace {
ResultData answer(const QByteArray &type, const QByteArray &body)
{
    ResultData data;
    data.status = 200;
    data.contentType = type;
    data.body = body;
    data.bodySize = body.size();
    data.headers = {{"Content-Type", type}, {"Livepeer-Balance", "42"}};
    return data;
}

QByteArray png()
{
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

template <typename Widget> Widget *visible(QWidget &parent)
{
    for (Widget *widget : parent.findChildren<Widget *>()) {
        if (widget->isVisible())
            return widget;
    }
    return nullptr;
}
} // namespace

void TestResults::kindComesFromTypeSchemaAndBytes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::newRow("json") << QByteArray("application/json") << QByteArray("{}") << int(BodyKind::Json);
    QTest::newRow("json labelled text") << QByteArray("text/plain; charset=utf-8") << QByteArray(" [1]") << int(BodyKind::Json);
    QTest::newRow("text") << QByteArray("text/plain") << QByteArray("hello") << int(BodyKind::Text);
    QTest::newRow("markdown") << QByteArray("text/markdown") << QByteArray("# x") << int(BodyKind::Markdown);
    QTest::newRow("image") << QByteArray("image/png") << png() << int(BodyKind::Image);
    QTest::newRow("binary") << QByteArray() << QByteArray("\0\1\2", 3) << int(BodyKind::Binary);
    QTest::newRow("empty") << QByteArray("text/plain") << QByteArray() << int(BodyKind::Empty);
    QTest::newRow("no utf-8") << QByteArray("text/plain") << QByteArray("\xff\xfe abc def") << int(BodyKind::Binary);
}

void TestResults::kindComesFromTypeSchemaAndBytes()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QTEST(int(bodyKind(answer(type, body))), "kind");
}

void TestResults::treeIsAProperModel()
{
    JsonTreeModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setJson(*Json::parse(R"({"a":{"b":[1,2,{"c":null}]},"d":"x"})"));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("{ 1 }"));
    model.setJson(Json(7));
    QCOMPARE(model.rowCount(), 1);
}

void TestResults::treeFetchesLongListsInBatches()
{
    JsonTreeModel model;
    QList<Json> items;
    for (int i = 0; i < 1200; ++i)
        items.append(Json{{QStringLiteral("n"), i}});
    model.setJson(Json{{QStringLiteral("list"), Json::array(items)}, {QStringLiteral("x"), 1.5}});
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex list = model.index(0, 0);
    QCOMPARE(model.rowCount(list), JsonTreeModel::Batch);
    while (model.canFetchMore(list))
        model.fetchMore(list);
    QCOMPARE(model.rowCount(list), 1200);
    QCOMPARE(model.index(7, 0, list).data(JsonTreeModel::PointerRole).toString(), QStringLiteral("/list/7"));
}

void TestResults::searchFindsKeysAndValuesAndWrapsAround()
{
    JsonTreeModel model;
    model.setJson(*Json::parse(R"({"a":{"deep":["x","needle"]},"needle":1})"));
    const QModelIndex first = model.search(QStringLiteral("needle"), {});
    QCOMPARE(first.data(JsonTreeModel::PointerRole).toString(), QStringLiteral("/a/deep/1"));
    const QModelIndex second = model.search(QStringLiteral("needle"), first);
    QCOMPARE(second.data(JsonTreeModel::PointerRole).toString(), QStringLiteral("/needle"));
    QCOMPARE(model.search(QStringLiteral("needle"), second), first);
    QVERIFY(!model.search(QStringLiteral("absent"), {}).isValid());
}

void TestResults::hexRowsShowOffsetBytesAndText()
{
    HexModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setBytes(QByteArray("0123456789abcdef\x01Z"));
    QCOMPARE(model.rowCount(), 2);
    const QString row = model.index(1).data().toString();
    QVERIFY(row.startsWith(QStringLiteral("00000010  01 5a ")));
    QVERIFY(row.endsWith(QStringLiteral(".Z")));
}

void TestResults::sdk_07_everyShapeOfAnswerIsShown_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body : {"{\"a\":1}", "[1,2]", "\"text\"", "42", "null"})
        QTest::newRow(body) << QByteArray(body);
}

void TestResults::sdk_07_everyShapeOfAnswerIsShown()
{
    QFETCH(QByteArray, body);
    ResultView view;
    view.resize(800, 600);
    view.show();
    view.showResult(answer("application/json", body));
    QTRY_VERIFY(visible<QTreeView>(view) || visible<QTextBrowser>(view));
    QVERIFY(!view.findChild<QTableWidget *>()->findItems(QStringLiteral("Livepeer-Balance"), Qt::MatchExactly).isEmpty());
}

void TestResults::pictureIsShownWithItsSize()
{
    ResultView view;
    view.resize(800, 600);
    view.show();
    view.showResult(answer("image/png", png()));
    const auto *image = visible<ImageView>(view);
    QVERIFY(image);
    QCOMPARE(image->imageSize(), QSize(40, 30));
    view.showResult(answer("image/png", "no picture at all"));
    QVERIFY(!visible<ImageView>(view));
}

void TestResults::anErrorKeepsWhatArrived()
{
    ResultView view;
    view.resize(800, 600);
    view.show();
    const Error error = Error(Error::Kind::InsufficientBalance, QStringLiteral("The balance is used up."))
                            .withAdvice(QStringLiteral("Run it again to top up."));
    view.showError(error, answer("text/plain", "half an answer"));
    QTRY_VERIFY(visible<QTextBrowser>(view));
    QCOMPARE(visible<QTextBrowser>(view)->toPlainText(), QStringLiteral("half an answer"));
}

void TestResults::bigJsonDoesNotBlockTheWindow()
{
    QByteArray body = "[0";
    for (int i = 1; i < 2'000'000; ++i)
        body += ',' + QByteArray::number(i);
    body += ']';
    ResultView view;
    view.resize(800, 600);
    view.show();
    // Showing returns before the text is parsed: the tree arrives later, through the event loop.
    view.showResult(answer("application/json", body));
    QVERIFY(!visible<QTreeView>(view));
    QTRY_VERIFY_WITH_TIMEOUT(visible<QTreeView>(view), 30'000);
}

void TestResults::aViewMayGoWhileItsJsonIsRead()
{
    QByteArray body = "[0";
    for (int i = 1; i < 50'000; ++i)
        body += ',' + QByteArray::number(i);
    body += ']';
    for (int i = 0; i < 4; ++i) {
        ResultView view;
        view.showResult(answer("application/json", body));
    }
    QVERIFY(QThreadPool::globalInstance()->waitForDone());
    QCoreApplication::processEvents();
}

void TestResults::everyControlHasAnAccessibleName()
{
    ResultView view;
    view.showResult(answer("application/json", "{}"));
    const QStringList nameless = uitest::controlsWithoutName(view);
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
}

void TestResults::everyStateLooksRightInBothModes()
{
    ResultView view;
    view.resize(560, 460);
    view.showEmpty(QStringLiteral("Fill in the form and press Run, or Ctrl+Enter."));
    view.show();
    const QImage empty = uitest::picture(view, QStringLiteral("result-empty-light"));
    ResultData json = answer("application/json", R"({"language":"en","confidence":0.97,"counts":{"words":128,"sentences":9,"characters":734},
        "keywords":["sluice","gate","water"],"sentiment":{"score":0.25,"label":"positive"},"truncated":false,"note":null})");
    json.duration = std::chrono::milliseconds(214);
    json.servedBy = QUrl(QStringLiteral("https:") + QStringLiteral("/") + QStringLiteral("/127.0.0.1:8935"));
    view.showResult(json);
    QTRY_VERIFY(visible<QTreeView>(view));
    const QImage light = uitest::picture(view, QStringLiteral("result-json-light"));
    Theme::setMode(Theme::Mode::Dark);
    const QImage dark = uitest::picture(view, QStringLiteral("result-json-dark"));
    QVERIFY(light != dark && empty != light);
    QVERIFY(uitest::colorCount(dark) > 20);
    auto *tabs = view.findChild<QTabWidget *>();
    tabs->setCurrentIndex(1);
    uitest::picture(view, QStringLiteral("result-raw-dark"));
    tabs->setCurrentIndex(2);
    uitest::picture(view, QStringLiteral("result-headers-dark"));
    tabs->setCurrentIndex(0);
    view.showResult(answer("image/png", png()));
    uitest::picture(view, QStringLiteral("result-image-dark"));
    view.showResult(answer("text/markdown", "# Sources\n\nA *sluice* is the gate that lets a trickle through:\n\n- `gateway`\n- trickle\n\n```\ncurl -N http\n```\n"));
    uitest::picture(view, QStringLiteral("result-markdown-dark"));
    view.showResult(answer("application/octet-stream", QByteArray("\x00\x01\x02 sluice", 10).repeated(40)));
    tabs->setCurrentIndex(1);
    uitest::picture(view, QStringLiteral("result-hex-dark"));
    view.showError(Error(Error::Kind::InsufficientBalance, QStringLiteral("The balance is used up.")).withAdvice(QStringLiteral("Run it again to top up.")), json);
    QTRY_VERIFY(visible<QTreeView>(view) || visible<QPlainTextEdit>(view));
    uitest::picture(view, QStringLiteral("result-error-dark"));
}

QTEST_MAIN(TestResults)
#include "tst_results.moc"
