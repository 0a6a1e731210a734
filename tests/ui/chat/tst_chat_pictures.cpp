#include "media_pane_test.h"

#include "sluice/chat/picture_button_p.h"
#include "sluice/chat/picture_intake.h"
#include "sluice/widgets/taken_out_line.h"

#include <QtCore/QMimeData>
#include <QtCore/QRandomGenerator>
#include <QtGui/QClipboard>
#include <QtGui/QDragEnterEvent>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::uitest;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(path));
    return file.readAll();
}

} // namespace

/// Pictures that a person sends.
class TestChatPictures : public MediaPaneTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void init() { make(takingPictures); }
    void cleanup() { delete std::exchange(m_pane, nullptr); }

    void onlyACapabilityWithPictureParts_data();
    void onlyACapabilityWithPictureParts();
    void pastedPictureIsSentAsAPart();
    void droppedFilesAreTakenAnywhereOnTheChat();
    void pictureCanBeTakenAwayAgain();
    void pictureAloneIsAMessage();
    void phonePictureStandsUpright();
    void largePictureIsMadeSmallerAndSaysSo();
    void privateDetailsStayHereUnlessWanted();
    void pictureWrittenAnewTellsNothingEither();
    void everyMessageBeginsWithoutPrivateDetails();
    void phonesFormatsAreRefusedWithAdvice();
    void whatCannotBeSentIsSaid_data();
    void whatCannotBeSentIsSaid();
    void moreThanTenAreRefused();
    void largePicturesDoNotSlowTyping();
    void editedQuestionKeepsItsPictures();
    void loadedCallShowsItsPictures();
    void messageThatHoldsMoreIsSentAsItWas();
};

void TestChatPictures::onlyACapabilityWithPictureParts_data()
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

void TestChatPictures::onlyACapabilityWithPictureParts()
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

void TestChatPictures::pastedPictureIsSentAsAPart()
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

void TestChatPictures::droppedFilesAreTakenAnywhereOnTheChat()
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

void TestChatPictures::pictureCanBeTakenAwayAgain()
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

void TestChatPictures::pictureAloneIsAMessage()
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

void TestChatPictures::phonePictureStandsUpright()
{
    QImage lying = gradient(64, 32);
    for (int y = 0; y < 32; ++y)
        for (int x = 0; x < 16; ++x)
            lying.setPixel(x, y, qRgb(255, 255, 255)); // the left edge, which is the upper one of what was seen
    const auto picture = picture_intake::fromBytes(turnedJpeg(lying), QStringLiteral("phone.jpg"));
    QVERIFY(picture.hasValue());
    const QImage sent = QImage::fromData(*picture->attachment.bytes());
    QCOMPARE(sent.size(), QSize(32, 64));
    QVERIFY(qGray(sent.pixel(16, 4)) > 230);
    QVERIFY(qGray(sent.pixel(16, 60)) < 200);
}

void TestChatPictures::largePictureIsMadeSmallerAndSaysSo()
{
    const auto picture = picture_intake::fromImage(gradient(4096, 1024), QStringLiteral("wide"));
    QVERIFY(picture.hasValue());
    QCOMPARE(sizeOf(picture->attachment), QSize(2048, 512));
    const QString name = picture->attachment.name;
    QVERIFY2(name.contains(QStringLiteral("4096")) && name.contains(QStringLiteral("2048")), qPrintable(name));
    QImage clear(3000, 10, QImage::Format_ARGB32);
    clear.fill(Qt::transparent);
    const auto seeThrough = picture_intake::fromImage(clear, QStringLiteral("clear"));
    QVERIFY(seeThrough.hasValue());
    QVERIFY(seeThrough->attachment.pictureUri().startsWith(QStringLiteral("data:image/png")));
    // What does not get small by being written anew gets smaller still.
    QImage noise(1600, 1600, QImage::Format_ARGB32);
    QRandomGenerator random(3);
    for (int y = 0; y < noise.height(); ++y)
        random.fillRange(reinterpret_cast<quint32 *>(noise.scanLine(y)), noise.width());
    const auto bounded = picture_intake::fromImage(noise, QStringLiteral("noise"));
    QVERIFY(bounded.hasValue());
    QVERIFY(bounded->attachment.bytes()->size() <= picture_intake::mostSentBytes);
    QVERIFY(sizeOf(bounded->attachment).width() < 1600);
}

void TestChatPictures::privateDetailsStayHereUnlessWanted()
{
    const QString path = QStringLiteral(SLUICE_TEST_DATA "/pictures/phone.png");
    const QByteArray whole = contentOf(path);
    AttachmentTray &tray = m_pane->composer().tray();
    tray.addFiles({path});
    QTRY_COMPARE(tray.attachments().size(), 1);
    auto *line = tray.findChild<TakenOutLine *>();
    auto *box = tray.findChild<QCheckBox *>(QStringLiteral("sendWhole"));
    QVERIFY(line && line->isVisible() && box->isVisible() && !box->isChecked());
    QVERIFY2(line->text().startsWith(QStringLiteral("Taken out: position, camera serial number")), qPrintable(line->text()));
    const QString folder = qEnvironmentVariable("SLUICE_PICTURES");
    QTRY_COMPARE(box->height(), box->sizeHint().height());
    if (!folder.isEmpty())
        QVERIFY(m_pane->grab().save(folder + QStringLiteral("/chat_picture.png")));
    const QByteArray sent = *tray.attachments().first().bytes();
    QVERIFY(whole.contains("Ada Example") && !sent.contains("Ada Example"));
    QVERIFY(!lookThrough(sent)->found);

    box->click();
    QCOMPARE(*tray.attachments().first().bytes(), whole);
    QVERIFY2(line->text().startsWith(QStringLiteral("Sent with everything in it")), qPrintable(line->text()));
    QCOMPARE(m_pane->call().input.value(QStringLiteral("messages")).at(0).value(QStringLiteral("content")).at(0).value(QStringLiteral("image_url")).value(QStringLiteral("url")).toString(),
        dataUri("image/png", whole)); // and so the code has it
    box->click();
    QCOMPARE(*tray.attachments().first().bytes(), sent);
    QCOMPARE(contentOf(path), whole);

    tray.addImage(gradient(20, 20)); // which tells nothing: the line is still true of the other one
    QTRY_COMPARE(tray.attachments().size(), 2);
    QVERIFY(line->isVisible());
    QTest::keyClick(m_pane->findChild<QToolButton *>(QStringLiteral("removePicture")), Qt::Key_Space);
    QCOMPARE(tray.attachments().size(), 1);
    QVERIFY(!line->isVisible());
}

void TestChatPictures::pictureWrittenAnewTellsNothingEither()
{
    // Lying on its side, so that it is written anew; a comment is what Qt takes over into the new file.
    const QByteArray whole = contentOf(QStringLiteral(SLUICE_TEST_DATA "/pictures/phone.jpg"));
    const auto picture = picture_intake::fromBytes(whole, QStringLiteral("phone.jpg"));
    QVERIFY(picture.hasValue());
    const QByteArray sent = *picture->attachment.bytes();
    QCOMPARE(QImage::fromData(sent).size(), QSize(48, 64));
    QVERIFY(!sent.contains("summit") && !sent.contains("Ada Example"));
    QVERIFY(!lookThrough(sent)->found);
    QVERIFY(picture->takenOut.testFlag(PrivateDetail::Position));
    QVERIFY(picture->whole);
    QCOMPARE(*picture->whole->bytes(), whole);
}

void TestChatPictures::everyMessageBeginsWithoutPrivateDetails()
{
    AttachmentTray &tray = m_pane->composer().tray();
    const QString path = QStringLiteral(SLUICE_TEST_DATA "/pictures/phone.png");
    tray.addFiles({path});
    QTRY_COMPARE(tray.attachments().size(), 1);
    tray.findChild<QCheckBox *>(QStringLiteral("sendWhole"))->click();
    m_pane->send();
    QCOMPARE(tray.attachments().size(), 0);
    m_pane->takeEvent(delta(R"("content":"a")"));
    m_pane->finish();
    tray.addFiles({path});
    QTRY_COMPARE(tray.attachments().size(), 1);
    QVERIFY(!tray.findChild<QCheckBox *>(QStringLiteral("sendWhole"))->isChecked());
    QVERIFY(!tray.attachments().first().bytes()->contains("Ada Example"));
}

void TestChatPictures::phonesFormatsAreRefusedWithAdvice()
{
    for (const auto &[name, format] : {std::pair("phone.heic", "HEIC"), std::pair("phone.avif", "AVIF")}) {
        const QByteArray bytes = contentOf(QStringLiteral(SLUICE_TEST_DATA "/pictures/") + QLatin1String(name));
        const auto picture = picture_intake::fromBytes(bytes, QString::fromLatin1(name));
        if (picture) { // Qt has a plugin for it here
            QVERIFY(picture->attachment.pictureUri().startsWith(QLatin1String("data:image/jpeg")));
            continue;
        }
        QVERIFY2(picture.error().message().contains(QLatin1String(format)), qPrintable(picture.error().message()));
        QVERIFY2(picture.error().advice().contains(QStringLiteral("JPEG")), qPrintable(picture.error().advice()));
    }
}

void TestChatPictures::whatCannotBeSentIsSaid_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("words") << QByteArray("no picture at all") << int(Error::Kind::InvalidInput);
    QTest::newRow("empty") << QByteArray() << int(Error::Kind::InvalidInput);
    QTest::newRow("half a PNG") << encoded(gradient(200, 200), "png").left(300) << int(Error::Kind::InvalidInput);
    QTest::newRow("too many bytes") << QByteArray(picture_intake::mostFileBytes + 1, 'x') << int(Error::Kind::TooLarge);
    // 30000 × 30000 in a few bytes.
    QTest::newRow("too many pixels") << QByteArray::fromHex("89504e470d0a1a0a0000000d4948445200007530000075300802000000e9456fed0000000c49444154789c6360a03d00000064000186643c35") << int(Error::Kind::TooLarge);
}

void TestChatPictures::whatCannotBeSentIsSaid()
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

void TestChatPictures::moreThanTenAreRefused()
{
    for (int i = 0; i < 11; ++i)
        m_pane->composer().tray().addImage(gradient(8 + i, 8));
    QTRY_COMPARE(m_pane->composer().attachments().size(), 10);
    QTRY_VERIFY(message().isVisible());
    QVERIFY2(message().text().contains(QStringLiteral("10")), qPrintable(message().text()));
}

void TestChatPictures::largePicturesDoNotSlowTyping()
{
    const QString uri = QStringLiteral("data:image/png;base64,") + QString(16 * 1024 * 1024, u'A');
    m_pane->composer().setAttachments({ChatAttachment::picture(uri)});
    ask(QStringLiteral("q"));
    m_pane->takeEvent(delta(R"("content":"a")"));
    m_pane->finish();
    m_pane->composer().setAttachments({ChatAttachment::picture(uri)});
    QElapsedTimer timer;
    timer.start();
    constexpr int keys = 50;
    for (int i = 0; i < keys; ++i) {
        QTest::keyClick(m_pane->composer().editor(), Qt::Key_A);
        QCOMPARE(m_pane->call().input.value(QStringLiteral("messages")).size(), 3);
        QVERIFY(!m_pane->conversation().isNull());
    }
    QVERIFY2(timer.elapsed() < 16 * keys, qPrintable(QStringLiteral("%1 ms for %2 keys").arg(timer.elapsed()).arg(keys)));
}

void TestChatPictures::editedQuestionKeepsItsPictures()
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

void TestChatPictures::loadedCallShowsItsPictures()
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

void TestChatPictures::messageThatHoldsMoreIsSentAsItWas()
{
    Call call;
    call.input = *Json::parse(R"({"messages":[{"role":"user","name":"Ann","content":"hi"},
        {"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"1","content":"42"},{"role":"user","content":[{"type":"text","text":"hear"},{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]}]})");
    m_pane->loadCall(call);
    QCOMPARE(m_pane->call().input.dump(), call.input.dump());
}

QTEST_MAIN(TestChatPictures)
#include "tst_chat_pictures.moc"
