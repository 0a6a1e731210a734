#include "../ui_test_support.h"

#include "sluice/base/bytes.h"
#include "sluice/base/file_text.h"
#include "sluice/chat/attachment_tray.h"
#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_view.h"
#include "sluice/chat/data_pictures_p.h"
#include "sluice/chat/picture_button_p.h"
#include "sluice/chat/picture_intake.h"
#include "sluice/chat/reasoning_fold_p.h"
#include "sluice/widgets/image_view.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/sound_player.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QBuffer>
#include <QtCore/QMimeData>
#include <QtGui/QClipboard>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QPainter>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;

namespace {

const char *const takingPictures = R"({"type":"object","properties":{"messages":{"type":"array","items":{"type":"object","properties":{"role":{"type":"string"},
    "content":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"object","properties":{"type":{"type":"string"},"text":{"type":"string"},
    "image_url":{"type":"object","properties":{"url":{"type":"string"}}}}}}]}}}}}})";
const char *const takingWords = R"({"type":"object","properties":{"messages":{"type":"array","items":{"type":"object","properties":{"role":{"type":"string"},"content":{"type":"string"}}}}}})";

QImage gradient(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, qRgb(x * 255 / width, y * 255 / height, 90));
    return image;
}

QByteArray encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

/// As a phone writes it that was held upright: the pixels lie on their side, and a mark says so.
QByteArray turnedJpeg(const QImage &image)
{
    static constexpr unsigned char mark[] = {0xff, 0xe1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0};
    QByteArray bytes = encoded(image, "jpeg");
    bytes.insert(2, QByteArray(reinterpret_cast<const char *>(mark), sizeof(mark)));
    return bytes;
}

QByteArray tone(int milliseconds)
{
    const int samples = 8 * milliseconds;
    QByteArray data;
    for (int i = 0; i < samples; ++i)
        data += QByteArray::fromRawData((i / 10) % 2 ? "\x00\x20" : "\x00\xe0", 2);
    const auto number = [](quint32 value, int count) {
        QByteArray text;
        for (int i = 0; i < count; ++i)
            text += char((value >> (8 * i)) & 0xff);
        return text;
    };
    return "RIFF" + number(quint32(36 + data.size()), 4) + "WAVEfmt " + number(16, 4) + number(1, 2) + number(1, 2) + number(8000, 4) + number(16000, 4) + number(2, 2)
        + number(16, 2) + "data" + number(quint32(data.size()), 4) + data;
}

StreamEvent delta(const QByteArray &members)
{
    StreamEvent event;
    event.data = QString::fromUtf8(R"({"choices":[{"index":0,"delta":{)" + members + "}}]}");
    return event;
}

QSize sizeOf(const ChatAttachment &picture)
{
    const auto bytes = picture.bytes();
    return bytes ? QImage::fromData(*bytes).size() : QSize();
}

} // namespace

/// What stands beside words: reasoning, calls of tools, pictures both ways, sounds, figures.
class TestChatMedia : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void init() { make(takingPictures); }
    void cleanup() { delete std::exchange(m_pane, nullptr); }

    void reasoningIsFoldedAndToldApart();
    void reasoningCanBeUnfoldedByKeyboard();
    void toolCallsAreCalls();
    void onlyACapabilityWithPictureParts_data();
    void onlyACapabilityWithPictureParts();
    void pastedPictureIsSentAsAPart();
    void droppedFilesAreTakenAnywhereOnTheChat();
    void pictureCanBeTakenAwayAgain();
    void pictureAloneIsAMessage();
    void phonePictureStandsUpright();
    void largePictureIsMadeSmallerAndSaysSo();
    void whatCannotBeSentIsSaid_data();
    void whatCannotBeSentIsSaid();
    void moreThanTenAreRefused();
    void editedQuestionKeepsItsPictures();
    void loadedCallShowsItsPictures();
    void messageThatHoldsMoreIsSentAsItWas();
    void markdownPictureIsTakenOutAtEveryCut();
    void picturesOfAnAnswerAreShownAndOpen();
    void pictureOfTheWebIsNotFetched();
    void soundOfAnAnswerCanBePlayed();
    void streamedSamplesBecomeASound();
    void figuresAreTold();
    void everyControlHasAName();
    void pictures_data();
    void pictures();

private:
    void make(const char *schema);
    void ask(const QString &question)
    {
        m_pane->composer().setText(question);
        m_pane->send();
    }
    [[nodiscard]] InlineMessage &message() const { return *m_pane->findChild<InlineMessage *>(); }

    ChatPane *m_pane = nullptr;
    QTemporaryDir m_folder;
};

void TestChatMedia::make(const char *schema)
{
    delete m_pane;
    m_pane = new ChatPane;
    m_pane->setOpensLinks(false);
    CapabilityInfo info;
    info.name = QStringLiteral("seeing-model");
    info.verbs = {Verb::Stream};
    info.inputSchema = *Json::parse(schema);
    m_pane->setCapability(info);
    Call call;
    call.capability = info.name;
    call.verb = Verb::Stream;
    m_pane->setBaseCall(call);
    m_pane->resize(760, 700);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane));
}

void TestChatMedia::reasoningIsFoldedAndToldApart()
{
    ask(QStringLiteral("q"));
    m_pane->takeEvent(delta(R"("reasoning_content":"First I think. ")"));
    m_pane->takeEvent(delta(R"("reasoning":"Then more.")"));
    QCOMPARE(m_pane->transcript().turns().last().state, ChatTurn::State::Streaming);
    m_pane->takeEvent(delta(R"("content":"The answer")"));
    m_pane->finish();
    const ChatTurn &turn = m_pane->transcript().turns().last();
    QCOMPARE(turn.text, QStringLiteral("The answer"));
    QCOMPARE(turn.reasoning, QStringLiteral("First I think. Then more."));
    auto *fold = m_pane->findChild<ReasoningFold *>();
    QVERIFY(fold && fold->isVisible());
    QVERIFY(!fold->isExpanded());
    QVERIFY(!m_pane->findChild<QPlainTextEdit *>(QStringLiteral("reasoningText"))->isVisible());
    QVERIFY2(fold->accessibleName().contains(QStringLiteral("25")), qPrintable(fold->accessibleName()));
    // It is thought, not said: it is not sent back.
    m_pane->composer().setText(QStringLiteral("more"));
    QVERIFY(!m_pane->call().input.dump().contains("First I think"));
    m_pane->view().selectAll();
    QVERIFY(!m_pane->view().selectedText().contains(QStringLiteral("think")));
}

void TestChatMedia::reasoningCanBeUnfoldedByKeyboard()
{
    ask(QStringLiteral("q"));
    m_pane->takeEvent(delta(R"("reasoning":"Thoughts")"));
    m_pane->view().flush();
    auto *fold = m_pane->findChild<ReasoningFold *>();
    auto *button = fold->findChild<QToolButton *>();
    QTRY_VERIFY(button->isVisible());
    QVERIFY(button->focusPolicy() & Qt::TabFocus);
    const int before = fold->height();
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QVERIFY(fold->isExpanded());
    auto *text = m_pane->findChild<QPlainTextEdit *>(QStringLiteral("reasoningText"));
    QTRY_VERIFY(text->isVisible());
    QCOMPARE(text->toPlainText(), QStringLiteral("Thoughts"));
    QTRY_VERIFY(fold->height() > before); // the conversation made room
    m_pane->takeEvent(delta(R"("reasoning":" go on")"));
    m_pane->view().flush();
    QCOMPARE(text->toPlainText(), QStringLiteral("Thoughts go on"));
    m_pane->finish();
}

void TestChatMedia::toolCallsAreCalls()
{
    ask(QStringLiteral("q"));
    m_pane->takeEvent(delta(R"("tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"get_weather","arguments":"{\"city\":"}}])"));
    m_pane->takeEvent(delta(R"("tool_calls":[{"index":0,"function":{"arguments":"\"Berlin\"}"}},{"index":1,"function":{"name":"now","arguments":"{}"}}])"));
    m_pane->finish();
    const ChatTurn &turn = m_pane->transcript().turns().last();
    QCOMPARE(turn.state, ChatTurn::State::Complete);
    QCOMPARE(turn.text, QString());
    const auto names = m_pane->findChildren<QLabel *>(QStringLiteral("toolName"));
    const auto arguments = m_pane->findChildren<QLabel *>(QStringLiteral("toolArguments"));
    QCOMPARE(names.size(), 2);
    QCOMPARE(names[0]->text(), QStringLiteral("get_weather(…)"));
    QCOMPARE(names[1]->text(), QStringLiteral("now()"));
    QCOMPARE(arguments[0]->text(), QStringLiteral("{\n  \"city\": \"Berlin\"\n}"));
    QVERIFY(arguments[0]->isVisible());
    QVERIFY(!arguments[1]->isVisible());
    QToolButton *copy = nullptr;
    const auto buttons = names[0]->parentWidget()->findChildren<QToolButton *>();
    for (QToolButton *button : buttons)
        copy = button;
    QVERIFY(copy && copy->accessibleName() == QStringLiteral("Copy this call"));
    QTest::mouseClick(copy, Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("get_weather({\"city\":\"Berlin\"})"));
}

void TestChatMedia::onlyACapabilityWithPictureParts_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<bool>("takes");
    QTest::newRow("parts with image_url") << QByteArray(takingPictures) << true;
    QTest::newRow("words") << QByteArray(takingWords) << false;
    QTest::newRow("unknown content") << QByteArray(R"({"properties":{"messages":{"type":"array"}}})") << false;
    QTest::newRow("by type") << QByteArray(R"({"properties":{"messages":{"type":"array","items":{"$ref":"#/$defs/m"}}},"$defs":{"m":{"properties":{"content":{"type":"array","items":{"oneOf":[
        {"properties":{"type":{"const":"text"}}},{"properties":{"type":{"const":"image_url"}}}]}}}}}})") << true;
    QTest::newRow("a circle") << QByteArray(R"({"properties":{"messages":{"type":"array","items":{"$ref":"#/$defs/m"}}},"$defs":{"m":{"properties":{"content":{"$ref":"#/$defs/m"}}}}})") << false;
}

void TestChatMedia::onlyACapabilityWithPictureParts()
{
    QFETCH(QByteArray, schema);
    QFETCH(bool, takes);
    make(schema.constData());
    QCOMPARE(m_pane->composer().takesPictures(), takes);
    QCOMPARE(m_pane->findChild<QToolButton *>(QStringLiteral("addPictures"))->isVisible(), takes);
    QGuiApplication::clipboard()->setImage(gradient(30, 20));
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_V, Qt::ControlModifier);
    if (takes)
        QTRY_COMPARE(m_pane->composer().attachments().size(), 1);
    else
        QVERIFY(!m_pane->composer().tray().isReading());
}

void TestChatMedia::pastedPictureIsSentAsAPart()
{
    QSignalSpy sent(m_pane, &ChatPane::sendRequested);
    QGuiApplication::clipboard()->setImage(gradient(300, 200));
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_V, Qt::ControlModifier);
    m_pane->composer().editor()->insertPlainText(QStringLiteral("What is this?"));
    QTRY_COMPARE(m_pane->composer().attachments().size(), 1);
    const Call printed = m_pane->call();
    m_pane->send();
    QCOMPARE(sent.size(), 1);
    const auto call = sent.first().first().value<Call>();
    QCOMPARE(call, printed);
    const Json content = call.input.value(QStringLiteral("messages")).at(0).value(QStringLiteral("content"));
    QCOMPARE(content.size(), 2);
    QCOMPARE(content.at(0).dump(), QByteArray(R"({"type":"text","text":"What is this?"})"));
    QCOMPARE(content.at(1).value(QStringLiteral("type")).toString(), QStringLiteral("image_url"));
    const QString uri = content.at(1).value(QStringLiteral("image_url")).value(QStringLiteral("url")).toString();
    QVERIFY2(uri.startsWith(QStringLiteral("data:image/jpeg;base64,")), qPrintable(uri.left(40)));
    QCOMPARE(QImage::fromData(*fileInText(uri)).size(), QSize(300, 200));
    QCOMPARE(m_pane->composer().attachments().size(), 0);
    // Shown in the question's turn.
    QTRY_VERIFY(m_pane->view().findChild<PictureButton *>() && m_pane->view().findChild<PictureButton *>()->isReady());
}

void TestChatMedia::droppedFilesAreTakenAnywhereOnTheChat()
{
    const QString path = m_folder.filePath(QStringLiteral("a picture.png"));
    QVERIFY(gradient(64, 48).save(path));
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(300, 200), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_pane, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(300, 200), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_pane, &drop);
    QTRY_COMPARE(m_pane->composer().attachments().size(), 1);
    QCOMPARE(m_pane->composer().attachments().first().name, QStringLiteral("a picture.png"));
    // A PNG that fits goes byte by byte.
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(*m_pane->composer().attachments().first().bytes(), file.readAll());
}

void TestChatMedia::pictureCanBeTakenAwayAgain()
{
    m_pane->composer().tray().addImage(gradient(20, 20));
    m_pane->composer().tray().addImage(gradient(40, 20));
    QTRY_COMPARE(m_pane->composer().attachments().size(), 2);
    const QSize second = sizeOf(m_pane->composer().attachments()[1]);
    auto *remove = m_pane->findChild<QToolButton *>(QStringLiteral("removePicture"));
    QVERIFY(remove);
    QTest::keyClick(remove, Qt::Key_Space);
    QCOMPARE(m_pane->composer().attachments().size(), 1);
    QCOMPARE(sizeOf(m_pane->composer().attachments()[0]), second);
}

void TestChatMedia::pictureAloneIsAMessage()
{
    QSignalSpy sent(m_pane, &ChatPane::sendRequested);
    m_pane->composer().tray().addImage(gradient(20, 20));
    m_pane->send(); // it is still being read
    QCOMPARE(sent.size(), 0);
    QTRY_VERIFY(m_pane->findChild<QPushButton *>(QStringLiteral("chatSend"))->isEnabled());
    m_pane->send();
    QCOMPARE(sent.size(), 1);
    const Json content = sent.first().first().value<Call>().input.value(QStringLiteral("messages")).at(0).value(QStringLiteral("content"));
    QCOMPARE(content.size(), 1);
}

void TestChatMedia::phonePictureStandsUpright()
{
    QImage lying = gradient(64, 32);
    for (int y = 0; y < 32; ++y)
        for (int x = 0; x < 16; ++x)
            lying.setPixel(x, y, qRgb(255, 255, 255)); // the left edge, which is the upper one of what was seen
    const auto picture = picture_intake::fromBytes(turnedJpeg(lying), QStringLiteral("phone.jpg"));
    QVERIFY(picture.hasValue());
    const QImage sent = QImage::fromData(*picture->bytes());
    QCOMPARE(sent.size(), QSize(32, 64));
    QVERIFY(qGray(sent.pixel(16, 4)) > 230);
    QVERIFY(qGray(sent.pixel(16, 60)) < 200);
}

void TestChatMedia::largePictureIsMadeSmallerAndSaysSo()
{
    const auto picture = picture_intake::fromImage(gradient(4096, 1024), QStringLiteral("wide"));
    QVERIFY(picture.hasValue());
    QCOMPARE(sizeOf(*picture), QSize(2048, 512));
    QVERIFY2(picture->name.contains(QStringLiteral("4096")) && picture->name.contains(QStringLiteral("2048")), qPrintable(picture->name));
    QImage clear(3000, 10, QImage::Format_ARGB32);
    clear.fill(Qt::transparent);
    const auto seeThrough = picture_intake::fromImage(clear, QStringLiteral("clear"));
    QVERIFY(seeThrough.hasValue());
    QVERIFY(seeThrough->pictureUri().startsWith(QStringLiteral("data:image/png")));
}

void TestChatMedia::whatCannotBeSentIsSaid_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("words") << QByteArray("no picture at all") << int(Error::Kind::InvalidInput);
    QTest::newRow("empty") << QByteArray() << int(Error::Kind::InvalidInput);
    QTest::newRow("half a PNG") << encoded(gradient(200, 200), "png").left(300) << int(Error::Kind::InvalidInput);
    QTest::newRow("too many bytes") << QByteArray(picture_intake::mostFileBytes + 1, 'x') << int(Error::Kind::TooLarge);
    // 30000 × 30000 in a few bytes.
    QTest::newRow("too many pixels") << QByteArray::fromHex("424d3600000000000000360000002800000030750000307500000100180000000000") + QByteArray(400, '\0') << int(Error::Kind::TooLarge);
}

void TestChatMedia::whatCannotBeSentIsSaid()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    const auto picture = picture_intake::fromBytes(bytes, QStringLiteral("file.png"));
    QVERIFY(!picture.hasValue());
    QCOMPARE(int(picture.error().kind()), kind);
    QVERIFY(picture.error().message().contains(QStringLiteral("file.png")));
    QVERIFY(!picture.error().advice().isEmpty());

    const QString path = m_folder.filePath(QStringLiteral("file.png"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    m_pane->composer().tray().addFiles({path});
    QTRY_VERIFY(message().isVisible());
    QVERIFY2(message().text().contains(QStringLiteral("file.png")), qPrintable(message().text()));
    QVERIFY(m_pane->composer().attachments().isEmpty());
}

void TestChatMedia::moreThanTenAreRefused()
{
    for (int i = 0; i < 11; ++i)
        m_pane->composer().tray().addImage(gradient(8 + i, 8));
    QTRY_COMPARE(m_pane->composer().attachments().size(), 10);
    QTRY_VERIFY(message().isVisible());
    QVERIFY2(message().text().contains(QStringLiteral("10")), qPrintable(message().text()));
}

void TestChatMedia::editedQuestionKeepsItsPictures()
{
    m_pane->composer().tray().addImage(gradient(20, 20));
    QTRY_COMPARE(m_pane->composer().attachments().size(), 1);
    ask(QStringLiteral("q"));
    m_pane->takeEvent(delta(R"("content":"a")"));
    m_pane->finish();
    m_pane->edit(0);
    QCOMPARE(m_pane->composer().attachments().size(), 1);
    QCOMPARE(m_pane->composer().text(), QStringLiteral("q"));
    m_pane->cancelEdit();
    QCOMPARE(m_pane->composer().attachments().size(), 0);
}

void TestChatMedia::loadedCallShowsItsPictures()
{
    Call call;
    call.capability = QStringLiteral("seeing-model");
    const QString uri = dataUri("image/png", encoded(gradient(50, 40), "png"));
    const Json question = questionMessage(QStringLiteral("What?"), {ChatAttachment::picture(uri)});
    call.input = Json{{"messages", Json::array({question, Json{{"role", "assistant"}, {"content", "That."}}, question})}};
    m_pane->loadCall(call);
    QCOMPARE(m_pane->composer().text(), QStringLiteral("What?"));
    QCOMPARE(m_pane->composer().attachments().size(), 1);
    m_pane->view().flush();
    QTRY_VERIFY(m_pane->view().findChild<PictureButton *>() && m_pane->view().findChild<PictureButton *>()->isReady());
    QCOMPARE(m_pane->call().input, call.input);
}

void TestChatMedia::messageThatHoldsMoreIsSentAsItWas()
{
    Call call;
    call.input = *Json::parse(R"({"messages":[{"role":"user","name":"Ann","content":"hi"},
        {"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"1","content":"42"},{"role":"user","content":[{"type":"text","text":"hear"},{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]}]})");
    m_pane->loadCall(call);
    QCOMPARE(m_pane->call().input.dump(), call.input.dump());
}

void TestChatMedia::markdownPictureIsTakenOutAtEveryCut()
{
    const QString uri = dataUri("image/png", encoded(gradient(4, 4), "png"));
    const QString text = QStringLiteral("See! ![a [cat]](%1) and ![far](https://example.org/x.png), ![ not one, !").arg(uri);
    const QString left = QStringLiteral("See!  and ![far](https://example.org/x.png), ![ not one, !");
    for (qsizetype cut = 0; cut <= text.size(); ++cut) {
        DataPictures reader;
        const DataPictures::Taken first = reader.take(text.left(cut));
        const DataPictures::Taken second = reader.take(text.mid(cut));
        QCOMPARE(first.words + second.words + reader.finish(), left);
        const QList<ChatAttachment> found = first.pictures + second.pictures;
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().pictureUri(), uri);
        QCOMPARE(found.first().name, QStringLiteral("a [cat]"));
    }
    DataPictures open;
    const DataPictures::Taken half = open.take(QStringLiteral("x ![y](data:image/png;base64,AAA"));
    QCOMPARE(half.words + open.finish(), QStringLiteral("x ![y](data:image/png;base64,AAA"));
}

void TestChatMedia::picturesOfAnAnswerAreShownAndOpen()
{
    ask(QStringLiteral("Draw"));
    const QByteArray uri = dataUri("image/png", encoded(gradient(640, 480), "png")).toUtf8();
    m_pane->takeEvent(delta("\"content\":\"Here: ![a hill](" + uri + ")\""));
    m_pane->takeEvent(delta(R"("images":[{"type":"image_url","image_url":{"url":")" + dataUri("image/jpeg", encoded(gradient(100, 300), "jpeg")).toUtf8() + "\"}}]"));
    m_pane->finish();
    const ChatTurn &turn = m_pane->transcript().turns().last();
    QCOMPARE(turn.text, QStringLiteral("Here: "));
    QCOMPARE(turn.attachments.size(), 2);
    const auto shown = m_pane->view().findChildren<PictureButton *>();
    QCOMPARE(shown.size(), 2);
    QTRY_VERIFY(shown[0]->isReady() && shown[1]->isReady());
    QVERIFY2(shown[0]->accessibleName().contains(QStringLiteral("a hill")) && shown[0]->accessibleName().contains(QStringLiteral("640")), qPrintable(shown[0]->accessibleName()));
    QTRY_VERIFY(shown[0]->height() > 200 && shown[0]->isVisible());
    QTest::keyClick(shown[0], Qt::Key_Space);
    auto *window = shown[0]->findChild<QWidget *>(QStringLiteral("pictureWindow"));
    QVERIFY(window && window->isVisible());
    QCOMPARE(window->findChild<ImageView *>()->imageSize(), QSize(640, 480));
    // What is sent back are the words.
    m_pane->composer().setText(QStringLiteral("And now?"));
    QVERIFY(!m_pane->call().input.dump().contains("base64"));
}

void TestChatMedia::pictureOfTheWebIsNotFetched()
{
    ask(QStringLiteral("Draw"));
    QSignalSpy links(m_pane, &ChatPane::linkActivated);
    m_pane->takeEvent(delta(R"("content":"Here","images":[{"image_url":{"url":"https://example.org/secret.png"}}])"));
    m_pane->finish();
    QVERIFY(!m_pane->view().findChild<PictureButton *>());
    auto *link = m_pane->view().findChild<QToolButton *>(QStringLiteral("pictureLink"));
    QVERIFY(link);
    QVERIFY(link->text().contains(QStringLiteral("example.org")));
    link->click();
    QCOMPARE(links.size(), 1);
}

void TestChatMedia::soundOfAnAnswerCanBePlayed()
{
    ask(QStringLiteral("Say it"));
    StreamEvent whole;
    whole.data = QString::fromUtf8(R"({"choices":[{"message":{"role":"assistant","content":null,"audio":{"id":"a","data":")" + bytes::toBase64(tone(1500)) + R"(","transcript":"The gate is open."}}}]})");
    m_pane->takeEvent(whole);
    m_pane->finish();
    const ChatTurn &turn = m_pane->transcript().turns().last();
    QCOMPARE(turn.text, QStringLiteral("The gate is open."));
    QCOMPARE(turn.attachments.size(), 1);
    auto *player = m_pane->view().findChild<SoundPlayer *>();
    QVERIFY(player);
    QTRY_VERIFY2(player->duration() > std::chrono::milliseconds(1400), qPrintable(player->problem()));
    QVERIFY(player->duration() < std::chrono::milliseconds(1600));
    QVERIFY(player->findChild<QToolButton *>(QStringLiteral("playSound"))->isEnabled());
    player->playOrPause(); // with no loudspeaker it says so, and does not hang
    QTRY_VERIFY(player->isPlaying() || player->findChild<QLabel *>()->text().contains(QStringLiteral("nothing here that sounds")));
}

void TestChatMedia::streamedSamplesBecomeASound()
{
    ask(QStringLiteral("Say it"));
    const QByteArray samples = bytes::toBase64(QByteArray(48'000, '\x11')); // a second of 24 kHz
    m_pane->takeEvent(delta("\"audio\":{\"data\":\"" + samples.left(4000) + "\"}"));
    m_pane->takeEvent(delta("\"audio\":{\"data\":\"" + samples.mid(4000) + "\",\"transcript\":\"Yes.\"}"));
    m_pane->finish();
    auto *player = m_pane->view().findChild<SoundPlayer *>();
    QVERIFY(player);
    QTRY_VERIFY2(player->duration() > std::chrono::milliseconds(900) && player->duration() < std::chrono::milliseconds(1100), qPrintable(player->problem()));
}

void TestChatMedia::figuresAreTold()
{
    ask(QStringLiteral("q"));
    m_pane->takeEvent(delta(R"("content":"a")"));
    StreamEvent usage;
    usage.data = QStringLiteral(R"({"choices":[],"usage":{"prompt_tokens":812,"completion_tokens":64,"total_tokens":876,"completion_tokens_details":{"reasoning_tokens":40}}})");
    m_pane->takeEvent(usage);
    m_pane->finish();
    auto *figures = m_pane->findChild<QLabel *>(QStringLiteral("figures"));
    QVERIFY2(figures->text().contains(QStringLiteral("812 in")), qPrintable(figures->text()));
    QVERIFY2(figures->text().contains(QStringLiteral("64 tokens (40 thought)")), qPrintable(figures->text()));
    QVERIFY2(figures->text().contains(QStringLiteral("first after")), qPrintable(figures->text()));
    QVERIFY2(figures->toolTip().contains(QStringLiteral("Paid: not known")), qPrintable(figures->toolTip()));
    // Where nothing is told it is shown as not known.
    ask(QStringLiteral("q2"));
    m_pane->takeEvent(delta(R"("content":"b")"));
    m_pane->finish();
    const auto all = m_pane->findChildren<QLabel *>(QStringLiteral("figures"));
    QVERIFY2(all.last()->text().startsWith(QStringLiteral("— in")), qPrintable(all.last()->text()));
    QVERIFY2(all.last()->toolTip().contains(QStringLiteral("Tokens of the question: not told")), qPrintable(all.last()->toolTip()));
    // A run of the history was not timed.
    m_pane->clear();
    m_pane->composer().setText(QStringLiteral("q"));
    m_pane->showPastAnswer("data: {\"choices\":[{\"delta\":{\"content\":\"old\"}}]}\n\n", std::nullopt);
    const auto past = m_pane->findChildren<QLabel *>(QStringLiteral("figures"));
    QVERIFY2(past.last()->toolTip().contains(QStringLiteral("not kept in the history")), qPrintable(past.last()->toolTip()));
}

void TestChatMedia::everyControlHasAName()
{
    pictures();
    QCOMPARE(uitest::controlsWithoutName(*m_pane), QStringList());
}

void TestChatMedia::pictures_data()
{
    QTest::addColumn<Theme::Mode>("mode");
    QTest::newRow("light") << Theme::Mode::Light;
    QTest::newRow("dark") << Theme::Mode::Dark;
}

void TestChatMedia::pictures()
{
    const bool table = QTest::currentDataTag() != nullptr;
    if (table) {
        QFETCH(Theme::Mode, mode);
        Theme::setMode(mode);
    }
    m_pane->resize(860, 900);
    m_pane->composer().tray().addImage(gradient(300, 200));
    QTRY_COMPARE(m_pane->composer().attachments().size(), 1);
    ask(QStringLiteral("What is on this picture, and how warm is it there?"));
    m_pane->takeEvent(delta(R"("reasoning":"A slope of colours. The person wants to know the temperature, so I need the tool.")"));
    m_pane->takeEvent(delta(R"("content":"It is a **gradient**, from red to green. Let me look for the weather.","tool_calls":[{"index":0,"function":{"name":"get_weather","arguments":"{\"city\":\"Berlin\",\"unit\":\"celsius\"}"}}])"));
    m_pane->takeEvent(delta("\"images\":[{\"image_url\":{\"url\":\"" + dataUri("image/png", encoded(gradient(320, 200), "png")).toUtf8() + "\"}}]"));
    m_pane->takeEvent(delta("\"audio\":{\"data\":\"" + bytes::toBase64(tone(2300)) + "\"}"));
    m_pane->finish();
    m_pane->findChild<ReasoningFold *>()->setExpanded(true);
    m_pane->composer().tray().addImage(gradient(90, 90));
    m_pane->composer().tray().addImage(gradient(200, 90));
    QTRY_COMPARE(m_pane->composer().attachments().size(), 2);
    m_pane->composer().setText(QStringLiteral("And these?"));
    for (const PictureButton *picture : m_pane->findChildren<PictureButton *>())
        QTRY_VERIFY(picture->isReady());
    QTRY_VERIFY(m_pane->findChild<SoundPlayer *>()->duration().count() > 0);
    m_pane->view().scrollToBottom();
    const QImage image = uitest::picture(*m_pane, QStringLiteral("chat-media-%1").arg(QLatin1String(table ? QTest::currentDataTag() : "names")));
    QVERIFY(uitest::colorCount(image) > 100);
    Theme::setMode(Theme::Mode::Light);
}

QTEST_MAIN(TestChatMedia)
#include "tst_chat_media.moc"
