#include "../ui/ui_test_support.h"
#include "window_fixture_p.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_transcript.h"
#include "sluice/codeview/code_view.h"
#include "sluice/forms/input_editor.h"
#include "sluice/picker/capability_model.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/results/json_tree_view.h"
#include "sluice/results/picture_choice.h"
#include "sluice/results/result_view.h"
#include "sluice/results/video_player.h"
#include "sluice/gateway/past_run.h"
#include "sluice/shell/chat_page.h"
#include "sluice/widgets/image_view.h"
#include "sluice/widgets/sound_player.h"

#include <QtCore/QMimeData>
#include <QtGui/QDropEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QListView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabBar>

using namespace sluice;
using namespace sluice::ui;

namespace {

const QString Sentence = QStringLiteral("We are going to the city tomorrow.");
const QString Prompt = QStringLiteral("The sluice is open");

QString wordsOf(const QString &text)
{
    static const QRegularExpression other(QStringLiteral("[^a-z0-9]+"));
    return text.toLower().replace(other, QStringLiteral(" ")).trimmed();
}

/// A disc and a square of two colours on a third.
QImage shapes()
{
    QImage image(320, 240, QImage::Format_RGB32);
    image.fill(QColor(90, 130, 90));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(200, 40, 40));
    painter.drawEllipse(QPointF(96, 120), 52.8, 52.8);
    painter.setBrush(QColor(30, 60, 200));
    painter.drawRect(204, 60, 72, 72);
    return image;
}

} // namespace

/// Each pipeline of the sandbox's AI gateway as a person uses it: picked, filled in, run, and looked at. What one makes another reads.
class TestWindowPipelines : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        openNetwork();
        openWindow();
        m_fixture->window->resize(1280, 800);
        QVERIFY(shapes().save(m_folder.filePath(QStringLiteral("shapes.png"))));
    }
    void cleanupTestCase()
    {
        m_fixture.reset();
        m_network.reset();
    }
    void theSpokenSentenceIsPlayedAndRecognisedAgain();
    void theTypesetPromptIsShownAndReadAgain();
    void severalPicturesAreShownOneByOne();
    void aPictureIsChanged();
    void aPictureIsUpscaled();
    void aPictureBecomesAVideoThatPlays();
    void theSegmentedThingIsTheOneUnderThePoint_data();
    void theSegmentedThingIsTheOneUnderThePoint();
    void oneTalksWithTheChat();
    void aRunOfTheHistoryShowsTheSame();

private:
    /// Clicks on it in the picker.
    WorkbenchPage *pick(const QString &name) const
    {
        auto *list = m_fixture->window->picker().findChild<QListView *>();
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QModelIndex index = list->model()->index(row, 0);
            const auto id = index.data(CapabilityModel::IdRole).value<CapabilityId>();
            if (id.backend != QStringLiteral("aigateway") || id.name != name)
                continue;
            list->scrollTo(index);
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
            WorkbenchPage *page = m_fixture->window->currentPage();
            return page && page->capability().id() == id ? page : nullptr;
        }
        return nullptr;
    }
    [[nodiscard]] FormPage *form(const QString &name) const { return qobject_cast<FormPage *>(pick(name)); }

    /// Types into the field of that title, in place of what is there.
    [[nodiscard]] static bool type(const FormPage &page, const QString &title, const QString &text)
    {
        for (QWidget *field : page.input().findChildren<QWidget *>()) {
            const bool takesText = qobject_cast<QLineEdit *>(field) || qobject_cast<QPlainTextEdit *>(field) || qobject_cast<QAbstractSpinBox *>(field);
            const bool isIt = field->accessibleName() == title || field->accessibleName() == title + QStringLiteral(", required");
            if (!takesText || !field->isVisible() || !isIt)
                continue;
            field->setFocus();
            QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClick(field, Qt::Key_Delete);
            QTest::keyClicks(field, text);
            return true;
        }
        return false;
    }
    /// Drops the file on the form's field for one.
    [[nodiscard]] static bool drop(const FormPage &page, const QString &path)
    {
        for (QWidget *field : page.input().findChildren<QWidget *>()) {
            if (!field->inherits("sluice::ui::FileEditor"))
                continue;
            QMimeData mime;
            mime.setUrls({QUrl::fromLocalFile(path)});
            QDragEnterEvent enter(QPoint(4, 4), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(field, &enter);
            QDropEvent event(QPointF(4, 4), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(field, &event);
            return enter.isAccepted() && event.isAccepted();
        }
        return false;
    }
    /// Presses Run; waits for the answer, or says at which field and why there is none.
    [[nodiscard]] static QString run(FormPage &page)
    {
        for (QPushButton *button : page.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->accessibleName() == QStringLiteral("Run"))
                button->click();
        }
        for (const FieldIssue &issue : page.input().validate())
            return QStringLiteral("%1: %2").arg(issue.pointer, issue.message);
        if (!QTest::qWaitFor([&] { return page.currentRun() && page.currentRun()->state() != RunController::State::Running; }, 60'000))
            return QStringLiteral("no answer in time");
        return page.currentRun()->state() == RunController::State::Succeeded ? QString() : page.currentRun()->error().describe();
    }
    template<typename View> [[nodiscard]] static View *shown(const FormPage &page)
    {
        for (View *view : page.result().findChildren<View *>()) {
            if (view->isVisible())
                return view;
        }
        return nullptr;
    }
    [[nodiscard]] QString kept(const FormPage &page, const QString &name) const
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(page.result().data().body) != page.result().data().body.size())
            return {};
        return path;
    }
    void look(const char *name) const { uitest::picture(*m_fixture->window, QStringLiteral("pipeline-") + QString::fromLatin1(name)); }
    [[nodiscard]] static Json answerOf(const FormPage &page) { return page.currentRun()->result().json; }
};

void TestWindowPipelines::theSpokenSentenceIsPlayedAndRecognisedAgain()
{
    FormPage *speech = form(QStringLiteral("text-to-speech"));
    QVERIFY(speech);
    QVERIFY(type(*speech, QStringLiteral("Text"), Sentence));
    QCOMPARE(run(*speech), QString());
    QTRY_VERIFY(shown<SoundPlayer>(*speech));
    QTRY_VERIFY2(shown<SoundPlayer>(*speech)->duration() > std::chrono::seconds(1), qPrintable(shown<SoundPlayer>(*speech)->problem()));
    look("text-to-speech");

    FormPage *heard = form(QStringLiteral("audio-to-text"));
    QVERIFY(heard);
    QVERIFY(drop(*heard, kept(*speech, QStringLiteral("speech.wav"))));
    QCOMPARE(run(*heard), QString());
    QCOMPARE(wordsOf(answerOf(*heard).value(QStringLiteral("text")).toString()), wordsOf(Sentence));
    QTRY_VERIFY(shown<JsonTreeView>(*heard));
    look("audio-to-text");
}

void TestWindowPipelines::theTypesetPromptIsShownAndReadAgain()
{
    FormPage *drawn = form(QStringLiteral("text-to-image"));
    QVERIFY(drawn);
    QVERIFY(type(*drawn, QStringLiteral("Prompt"), Prompt));
    QCOMPARE(run(*drawn), QString());
    QTRY_VERIFY(shown<ImageView>(*drawn));
    QVERIFY(type(*drawn, QStringLiteral("Width"), QStringLiteral("512")) && type(*drawn, QStringLiteral("Height"), QStringLiteral("512")));
    QCOMPARE(run(*drawn), QString());
    QTRY_COMPARE(shown<ImageView>(*drawn) ? shown<ImageView>(*drawn)->imageSize() : QSize(), QSize(512, 512));
    look("text-to-image");

    FormPage *read = form(QStringLiteral("image-to-text"));
    QVERIFY(read);
    QVERIFY(drop(*read, kept(*drawn, QStringLiteral("drawn.png"))));
    QCOMPARE(run(*read), QString());
    const QString found = wordsOf(answerOf(*read).value(QStringLiteral("text")).toString());
    QVERIFY2(found.startsWith(wordsOf(Prompt)), qPrintable(found));
    QTRY_VERIFY(shown<JsonTreeView>(*read));
    look("image-to-text");
}

void TestWindowPipelines::severalPicturesAreShownOneByOne()
{
    FormPage *page = form(QStringLiteral("text-to-image"));
    QVERIFY(page);
    QVERIFY(type(*page, QStringLiteral("Prompt"), Prompt));
    QVERIFY(type(*page, QStringLiteral("Pictures"), QStringLiteral("3")));
    QCOMPARE(run(*page), QString());
    QTRY_VERIFY(shown<PictureChoice>(*page));
    PictureChoice &choice = *shown<PictureChoice>(*page);
    QCOMPARE(choice.pictures().size(), 3);
    QVERIFY(choice.pictures()[0].bytes != choice.pictures()[1].bytes);
    QVERIFY(!choice.image().imageSize().isEmpty());
    // From one to the next by the keyboard.
    choice.tabs().setFocus();
    QTest::keyClick(&choice.tabs(), Qt::Key_Right);
    QCOMPARE(choice.tabs().currentIndex(), 1);
    look("several-pictures");
    QVERIFY(type(*page, QStringLiteral("Pictures"), QStringLiteral("1")));
}

void TestWindowPipelines::aPictureIsChanged()
{
    FormPage *page = form(QStringLiteral("image-to-image"));
    QVERIFY(page);
    QVERIFY(drop(*page, m_folder.filePath(QStringLiteral("shapes.png"))));
    QVERIFY(type(*page, QStringLiteral("Prompt"), QStringLiteral("make it greyscale")));
    QVERIFY(type(*page, QStringLiteral("Strength"), QStringLiteral("1")));
    QCOMPARE(run(*page), QString());
    QTRY_VERIFY(shown<ImageView>(*page));
    const QColor disc = QImage::fromData(page->result().data().body).pixelColor(96, 120);
    QVERIFY2(std::abs(disc.red() - disc.green()) < 4 && std::abs(disc.green() - disc.blue()) < 4, qPrintable(disc.name()));
    look("image-to-image");
}

void TestWindowPipelines::aPictureIsUpscaled()
{
    FormPage *page = form(QStringLiteral("upscale"));
    QVERIFY(page);
    QVERIFY(drop(*page, m_folder.filePath(QStringLiteral("shapes.png"))));
    QVERIFY(type(*page, QStringLiteral("Prompt"), QStringLiteral("shapes")));
    QCOMPARE(run(*page), QString());
    QTRY_VERIFY(shown<ImageView>(*page));
    QCOMPARE(shown<ImageView>(*page)->imageSize(), QSize(1280, 960));
    look("upscale");
}

void TestWindowPipelines::aPictureBecomesAVideoThatPlays()
{
    FormPage *page = form(QStringLiteral("image-to-video"));
    QVERIFY(page);
    QVERIFY(drop(*page, m_folder.filePath(QStringLiteral("shapes.png"))));
    QVERIFY(type(*page, QStringLiteral("Width"), QStringLiteral("320")));
    QVERIFY(type(*page, QStringLiteral("Height"), QStringLiteral("240")));
    QCOMPARE(run(*page), QString());
    QTRY_VERIFY(shown<VideoPlayer>(*page));
    VideoPlayer &player = *shown<VideoPlayer>(*page);
    QTRY_VERIFY2_WITH_TIMEOUT(player.shownPictures() >= 1, qPrintable(player.problem()), 20'000);
    QVERIFY(player.isPlaying());
    const QImage first = player.picture();
    QCOMPARE(first.size(), QSize(320, 240));
    QVERIFY2(first.pixelColor(96, 120).red() > first.pixelColor(96, 120).green() + 60, "it begins with the picture");
    QTRY_VERIFY(player.shownPictures() >= 3 && player.picture() != first);
    look("image-to-video");
    // It stands still when it is told to, and while another tab is in front.
    QTest::keyClick(&player, Qt::Key_Space);
    QVERIFY(!player.isPlaying());
    QTest::keyClick(&player, Qt::Key_Space);
    QVERIFY(player.isPlaying());
    QVERIFY(form(QStringLiteral("upscale")));
    QVERIFY(!player.isPlaying());
}

void TestWindowPipelines::theSegmentedThingIsTheOneUnderThePoint_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isDisc");
    QTest::newRow("a point on the disc") << QStringLiteral("Points") << QStringLiteral("[[96, 120]]") << true;
    QTest::newRow("a point on the square") << QStringLiteral("Points") << QStringLiteral("[[240, 96]]") << false;
    QTest::newRow("a box around the disc") << QStringLiteral("Box") << QStringLiteral("[36, 60, 160, 180]") << true;
}

void TestWindowPipelines::theSegmentedThingIsTheOneUnderThePoint()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(bool, isDisc);
    FormPage *page = form(QStringLiteral("segment-anything-2"));
    QVERIFY(page);
    QVERIFY(drop(*page, m_folder.filePath(QStringLiteral("shapes.png"))));
    const bool byPoint = field == QStringLiteral("Points");
    QVERIFY(type(*page, QStringLiteral("Points"), byPoint ? text : QString()));
    QVERIFY(type(*page, QStringLiteral("Points' labels"), byPoint ? QStringLiteral("[1]") : QString()));
    QVERIFY(type(*page, QStringLiteral("Box"), byPoint ? QString() : text));
    QCOMPARE(run(*page), QString());
    QTRY_VERIFY_WITH_TIMEOUT(shown<PictureChoice>(*page), 20'000);
    const PictureChoice &choice = *shown<PictureChoice>(*page);
    QCOMPARE(choice.pictures().size(), 3);
    QCOMPARE(choice.image().imageSize(), QSize(320, 240));
    QTRY_VERIFY2(choice.tabs().isVisible() && choice.tabs().height() > 20, qPrintable(QString::number(choice.tabs().height())));
    // What belongs keeps its colours, all else is faint.
    const QImage seen = QImage::fromData(choice.pictures().first().bytes);
    const QColor disc = seen.pixelColor(96, 120);
    const QColor square = seen.pixelColor(240, 96);
    const auto isFaint = [](const QColor &colour) { return std::min({colour.red(), colour.green(), colour.blue()}) > 180; };
    QVERIFY2(isFaint(disc) != isDisc && isFaint(square) == isDisc, qPrintable(disc.name() + square.name()));
    look(byPoint ? isDisc ? "segment-disc" : "segment-square" : "segment-box");
}

void TestWindowPipelines::oneTalksWithTheChat()
{
    auto *page = qobject_cast<ChatPage *>(pick(QStringLiteral("llm")));
    QVERIFY(page);
    QTest::keyClicks(page->chat().composer().editor(), QStringLiteral("How does a payment ticket work?"));
    QTest::keyClick(page->chat().composer().editor(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(page->currentRun() && page->currentRun()->state() == RunController::State::Succeeded, 60'000);
    QVERIFY(page->chat().transcript().turns().last().text.contains(QStringLiteral("ticket")));
    look("llm");
}

void TestWindowPipelines::aRunOfTheHistoryShowsTheSame()
{
    FormPage *page = form(QStringLiteral("segment-anything-2"));
    QVERIFY(page && page->currentRun());
    Call call = page->currentRun()->call();
    PastRun past;
    past.call = call;
    past.result = page->currentRun()->result();
    FormPage again(*m_fixture->session, page->capability());
    again.show();
    again.showPast(past);
    QTRY_VERIFY_WITH_TIMEOUT(shown<PictureChoice>(again), 20'000);
    QCOMPARE(shown<PictureChoice>(again)->pictures().first().bytes, shown<PictureChoice>(*page)->pictures().first().bytes);
}

QTEST_MAIN(TestWindowPipelines)
#include "tst_window_pipelines.moc"
