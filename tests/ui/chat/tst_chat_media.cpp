#include "media_pane_test.h"

#include "sluice/base/bytes.h"
#include "sluice/chat/data_pictures_p.h"
#include "sluice/chat/picture_button_p.h"
#include "sluice/chat/reasoning_fold_p.h"
#include "sluice/widgets/image_view.h"
#include "sluice/widgets/sound_player.h"

#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::uitest;

/// What stands beside the words of an answer: reasoning, calls of tools, pictures, sounds, figures.
class TestChatMedia : public MediaPaneTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void init() { make(takingPictures); }
    void cleanup() { delete std::exchange(m_pane, nullptr); }

    void reasoningIsFoldedAndToldApart();
    void reasoningCanBeUnfoldedByKeyboard();
    void toolCallsAreCalls();
    void markdownPictureIsTakenOutAtEveryCut();
    void picturesOfAnAnswerAreShownAndOpen();
    void pictureOfTheWebIsNotFetched();
    void soundOfAnAnswerCanBePlayed();
    void streamedSamplesBecomeASound();
    void figuresAreTold();
    void everyControlHasAName();
    void pictures_data();
    void pictures();
};

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
    auto *copy = names[0]->parentWidget()->findChild<QToolButton *>();
    QVERIFY(copy && copy->accessibleName() == QStringLiteral("Copy this call"));
    QTest::mouseClick(copy, Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("get_weather({\"city\":\"Berlin\"})"));
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
    QCOMPARE(controlsWithoutName(*m_pane), QStringList());
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
    const QImage image = picture(*m_pane, QStringLiteral("chat-media-%1").arg(QLatin1String(table ? QTest::currentDataTag() : "names")));
    QVERIFY(colorCount(image) > 100);
    Theme::setMode(Theme::Mode::Light);
}

QTEST_MAIN(TestChatMedia)
#include "tst_chat_media.moc"
