#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/codeview/code_view.h"
#include "sluice/forms/input_editor.h"
#include "sluice/backend/user_data.h"
#include "sluice/inspector/inspector.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/chat_page.h"
#include "sluice/shell/form_page.h"
#include "sluice/shell/main_window.h"
#include "sluice/shell/status_strip.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QtTest>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;

/// The real window on the real local network.
class TestWindow : public QObject {
    Q_OBJECT
public:
    static void initMain(); // found by QTEST_MAIN; runs before the application is made

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void firstScreenIsReadyToRun();
    void noticeCoversNothing();
    void codeCanHaveTheWholeHeight();
    void nothingIsCutAt_data();
    void nothingIsCutAt();
    void runAskedForAtTheStartRunsOnce();
    void codeWithAStoredSecretIsRefused();
    void codeNamesTheFileThatWasPicked();
    void closingInTheMiddleOfACallIsSafe_data();
    void closingInTheMiddleOfACallIsSafe();

private:
    struct WindowFixture {
        std::shared_ptr<UserData> data;
        std::unique_ptr<Session> session;
        std::unique_ptr<MainWindow> window;
        ~WindowFixture()
        {
            window.reset();
            session.reset();
        }
    };
    [[nodiscard]] std::unique_ptr<WindowFixture> makeWindow() const;
    [[nodiscard]] static WorkbenchPage *open(WindowFixture &fixture, const QString &name);
    [[nodiscard]] static QStringList cutParts(const QWidget &window);

    QTemporaryDir m_folder;
    std::unique_ptr<WindowFixture> m_network; ///< keeps the sandbox that the others join
};

void TestWindow::initMain()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // secrets of a test must not reach anybody's keychain
    qputenv("PATH", QByteArray(SLUICE_BIN_DIR ":") + qgetenv("PATH"));
}

void TestWindow::initTestCase()
{
    qputenv("SLUICE_DATA_DIR", m_folder.path().toUtf8());
    Theme::apply(*qApp, Theme::Mode::Light);
    m_network = makeWindow();
    QString problem;
    connect(m_network->session.get(), &Session::connectionFailed, this, [&](const Error &error) { problem = error.describe(); });
    QTRY_VERIFY_WITH_TIMEOUT(m_network->session->state() == Session::State::Ready || !problem.isEmpty(), 40'000);
    QCOMPARE(problem, QString());
    QTRY_COMPARE_WITH_TIMEOUT(m_network->session->state(), Session::State::Ready, 30'000);
}

void TestWindow::cleanupTestCase()
{
    m_network.reset();
}

std::unique_ptr<TestWindow::WindowFixture> TestWindow::makeWindow() const
{
    auto fixture = std::make_unique<WindowFixture>();
    fixture->data = UserData::inMemory();
    fixture->session = std::make_unique<Session>(fixture->data);
    fixture->window = std::make_unique<MainWindow>(*fixture->session);
    fixture->window->show();
    fixture->session->start();
    return fixture;
}

WorkbenchPage *TestWindow::open(WindowFixture &fixture, const QString &name)
{
    const auto info = fixture.session->capability(name);
    return info ? fixture.window->openCapability(*info) : nullptr;
}

void TestWindow::firstScreenIsReadyToRun()
{
    const auto fixture = makeWindow();
    QTRY_VERIFY_WITH_TIMEOUT(fixture->window->currentPage() != nullptr, 30'000);
    auto *page = qobject_cast<FormPage *>(fixture->window->currentPage());
    QVERIFY2(page, "what opens by itself has a form with an example in it");
    QVERIFY(page->input().validate().isEmpty());
    QTRY_VERIFY(!fixture->window->codeView().code().isEmpty());
    fixture->window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(fixture->window.get()));
    QTest::keyClick(fixture->window.get(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(page->currentRun() && page->currentRun()->state() == RunController::State::Succeeded, 30'000);
    QVERIFY(!page->currentRun()->payment().tickets.isEmpty());
}

void TestWindow::noticeCoversNothing()
{
    const auto fixture = makeWindow();
    QTRY_COMPARE_WITH_TIMEOUT(fixture->session->state(), Session::State::Ready, 30'000);
    auto *strip = fixture->window->findChild<StatusStrip *>();
    QTRY_VERIFY2(strip->notice().contains(QStringLiteral("first contact")), qPrintable(strip->notice()));
    const auto buttons = strip->findChildren<QToolButton *>();
    QVERIFY(std::any_of(buttons.begin(), buttons.end(), [](const QToolButton *button) { return button->isVisible() && button->text() == QStringLiteral("sandbox"); }));
    QVERIFY(strip->currentMessage().isEmpty());
}

void TestWindow::codeCanHaveTheWholeHeight()
{
    const auto fixture = makeWindow();
    QTRY_VERIFY_WITH_TIMEOUT(fixture->window->currentPage() != nullptr, 30'000);
    fixture->window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(fixture->window.get()));
    CodeView &code = fixture->window->codeView();
    const int before = code.height();
    QTest::keyClick(fixture->window.get(), Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(code.height() > 2 * before);
    QVERIFY(!fixture->window->picker().isVisible());
    // Whoever opens a capability wants to see it.
    QVERIFY(open(*fixture, QStringLiteral("text-analysis")));
    QTRY_COMPARE(code.height(), before);
    QVERIFY(fixture->window->picker().isVisible());
}

QStringList TestWindow::cutParts(const QWidget &window)
{
    QStringList cut;
    const auto say = [&](const QWidget *widget, const QString &what) {
        cut << QStringLiteral("%1 “%2”: %3").arg(QString::fromLatin1(widget->metaObject()->className()), widget->accessibleName(), what);
    };
    const auto size = [](QSize value) { return QStringLiteral("%1×%2").arg(value.width()).arg(value.height()); };
    const auto widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible() || widget->isWindow() || widget->window() != &window || qobject_cast<const QSplitterHandle *>(widget))
            continue;
        if (qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()) || qobject_cast<const QComboBox *>(widget->parentWidget()))
            continue; // a part of a control, placed by the style
        const auto *area = qobject_cast<const QScrollArea *>(widget);
        if (area && area->horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff && area->widget()
            && area->widget()->width() > area->viewport()->width())
            say(widget, QStringLiteral("its content is %1 wide, it shows %2").arg(area->widget()->width()).arg(area->viewport()->width()));
        if (const auto *tabs = qobject_cast<const QTabBar *>(widget); tabs && tabs->count() > 0
            && tabs->tabRect(tabs->count() - 1).right() > tabs->width())
            say(widget, QStringLiteral("its last tab is out of sight"));
        bool scrolls = false;
        for (const QWidget *up = widget->parentWidget(); up && !scrolls; up = up->parentWidget())
            scrolls = qobject_cast<const QAbstractScrollArea *>(up) != nullptr;
        if (scrolls)
            continue;
        if (!widget->parentWidget()->rect().contains(widget->geometry()))
            say(widget, QStringLiteral("reaches out of what holds it"));
        // What scrolls may be smaller than it would like.
        const QSize least = qobject_cast<const QAbstractScrollArea *>(widget) ? QSize() : widget->minimumSizeHint();
        if (widget->width() < least.width() || widget->height() < least.height())
            say(widget, QStringLiteral("has %1 and needs %2").arg(size(widget->size()), size(least)));
        const auto *label = qobject_cast<const QLabel *>(widget);
        if (label && !label->wordWrap() && label->width() < label->sizeHint().width())
            say(widget, QStringLiteral("its text “%1” is cut").arg(label->text()));
    }
    return cut;
}

void TestWindow::nothingIsCutAt_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("capability");
    for (const QSize size : {QSize(1024, 640), QSize(1280, 800)}) {
        for (const char *name : {"text-analysis", "image-filter", "docs-chat"})
            QTest::addRow("%s at %d", name, size.width()) << size << QString::fromLatin1(name);
    }
}

void TestWindow::nothingIsCutAt()
{
    QFETCH(QSize, size);
    QFETCH(QString, capability);
    const auto fixture = makeWindow();
    QTRY_COMPARE_WITH_TIMEOUT(fixture->session->state(), Session::State::Ready, 30'000);
    WorkbenchPage *page = open(*fixture, capability);
    QVERIFY(page);
    fixture->window->resize(size);
    QCOMPARE(fixture->window->size(), size);
    QCoreApplication::processEvents();
    QTRY_COMPARE(cutParts(*fixture->window).join(u'\n'), QString());
    // And with everything that a call brings: an answer, tickets, a timeline, a line in the history.
    if (auto *chat = qobject_cast<ChatPage *>(page))
        chat->chat().composer().setText(QStringLiteral("What is a ticket?"));
    page->run();
    QTRY_VERIFY_WITH_TIMEOUT(page->currentRun() && page->currentRun()->state() == RunController::State::Succeeded, 60'000);
    QTRY_VERIFY(fixture->window->inspector().findChildren<QWidget *>().size() > 0);
    QCoreApplication::processEvents();
    QCOMPARE(fixture->window->size(), size);
    QTRY_COMPARE(cutParts(*fixture->window).join(u'\n'), QString());
}

void TestWindow::runAskedForAtTheStartRunsOnce()
{
    const auto fixture = makeWindow();
    QSignalSpy started(fixture->session.get(), &Session::runStarted);
    fixture->window->runWhenListed(QStringLiteral("text-analysis"), Json{{QStringLiteral("text"), QStringLiteral("A fine day.")}});
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, 30'000);
    auto *page = qobject_cast<FormPage *>(fixture->window->currentPage());
    QVERIFY(page && page->capability().name == QStringLiteral("text-analysis"));
    QCOMPARE(page->call().input.value(QStringLiteral("text")).toString(), QStringLiteral("A fine day."));
    QTRY_COMPARE_WITH_TIMEOUT(page->currentRun()->state(), RunController::State::Succeeded, 30'000);
    fixture->session->refreshCapabilities();
    QSignalSpy listed(fixture->session.get(), &Session::capabilitiesChanged);
    QTRY_VERIFY_WITH_TIMEOUT(!listed.isEmpty(), 30'000);
    QCOMPARE(started.size(), 1);
}

void TestWindow::codeNamesTheFileThatWasPicked()
{
    const auto fixture = makeWindow();
    QTRY_COMPARE_WITH_TIMEOUT(fixture->session->state(), Session::State::Ready, 30'000);
    auto *page = qobject_cast<FormPage *>(open(*fixture, QStringLiteral("image-filter")));
    QVERIFY(page);
    const QString path = m_folder.filePath(QStringLiteral("holiday 7.png"));
    QImage picture(64, 64, QImage::Format_RGB32); // noise, so that its bytes are too many to stand in the code
    for (int i = 0; i < 64 * 64; ++i)
        picture.setPixel(i % 64, i / 64, QRgb(i * 2654435761U >> 8));
    QVERIFY(picture.save(path));
    QWidget *field = nullptr;
    const QList<QWidget *> widgets = page->input().findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (widget->acceptDrops() && widget->inherits("sluice::ui::FileEditor"))
            field = widget;
    }
    QVERIFY(field);
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(field, &enter);
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(field, &drop);
    QTRY_VERIFY2(fixture->window->codeView().code().contains(QStringLiteral("holiday 7.png")), qPrintable(fixture->window->codeView().code()));
    QVERIFY(!fixture->window->codeView().code().contains(m_folder.path()));
}

void TestWindow::codeWithAStoredSecretIsRefused()
{
    const auto fixture = makeWindow();
    QTRY_COMPARE_WITH_TIMEOUT(fixture->session->state(), Session::State::Ready, 30'000);
    auto *page = qobject_cast<FormPage *>(open(*fixture, QStringLiteral("text-analysis")));
    QVERIFY(page);
    QTRY_VERIFY(!fixture->window->codeView().code().isEmpty());
    const QString key = QString::fromUtf8(fixture->session->inUse().senderKey.expose().toByteArray());
    QVERIFY(key.size() >= 64);
    QVERIFY(!fixture->window->codeView().code().contains(key));
    // Pasted into the input by mistake, it would otherwise be in every language's code.
    Call call = page->call();
    call.input.insert(QStringLiteral("text"), QStringLiteral("my key is ") + key);
    page->load(call);
    QTRY_VERIFY(!fixture->window->codeView().isPending());
    QCOMPARE(fixture->window->codeView().code(), QString());
}

void TestWindow::closingInTheMiddleOfACallIsSafe_data()
{
    QTest::addColumn<QString>("capability");
    QTest::addColumn<QString>("what");
    for (const char *name : {"text-analysis", "docs-chat"}) {
        for (const char *what : {"tab", "window", "everything", "profile"})
            QTest::addRow("%s, %s", name, what) << QString::fromLatin1(name) << QString::fromLatin1(what);
    }
}

void TestWindow::closingInTheMiddleOfACallIsSafe()
{
    QFETCH(QString, capability);
    QFETCH(QString, what);
    // A little later each time: while the token is fetched, while it pays, while it waits or streams.
    for (int turns = 0; turns < 40; turns += 10) {
        const auto fixture = makeWindow();
        QTRY_COMPARE_WITH_TIMEOUT(fixture->session->state(), Session::State::Ready, 30'000);
        WorkbenchPage *page = open(*fixture, capability);
        QVERIFY(page);
        if (auto *chat = qobject_cast<ChatPage *>(page))
            chat->chat().composer().setText(QStringLiteral("What is a ticket?"));
        page->run();
        for (int turn = 0; turn < turns; ++turn)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
        if (what == QStringLiteral("tab")) {
            QTest::keyClick(fixture->window.get(), Qt::Key_W, Qt::ControlModifier);
        } else if (what == QStringLiteral("profile")) {
            fixture->session->switchProfile(QStringLiteral("sandbox"));
        } else {
            fixture->window.reset();
            if (what == QStringLiteral("everything"))
                fixture->session.reset();
        }
        for (int turn = 0; turn < 20; ++turn)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
