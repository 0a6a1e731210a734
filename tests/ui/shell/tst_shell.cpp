#include "sluice/shell/command_palette.h"
#include "sluice/shell/places_splitter.h"

#include <QtGui/QAction>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QVBoxLayout>

using namespace sluice::ui;

class TestShell : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fuzzyScorePrefersWordsAndRuns();
    void paletteRunsWhatIsChosenByKeyboard();
    void aCapabilityIsFoundByTheNetworksNameToo();
    void disabledActionsAreNoCommands();
    void theMiddleKeepsWhatItNeedsAndTheSidesComeBack();
    void noSideIsNarrowerThanItsContentWhereThereIsRoom();
    void aSideThatWasDraggedStaysAsItWasMade();
    void sidesGrowWithALargeWindowUnlessTheyWereDragged();
};

void TestShell::fuzzyScorePrefersWordsAndRuns()
{
    QVERIFY(!fuzzyScore(QStringLiteral("xyz"), QStringLiteral("Show history")));
    QVERIFY(*fuzzyScore(QStringLiteral("hist"), QStringLiteral("Show history"))
        > *fuzzyScore(QStringLiteral("hist"), QStringLiteral("The inspector shows tickets")));
    QVERIFY(*fuzzyScore(QStringLiteral("sh"), QStringLiteral("Show history"))
        > *fuzzyScore(QStringLiteral("sh"), QStringLiteral("Refresh")));
}

void TestShell::paletteRunsWhatIsChosenByKeyboard()
{
    QWidget window;
    window.resize(1280, 800);
    window.show();
    CommandPalette palette(&window);
    QString ran;
    palette.popup({{QStringLiteral("Open text-analysis"), {}, [&] { ran = QStringLiteral("open"); }},
        {QStringLiteral("Dark theme"), {}, [&] { ran = QStringLiteral("dark"); }},
        {QStringLiteral("Show history"), {}, [&] { ran = QStringLiteral("history"); }}});
    auto *query = palette.findChild<QLineEdit *>();
    QTest::keyClicks(query, QStringLiteral("s"));
    QTest::keyClick(query, Qt::Key_Down);
    QTest::keyClick(query, Qt::Key_Up);
    query->clear();
    QTest::keyClicks(query, QStringLiteral("qqq"));
    auto *nothing = palette.findChild<QLabel *>();
    QVERIFY(nothing->isVisible());
    QVERIFY2(nothing->text().contains(QLatin1String("qqq")), qPrintable(nothing->text()));
    QTest::keyClick(query, Qt::Key_Return); // chooses nothing, and stays
    QVERIFY(palette.isVisible());
    query->clear();
    QVERIFY(!nothing->isVisible());
    QTest::keyClicks(query, QStringLiteral("hist"));
    QTest::keyClick(query, Qt::Key_Return);
    QTRY_COMPARE(ran, QStringLiteral("history"));
    QVERIFY(!palette.isVisible());
}

// Its title is in the window's language; what people have read elsewhere is the network's name for it.
void TestShell::aCapabilityIsFoundByTheNetworksNameToo()
{
    QWidget window;
    window.show();
    CommandPalette palette(&window);
    QString ran;
    palette.popup({{QStringLiteral("Bild aus Text öffnen"), {}, [&] { ran = QStringLiteral("image"); }, QStringLiteral("text-to-image")},
        {QStringLiteral("Dunkles Thema"), {}, [&] { ran = QStringLiteral("dark"); }}});
    auto *query = palette.findChild<QLineEdit *>();
    QTest::keyClicks(query, QStringLiteral("text-to"));
    QTest::keyClick(query, Qt::Key_Return);
    QTRY_COMPARE(ran, QStringLiteral("image"));
}

void TestShell::disabledActionsAreNoCommands()
{
    QAction enabled(QStringLiteral("&Run"));
    QAction disabled(QStringLiteral("&Stop"));
    disabled.setEnabled(false);
    const auto commands = CommandPalette::fromActions({&enabled, &disabled});
    QCOMPARE(commands.size(), 1);
    QCOMPARE(commands.first().title, QStringLiteral("Run"));
}

namespace {

/// A place with content that asks for `least` pixels, and puts up with fewer.
QWidget *placeOf(int least)
{
    auto *frame = new QFrame;
    frame->setMinimumSize(40, 40);
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *content = new QWidget;
    content->setMinimumWidth(least);
    layout->addWidget(content);
    return frame;
}

std::unique_ptr<PlacesSplitter> places(int middle)
{
    auto splitter = std::make_unique<PlacesSplitter>();
    splitter->setHandleWidth(1);
    for (const int least : {150, middle, 200})
        splitter->addWidget(placeOf(least));
    splitter->setSides(250, 320);
    splitter->resize(1280, 300);
    splitter->show();
    return splitter;
}

} // namespace

void TestShell::theMiddleKeepsWhatItNeedsAndTheSidesComeBack()
{
    const auto splitter = places(540);
    QTRY_COMPARE(splitter->sizes(), (QList<int>{250, 708, 320}));
    splitter->resize(1024, 300);
    QTRY_VERIFY(splitter->sizes()[1] >= 540);
    QVERIFY(splitter->sizes()[0] >= 150 && splitter->sizes()[0] < 250);
    QVERIFY(splitter->sizes()[2] >= 200 && splitter->sizes()[2] < 320);
    // What cannot be shown whole folds: the last place first.
    splitter->resize(800, 300);
    QTRY_COMPARE(splitter->sizes()[2], 0);
    QVERIFY(splitter->sizes()[0] >= 150 && splitter->sizes()[1] >= 540);
    splitter->resize(640, 300);
    QTRY_COMPARE(splitter->sizes()[0], 0);
    splitter->resize(1280, 300);
    QTRY_COMPARE(splitter->sizes(), (QList<int>{250, 708, 320}));
    // More comes into the middle.
    splitter->widget(1)->layout()->itemAt(0)->widget()->setMinimumWidth(800);
    QTRY_VERIFY(splitter->sizes()[1] >= 800);
    QCOMPARE(splitter->sides(), (QList<int>{250, 320}));
    // A side that somebody hid takes no room.
    splitter->widget(2)->hide();
    QTRY_COMPARE(splitter->sizes()[0], 250);
}

void TestShell::noSideIsNarrowerThanItsContentWhereThereIsRoom()
{
    const auto splitter = places(300);
    QTRY_COMPARE(splitter->sizes(), (QList<int>{250, 708, 320}));
    // Words of another language, or an answer, come into a side.
    splitter->widget(2)->layout()->itemAt(0)->widget()->setMinimumWidth(380);
    QTRY_COMPARE(splitter->sizes()[2], 380);
    QCOMPARE(splitter->sides(), (QList<int>{250, 320}));
    splitter->widget(2)->layout()->itemAt(0)->widget()->setMinimumWidth(200);
    QTRY_COMPARE(splitter->sizes()[2], 320);
    // One that is shut stays so.
    splitter->setSides(250, 0);
    QTRY_COMPARE(splitter->sizes()[2], 0);
}

void TestShell::aSideThatWasDraggedStaysAsItWasMade()
{
    const auto splitter = places(300);
    QTRY_COMPARE(splitter->sizes()[0], 250);
    QSplitterHandle *handle = splitter->handle(2);
    const QPoint at = handle->rect().center();
    QTest::mousePress(handle, Qt::LeftButton, {}, at);
    QTest::mouseMove(handle, at - QPoint(100, 0));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, at - QPoint(100, 0));
    const int dragged = splitter->sides()[1];
    QVERIFY2(dragged > 400, qPrintable(QString::number(dragged)));
    splitter->resize(700, 300);
    QTRY_VERIFY(splitter->sizes()[2] < dragged);
    splitter->resize(1400, 300);
    QTRY_COMPARE(splitter->sizes()[2], dragged);
    QCOMPARE(splitter->sizes()[0], 250);
}

void TestShell::sidesGrowWithALargeWindowUnlessTheyWereDragged()
{
    const auto splitter = places(300);
    splitter->setSides(PlacesSplitter().sides()[0], PlacesSplitter().sides()[1]);
    QTRY_COMPARE(splitter->sizes(), (QList<int>{256, 702, 320}));
    splitter->resize(2560, 300);
    QTRY_COMPARE(splitter->sizes()[0], 320);
    QCOMPARE(splitter->sizes()[2], 365);
    QCOMPARE(splitter->sides(), (QList<int>{256, 320})); // nobody dragged them
    splitter->resize(3840, 300);
    QTRY_COMPARE(splitter->sizes()[0], 360);
    QCOMPARE(splitter->sizes()[2], 440);
    splitter->setSides(300, 320);
    QTRY_COMPARE(splitter->sizes()[0], 300);
    QCOMPARE(splitter->sizes()[2], 440);
}

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
