#include "sluice/shell/command_palette.h"

#include <QtGui/QAction>
#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>

using namespace sluice::ui;

class TestShell : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fuzzyScorePrefersWordsAndRuns();
    void paletteRunsWhatIsChosenByKeyboard();
    void disabledActionsAreNoCommands();
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
    QTest::keyClicks(query, QStringLiteral("hist"));
    QTest::keyClick(query, Qt::Key_Return);
    QTRY_COMPARE(ran, QStringLiteral("history"));
    QVERIFY(!palette.isVisible());
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

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
