#include "window_fixture_p.h"

#include "sluice/codeview/code_view.h"
#include "sluice/history/history_panel.h"
#include "sluice/inspector/inspector.h"
#include "sluice/live/live_pane.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/session/run_controller.h"
#include "sluice/shell/live_page.h"
#include "sluice/shell/shortcut_sheet.h"

#include <QtTest/QtTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QTreeWidget>

using namespace sluice;
using namespace sluice::ui;

/// Which places of the window are seen, and how its keys are found.
class TestWindowRoom : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { openNetwork(); }
    void cleanupTestCase() { m_network.reset(); }
    void init() { openWindow(); }
    void cleanup() { m_fixture.reset(); }

    void videoHasRoomWhileItRuns();
    void whoWantsThePlacesBackKeepsThem();
    void linesAndOtherTabsNeedNoRoom();
    void aPlacePutAwayStaysAway();
    void theLowerRowGoesWithItsPlaces();
    void everyKeyOfTheMenusIsOnTheSheet();
    void noKeyMeansTwoThings();
    void aboutSaysWhichVersionItIs();

private:
    [[nodiscard]] MainWindow &window() const { return *m_fixture->window; }
    /// capabilities, inspector, code, history
    [[nodiscard]] QString seen() const
    {
        QString all;
        all += window().picker().isVisible() ? QLatin1Char('p') : QLatin1Char('-');
        all += window().inspector().isVisible() ? QLatin1Char('i') : QLatin1Char('-');
        all += window().codeView().isVisible() ? QLatin1Char('c') : QLatin1Char('-');
        all += window().history().isVisible() ? QLatin1Char('h') : QLatin1Char('-');
        return all;
    }
    void bringToFront(const QString &name) const { QVERIFY(m_fixture->open(name)); }
    LivePage *startLive(const QString &name) const
    {
        auto *page = qobject_cast<LivePage *>(m_fixture->open(name));
        if (!page->capability().live.raw)
            page->live().setSource(LiveSource::testPattern());
        page->run();
        return page;
    }
    static void end(LivePage &page)
    {
        page.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!page.isRunning(), 60'000);
    }
};

void TestWindowRoom::videoHasRoomWhileItRuns()
{
    LivePage *page = qobject_cast<LivePage *>(m_fixture->open(QStringLiteral("noop")));
    QCOMPARE(seen(), QStringLiteral("pich"));
    const int before = page->height();
    startLive(QStringLiteral("noop"));
    QTRY_VERIFY_WITH_TIMEOUT(page->currentRun() && page->isRunning(), 30'000);
    QTRY_COMPARE(seen(), QStringLiteral("p---"));
    QTRY_VERIFY(page->height() >= before + 150);
    end(*page);
    QTRY_COMPARE(seen(), QStringLiteral("pich"));
    QTRY_COMPARE(page->height(), before);
}

void TestWindowRoom::whoWantsThePlacesBackKeepsThem()
{
    LivePage *page = startLive(QStringLiteral("noop"));
    QTRY_COMPARE_WITH_TIMEOUT(seen(), QStringLiteral("p---"), 30'000);
    QTest::keyClick(&window(), Qt::Key_2, Qt::ControlModifier); // one of them
    QTRY_COMPARE(seen(), QStringLiteral("pi--"));
    QTest::keyClick(&window(), Qt::Key_0, Qt::ControlModifier); // all
    QTRY_COMPARE(seen(), QStringLiteral("pich"));
    bringToFront(QStringLiteral("text-analysis"));
    bringToFront(QStringLiteral("noop"));
    QCOMPARE(seen(), QStringLiteral("pich")); // it was said for this job
    end(*page);
    startLive(QStringLiteral("noop"));
    QTRY_COMPARE_WITH_TIMEOUT(seen(), QStringLiteral("p---"), 30'000);
    end(*page);
}

void TestWindowRoom::linesAndOtherTabsNeedNoRoom()
{
    LivePage *lines = startLive(QStringLiteral("log-tail"));
    QTRY_VERIFY_WITH_TIMEOUT(lines->isRunning(), 30'000);
    QCOMPARE(seen(), QStringLiteral("pich"));
    end(*lines);
    LivePage *video = startLive(QStringLiteral("noop"));
    QTRY_COMPARE_WITH_TIMEOUT(seen(), QStringLiteral("p---"), 30'000);
    bringToFront(QStringLiteral("text-analysis"));
    QCOMPARE(seen(), QStringLiteral("pich"));
    bringToFront(QStringLiteral("noop"));
    QCOMPARE(seen(), QStringLiteral("p---"));
    end(*video);
}

void TestWindowRoom::aPlacePutAwayStaysAway()
{
    QTest::keyClick(&window(), Qt::Key_4, Qt::ControlModifier);
    QTRY_COMPARE(seen(), QStringLiteral("pic-"));
    QTest::keyClick(&window(), Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(seen(), QStringLiteral("p---"));
    // Closed while there is room: what is away for the moment comes back, what was put away does not.
    window().close();
    m_fixture.reset();
    m_fixture = std::make_unique<WindowFixture>();
    QTRY_COMPARE(seen(), QStringLiteral("pic-"));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 60'000);
}

void TestWindowRoom::theLowerRowGoesWithItsPlaces()
{
    const QWidget *centre = window().findChild<QTabWidget *>();
    const int before = centre->height();
    QTest::keyClick(&window(), Qt::Key_3, Qt::ControlModifier);
    QTRY_COMPARE(seen(), QStringLiteral("pi-h"));
    QCOMPARE(centre->height(), before);
    QTest::keyClick(&window(), Qt::Key_4, Qt::ControlModifier);
    QTRY_COMPARE(seen(), QStringLiteral("pi--"));
    QTRY_VERIFY(centre->height() > before);
    QTest::keyClick(&window(), Qt::Key_E, Qt::ControlModifier); // the code, enlarged, wants to be seen
    QTRY_COMPARE(seen(), QStringLiteral("--c-"));
    QTest::keyClick(&window(), Qt::Key_E, Qt::ControlModifier);
    QTRY_COMPARE(seen(), QStringLiteral("pic-"));
}

void TestWindowRoom::everyKeyOfTheMenusIsOnTheSheet()
{
    QTest::keyClick(&window(), Qt::Key_F1);
    auto *sheet = window().findChild<ShortcutSheet *>();
    QVERIFY(sheet);
    const auto *list = sheet->findChild<QTreeWidget *>();
    const auto shown = [&](const QString &keys) {
        const auto found = list->findItems(keys, Qt::MatchContains | Qt::MatchRecursive, 1);
        return std::any_of(found.begin(), found.end(), [](const QTreeWidgetItem *item) { return !item->isHidden(); });
    };
    int count = 0;
    for (const QAction *action : window().findChildren<QAction *>(Qt::FindDirectChildrenOnly)) {
        for (const QKeySequence &keys : action->shortcuts()) {
            QVERIFY2(shown(keys.toString(QKeySequence::NativeText)), qPrintable(action->text()));
            ++count;
        }
    }
    QVERIFY(count > 20);
    QTest::keyClicks(sheet->findChild<QLineEdit *>(), QStringLiteral("palette"));
    QVERIFY(shown(QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText)));
    QVERIFY(!shown(QKeySequence(Qt::CTRL | Qt::Key_W).toString(QKeySequence::NativeText)));
}

void TestWindowRoom::noKeyMeansTwoThings()
{
    QSet<QKeySequence> all;
    for (const QAction *action : window().findChildren<QAction *>(Qt::FindDirectChildrenOnly)) {
        for (const QKeySequence &keys : action->shortcuts()) {
            QVERIFY2(!all.contains(keys), qPrintable(action->text()));
            all.insert(keys);
        }
    }
}

void TestWindowRoom::aboutSaysWhichVersionItIs()
{
    QApplication::setApplicationVersion(QStringLiteral("1.2.3"));
    const auto actions = window().findChildren<QAction *>(Qt::FindDirectChildrenOnly);
    const auto about = std::find_if(actions.begin(), actions.end(), [](const QAction *action) { return action->menuRole() == QAction::AboutRole; });
    QVERIFY(about != actions.end());
    (*about)->trigger();
    const auto *box = window().findChild<QMessageBox *>();
    QVERIFY(box);
    QVERIFY(box->text().contains(QStringLiteral("1.2.3")));
    QVERIFY(box->informativeText().contains(m_folder.path()));
}

QTEST_MAIN(TestWindowRoom)
#include "tst_window_room.moc"
