#include "sluice/results/hex_model.h"
#include "sluice/results/image_view.h"
#include "sluice/results/json_tree_model.h"
#include "sluice/results/result_view.h"

#include <QtCore/QBuffer>
#include <QtGui/QImage>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QTextBrowser>
#include <QtWidgets/QTreeView>

using namespace sluice;
using namespace sluice::ui;

class TestResults : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
    QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("{ 1 member(s) }"));
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

QTEST_MAIN(TestResults)
#include "tst_results.moc"
