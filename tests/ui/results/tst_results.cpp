#include "../ui_test_support.h"

#include "sluice/chat/chat_view.h"
#include "sluice/results/hex_model.h"
#include "sluice/widgets/image_view.h"
#include "sluice/widgets/sound_player.h"
#include "sluice/results/json_tree_model.h"
#include "sluice/results/json_tree_view.h"
#include "sluice/results/masks.h"
#include "sluice/results/picture_choice.h"
#include "sluice/results/result_view.h"
#include "sluice/results/video_player.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QBuffer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThreadPool>
#include <QtGui/QDesktopServices>
#include <QtGui/QImage>
#include <QtGui/QImageReader>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QTextBrowser>
#include <QtWidgets/QTreeView>

#include <sys/stat.h>

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
    void webPIsShownAndWhatOnlyAPluginReadsIsNot();
    void soundCanBePlayed();
    void aVideoThatIsNoneSaysSo();
    void masksAreReadWithinBounds_data();
    void masksAreReadWithinBounds();
    void masksLieOverThePictureThatWasAskedAbout();
    void severalPicturesHaveATabEach();
    void markdownOpensNoFileAndFetchesNothing();
    void linksAskBeforeTheyOpen_data();
    void linksAskBeforeTheyOpen();
    void textIsReadInTheCharacterSetThatItNames_data();
    void textIsReadInTheCharacterSetThatItNames();
    void picturesAreShownWhateverTheyAreCalled_data();
    void picturesAreShownWhateverTheyAreCalled();
    void bytesWithoutAPreviewSayWhatTheyAre();
    void anErrorKeepsWhatArrived();
    void bigJsonDoesNotBlockTheWindow();
    void aViewMayGoWhileItsJsonIsRead();
    void everyControlHasAnAccessibleName();
    void everyStateLooksRightInBothModes();
};

class UrlCatcher : public QObject {
    Q_OBJECT
public:
    QList<QUrl> urls;
public Q_SLOTS:
    void open(const QUrl &url) { urls.append(url); }
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
    QTest::newRow("sound") << QByteArray("audio/mpeg") << QByteArray("\xff\xfb\x90", 3) << int(BodyKind::Sound);
    QTest::newRow("sound by its bytes") << QByteArray("application/octet-stream") << QByteArray("RIFF\0\0\0\0WAVEfmt ", 16) << int(BodyKind::Sound);
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

// Image models answer in WebP. A plugin that brings more formats must not open its libraries to whoever answers.
void TestResults::webPIsShownAndWhatOnlyAPluginReadsIsNot()
{
    const auto file = [](const char *name) {
        QFile opened(QStringLiteral(SLUICE_TEST_DATA "/pictures/") + QLatin1String(name));
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    };
    ResultView view;
    view.resize(600, 400);
    view.show();
    view.showResult(answer("image/webp", file("phone.webp")));
    QVERIFY(visible<ImageView>(view));
    QVERIFY(QImageReader::supportedImageFormats().contains("tiff")); // or the next lines show nothing
    for (const char *type : {"image/tiff", "image/webp", "application/octet-stream"}) {
        view.showResult(answer(type, file("scan.tiff")));
        QVERIFY2(!visible<ImageView>(view), type);
    }
}

void TestResults::soundCanBePlayed()
{
    ResultView view;
    view.resize(800, 600);
    view.show();
    QByteArray wav = QByteArray::fromHex("524946462423000057415645666d74201000000001000100401f0000401f0000010008006461746100230000");
    wav += QByteArray(0x2300, '\x80'); // 8960 samples at 8000 a second
    view.showResult(answer("audio/wav", wav));
    auto *player = visible<SoundPlayer>(view);
    QVERIFY(player);
    QTRY_COMPARE(player->duration(), std::chrono::milliseconds(1120));
    QCOMPARE(player->problem(), QString());
    view.showResult(answer("audio/wav", "no sound at all"));
    QTRY_VERIFY(player->problem().contains(QStringLiteral("cannot be played")));
    view.showResult(answer("text/plain", "words"));
    QVERIFY(!visible<SoundPlayer>(view));
    QCOMPARE(player->duration(), std::chrono::milliseconds(0));
}

void TestResults::aVideoThatIsNoneSaysSo()
{
    ResultView view;
    view.resize(800, 600);
    view.show();
    view.showResult(answer("video/mp4", "no video at all"));
    auto *player = visible<VideoPlayer>(view);
    QVERIFY(player);
    QTRY_VERIFY(!player->problem().isEmpty());
    QVERIFY(!player->isPlaying() && player->picture().isNull());
    // By its bytes, whatever it is called.
    ResultData called = answer("application/octet-stream", QByteArray("\0\0\0\x18" "ftypisom", 12));
    QCOMPARE(bodyKind(called), BodyKind::Video);
    view.showResult(answer("text/plain", "words"));
    QVERIFY(!visible<VideoPlayer>(view));
}

void TestResults::masksAreReadWithinBounds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("masks"); // none: refused
    QTest::newRow("one") << QByteArray("[[[0,1],[1.5,-2e3]]]") << 1;
    QTest::newRow("two, with white space") << QByteArray(" [ [[0.0, 1.0]],\n [[1,0]] ] ") << 2;
    for (const char *wrong : {"", "[]", "[[]]", "[[[]]]", "[[[1,0],[1]]]", "[[[1]", "[[[1]]]x", "[[[true]]]", "{\"a\":1}", "[[1]]", "[[[1,]]]", "null", "[[[[1]]]]"})
        QTest::newRow(wrong) << QByteArray(wrong) << 0;
    QTest::newRow("too many") << QByteArray("[[[1]]" + QByteArray(",[[1]]").repeated(20) + "]") << 0;
    QTest::newRow("too wide") << QByteArray("[[[1" + QByteArray(",1").repeated(9000) + "]]]") << 0;
    QTest::newRow("too high") << QByteArray("[[[1]" + QByteArray(",[1]").repeated(9000) + "]]") << 0;
}

void TestResults::masksAreReadWithinBounds()
{
    QFETCH(QByteArray, text);
    QFETCH(int, masks);
    const auto read = readMasks(text);
    QCOMPARE(read ? int(read->size()) : 0, masks);
    if (!read)
        QVERIFY(read.error().kind() == Error::Kind::Protocol && !read.error().message().isEmpty());
    else
        QCOMPARE(read->first().bits.size(), qsizetype(read->first().width) * read->first().height);
}

void TestResults::masksLieOverThePictureThatWasAskedAbout()
{
    QImage asked(4, 2, QImage::Format_RGB32);
    asked.fill(QColor(20, 40, 60));
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QVERIFY(asked.save(&buffer, "PNG"));
    ResultView view;
    view.resize(800, 600);
    view.show();
    ResultData data = answer("application/json", R"({"masks":"[[[0,0,0,0],[0,0,0,0]],[[1,1,1,1],[1,1,1,1]]]","scores":"[0.25,0.5]"})");
    data.outputSchema = *Json::parse(R"({"x-output":{"type":"json","view":"masks","picture":"/image"}})");
    data.askedPicture = buffer.data();
    view.showResult(data);
    QTRY_VERIFY(visible<PictureChoice>(view));
    const PictureChoice &choice = *visible<PictureChoice>(view);
    QCOMPARE(choice.pictures().size(), 2);
    QCOMPARE(choice.tabs().tabText(1), QStringLiteral("Mask 2 · score %1 · %2 %").arg(QLocale().toString(0.5, 'f', 2), QLocale().toString(100.0, 'f', 1)));
    const QColor outside = QImage::fromData(choice.pictures()[0].bytes).pixelColor(1, 0);
    QVERIFY2(outside.red() > 180, qPrintable(outside.name()));
    // What holds no masks is shown as what it is, with the reason.
    data.body = R"({"masks":"none","scores":"[]"})";
    view.showResult(data);
    QTRY_VERIFY(visible<JsonTreeView>(view));
    QTRY_VERIFY(visible<InlineMessage>(view) && visible<InlineMessage>(view)->text().contains(QStringLiteral("masks")));
}

void TestResults::severalPicturesHaveATabEach()
{
    ResultView view;
    view.resize(800, 600);
    view.show();
    const QByteArray uri = "data:image/png;base64," + png().toBase64();
    view.showResult(answer("application/json", "{\"images\":[{\"url\":\"" + uri + "\"},{\"url\":\"" + uri + "\"}],\"n\":2}"));
    QTRY_VERIFY(visible<PictureChoice>(view));
    QCOMPARE(visible<PictureChoice>(view)->tabs().count(), 2);
    QVERIFY(!visible<PictureChoice>(view)->image().imageSize().isEmpty());
    QCOMPARE(uitest::controlsWithoutName(view).join(QLatin1Char('\n')), QString());
    view.showResult(answer("application/json", "{\"images\":[]}"));
    QTRY_VERIFY(visible<JsonTreeView>(view));
}

void TestResults::markdownOpensNoFileAndFetchesNothing()
{
    const QTemporaryDir folder;
    const QString picture = folder.filePath(QStringLiteral("local.png"));
    QVERIFY(QFile(picture).open(QIODevice::WriteOnly | QIODevice::NewOnly));
    const QString pipe = folder.filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(pipe.toLocal8Bit().constData(), 0600), 0); // whoever opens it waits for ever
    const QString text = QStringLiteral("![x](/dev/zero) ![y](%1) ![z](file://%1)\n\n![p](%2)\n\n<img src=\"%1\"> <b>bold</b>\n\n"
                                        "| ![c](%1) |\n|---|\n| a |\n\n[ref]\n\n[ref]: %1\n").arg(pipe, picture);
    ResultView view;
    view.resize(800, 600);
    view.show();
    view.showResult(answer("text/markdown", text.toUtf8()));
    auto *document = visible<ChatView>(view);
    QVERIFY(document);
    QVERIFY(!view.grab().isNull()); // painted
    document->selectAll();
    const QString shown = document->selectedText();
    for (const QString &part : {QStringLiteral("/dev/zero"), pipe, picture, QStringLiteral("<b>bold</b>")})
        QVERIFY2(shown.contains(part), qPrintable(shown));
    QVERIFY(!shown.contains(QChar(QChar::ObjectReplacementCharacter)));
    // Whatever were asked for by plain text, nothing is read.
    view.showResult(answer("text/plain", text.toUtf8()));
    auto *browser = visible<QTextBrowser>(view);
    QVERIFY(browser);
    QCOMPARE(browser->toPlainText(), text);
    for (const char *address : {"/dev/zero", "file:///etc/hostname", "https://cdn.example/x.png", "data:image/png;base64,AAAA", "qrc:/x"})
        QCOMPARE(browser->loadResource(QTextDocument::ImageResource, QUrl(QString::fromLatin1(address))).value<QImage>().size(), QSize(1, 1));
    QVERIFY(!browser->openLinks() && !browser->openExternalLinks());
}

void TestResults::linksAskBeforeTheyOpen_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("opens");
    const auto row = [](const char *address, bool opens) { QTest::newRow(address) << QString::fromUtf8(address) << opens; };
    row("https://docs.example/guide", true);
    row("http://docs.example/", true);
    row("mailto:someone@docs.example?subject=x&attach=/etc/passwd", true);
    row("file:///etc/passwd", false);
    row("javascript:alert(1)", false);
    row("data:text/html,x", false);
    row("/etc/passwd", false);
    row("smb://host/share", false);
    row("vscode://open?x", false);
    row("https:///nohost", false);
}

void TestResults::linksAskBeforeTheyOpen()
{
    QFETCH(QString, address);
    QFETCH(bool, opens);
    const QUrl url(address);
    UrlCatcher caught;
    for (const char *scheme : {"https", "http", "mailto", "file", "javascript", "data", "smb", "vscode", ""})
        QDesktopServices::setUrlHandler(QString::fromLatin1(scheme), &caught, "open");
    ResultView view;
    view.resize(800, 600);
    view.show();
    view.showResult(answer("text/markdown", "[words](" + address.toUtf8() + ")"));
    auto *document = visible<ChatView>(view);
    QVERIFY(document);
    Q_EMIT document->linkActivated(url);
    QMessageBox *question = nullptr;
    QTRY_VERIFY((question = view.findChild<QMessageBox *>(QStringLiteral("linkQuestion"))) != nullptr);
    QVERIFY(caught.urls.isEmpty());
    QPushButton *open = nullptr;
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::AcceptRole)
            open = qobject_cast<QPushButton *>(button);
    }
    QCOMPARE(open != nullptr, opens);
    QVERIFY(!question->informativeText().contains(QLatin1String("attach")));
    if (open) {
        QVERIFY(question->informativeText().startsWith(address.left(20)));
        open->click();
        QCOMPARE(caught.urls.size(), 1);
        QVERIFY(!caught.urls.first().toString().contains(QLatin1String("attach")));
    } else {
        question->close();
        QVERIFY(caught.urls.isEmpty());
    }
    for (const char *scheme : {"https", "http", "mailto", "file", "javascript", "data", "smb", "vscode", ""})
        QDesktopServices::unsetUrlHandler(QString::fromLatin1(scheme));
}

void TestResults::textIsReadInTheCharacterSetThatItNames_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text");
    QTest::newRow("latin1") << QByteArray("text/plain; charset=iso-8859-1") << QByteArray("caf\xe9") << QStringLiteral("caf\u00e9");
    QTest::newRow("windows, quoted") << QByteArray("text/plain; charset=\"Windows-1252\"") << QByteArray("\x80 5 \x96 6") << QStringLiteral("\u20ac 5 \u2013 6");
    QTest::newRow("utf-16") << QByteArray("text/plain;charset=UTF-16LE") << QByteArray("h\0\xe9\0", 4) << QStringLiteral("h\u00e9");
    QTest::newRow("utf-8") << QByteArray("text/plain; charset=utf-8") << QByteArray("caf\xc3\xa9") << QStringLiteral("caf\u00e9");
    QTest::newRow("none") << QByteArray("text/plain") << QByteArray("caf\xc3\xa9") << QStringLiteral("caf\u00e9");
}

void TestResults::textIsReadInTheCharacterSetThatItNames()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, text);
    ResultView view;
    view.resize(800, 600);
    view.show();
    view.showResult(answer(type, body));
    auto *browser = visible<QTextBrowser>(view);
    QVERIFY(browser);
    QCOMPARE(browser->toPlainText(), text);
    view.findChild<QTabWidget *>()->setCurrentIndex(1);
    auto *raw = visible<QPlainTextEdit>(view);
    QVERIFY(raw);
    QCOMPARE(raw->toPlainText(), text);
}

void TestResults::picturesAreShownWhateverTheyAreCalled_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("format");
    QTest::newRow("octet-stream") << QByteArray("application/octet-stream") << QByteArray("PNG");
    QTest::newRow("no type") << QByteArray() << QByteArray("JPG");
    QTest::newRow("text") << QByteArray("text/plain") << QByteArray("PNG");
    QTest::newRow("wrong picture type") << QByteArray("image/jpeg") << QByteArray("PNG");
}

void TestResults::picturesAreShownWhateverTheyAreCalled()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, format);
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QVERIFY(image.save(&buffer, format.constData()));
    ResultView view;
    view.resize(800, 600);
    view.show();
    view.showResult(answer(type, bytes));
    const auto *shown = visible<ImageView>(view);
    QVERIFY(shown);
    QCOMPARE(shown->imageSize(), QSize(40, 30));
}

void TestResults::bytesWithoutAPreviewSayWhatTheyAre()
{
    ResultView view;
    view.resize(800, 600);
    view.show();
    view.showResult(answer("application/octet-stream", QByteArray("%PDF-1.7\n\x01\x02\x00\x03", 13)));
    const auto words = [&view] {
        QString all;
        for (QLabel *label : view.findChildren<QLabel *>())
            all += label->isVisible() ? label->text() + u'\n' : QString();
        return all;
    };
    QVERIFY2(words().contains(QLatin1String("application/pdf")), qPrintable(words()));
    QPushButton *save = nullptr;
    for (QPushButton *button : view.findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text().contains(QLatin1String("Save")))
            save = button;
    }
    QVERIFY(save);
    view.showResult(answer("application/x-own", QByteArray("\x01\x02\x00\x03", 4)));
    QVERIFY2(words().contains(QLatin1String("application/x-own")), qPrintable(words()));
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
