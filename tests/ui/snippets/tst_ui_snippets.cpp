#include "../ui_test_support.h"

#include "sluice/ui_snippets/code_editor.h"
#include "sluice/ui_snippets/code_view.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <Qsci/qsciscintilla.h>

#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;

namespace {

SnippetContext context(const QString &text, Verb verb = Verb::Run)
{
    SnippetContext made;
    made.call.capability = QStringLiteral("text-analysis");
    made.call.verb = verb;
    made.call.input = Json{{QStringLiteral("text"), text}, {QStringLiteral("strength"), Json::number("1.0")}};
    made.profile.name = QStringLiteral("Sandbox");
    made.hasSenderKey = true;
    made.version = QStringLiteral("0.1.0");
    return made;
}

} // namespace

class TestUiSnippets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void init();
    void cleanup() { delete m_view; }

    void emptyStateSaysWhatToDo();
    void everyLanguageHasATab();
    void codeFollowsTheCall();
    void manyChangesAreGeneratedOnce();
    void keystrokesKeepTheScrollPosition();
    void languageStaysWhenTheCallChanges();
    void copyGivesTheCodeShown();
    void environmentIsNamed();
    void whatALanguageCannotDoIsSaid();
    void anotherLanguageIsOffered();
    void anotherLanguageStandsInUntilTheChosenOneCan();
    void secretsNeverAppear();
    void tabsAreReachedByKeyboard();
    void everyControlHasAName();
    void pictures_data();
    void pictures();

private:
    void show(const SnippetContext &made)
    {
        m_view->setContext(made);
        QTRY_VERIFY(!m_view->isPending());
    }
    CodeView *m_view = nullptr;
};

void TestUiSnippets::init()
{
    m_view = new CodeView;
    m_view->resize(800, 360);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view));
}

void TestUiSnippets::emptyStateSaysWhatToDo()
{
    const auto *states = m_view->findChild<StateView *>();
    QCOMPARE(states->state(), StateView::State::Empty);
    QVERIFY2(states->accessibleName().contains(QLatin1String("Pick a capability")), qPrintable(states->accessibleName()));
    QVERIFY(m_view->code().isEmpty());
}

void TestUiSnippets::everyLanguageHasATab()
{
    QCOMPARE(m_view->findChild<QTabBar *>()->count(), int(snippetGenerators().size()));
    for (const SnippetGenerator *generator : snippetGenerators()) {
        m_view->setLanguage(generator->id());
        QCOMPARE(m_view->language(), generator->id());
    }
}

void TestUiSnippets::codeFollowsTheCall()
{
    show(context(QStringLiteral("hello")));
    for (const SnippetGenerator *generator : snippetGenerators()) {
        m_view->setLanguage(generator->id());
        if (!generator->supports(context(QStringLiteral("hello"))))
            continue;
        QVERIFY2(m_view->code().contains(QLatin1String("hello")), qPrintable(generator->id()));
        QCOMPARE(m_view->findChild<CodeEditor *>()->code(), m_view->code());
    }
    show(context(QStringLiteral("other words")));
    QVERIFY(m_view->code().contains(QLatin1String("other words")));
    QVERIFY(!m_view->code().contains(QLatin1String("hello")));
}

void TestUiSnippets::manyChangesAreGeneratedOnce()
{
    show(context(QStringLiteral("a")));
    auto *editor = m_view->findChild<QsciScintilla *>();
    QSignalSpy changed(editor, &QsciScintilla::textChanged);
    for (const char *text : {"ab", "abc", "abcd"})
        m_view->setContext(context(QString::fromLatin1(text)));
    QVERIFY(m_view->isPending());
    QTRY_VERIFY(!m_view->isPending());
    QVERIFY(m_view->code().contains(QLatin1String("abcd")));
    QVERIFY2(changed.count() <= 2, qPrintable(QString::number(changed.count()))); // one text is cleared and set
}

void TestUiSnippets::keystrokesKeepTheScrollPosition()
{
    m_view->resize(800, 140);
    show(context(QStringLiteral("a")));
    auto *editor = m_view->findChild<QsciScintilla *>();
    editor->setFirstVisibleLine(4);
    const int line = editor->firstVisibleLine();
    QVERIFY(line > 0);
    show(context(QStringLiteral("ab")));
    QCOMPARE(editor->firstVisibleLine(), line);
}

void TestUiSnippets::languageStaysWhenTheCallChanges()
{
    const QString last = snippetGenerators().last()->id();
    QSignalSpy changed(m_view, &CodeView::languageChanged);
    m_view->setLanguage(last);
    QCOMPARE(changed.count(), 1);
    show(context(QStringLiteral("x")));
    QCOMPARE(m_view->language(), last);
    m_view->setLanguage(QStringLiteral("no such language"));
    QCOMPARE(m_view->language(), last);
}

void TestUiSnippets::copyGivesTheCodeShown()
{
    show(context(QStringLiteral("copied words")));
    const auto buttons = m_view->findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        if (button->accessibleName().startsWith(QLatin1String("Copy")) && button->isVisible() && button->isEnabled()) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QCOMPARE(QGuiApplication::clipboard()->text(), m_view->code());
}

void TestUiSnippets::environmentIsNamed()
{
    show(context(QStringLiteral("x")));
    QStringList shown;
    const auto labels = m_view->findChildren<ElidedLabel *>();
    for (const ElidedLabel *label : labels)
        shown << label->text();
    const auto snippet = makeSnippet(*snippetGenerator(m_view->language()), context(QStringLiteral("x")));
    QVERIFY(snippet);
    QVERIFY(!snippet->environment.isEmpty());
    for (const SnippetVariable &variable : snippet->environment)
        QVERIFY2(shown.join(u'|').contains(variable.name), qPrintable(variable.name));
}

void TestUiSnippets::whatALanguageCannotDoIsSaid()
{
    const SnippetContext live = context(QStringLiteral("x"), Verb::Live);
    show(live);
    const auto *states = m_view->findChild<StateView *>();
    bool any = false;
    for (const SnippetGenerator *generator : snippetGenerators()) {
        if (generator->supports(live))
            continue;
        any = true;
        m_view->setLanguage(generator->id());
        QVERIFY(m_view->code().isEmpty());
        QCOMPARE(states->state(), StateView::State::Empty);
        QVERIFY2(states->accessibleName().contains(generator->title()), qPrintable(states->accessibleName()));
    }
    QVERIFY(any);
    show(context(QStringLiteral("x")));
}

void TestUiSnippets::anotherLanguageStandsInUntilTheChosenOneCan()
{
    m_view->setLanguage(QStringLiteral("python"));
    const SnippetContext stream = context(QStringLiteral("x"), Verb::Stream);
    show(stream);
    QVERIFY(m_view->language() != QLatin1String("python"));
    QVERIFY(!m_view->code().isEmpty());
    QCOMPARE(m_view->chosenLanguage(), QStringLiteral("python"));
    // Asked for all the same, the chosen one says why it cannot, and stays while this call is edited.
    m_view->setLanguage(QStringLiteral("python"));
    QVERIFY(m_view->code().isEmpty());
    show(context(QStringLiteral("y"), Verb::Stream));
    QCOMPARE(m_view->language(), QStringLiteral("python"));
    show(context(QStringLiteral("x")));
    QCOMPARE(m_view->language(), QStringLiteral("python"));
    QVERIFY(!m_view->code().isEmpty());
    // A click on the one that stands in chooses it.
    show(stream);
    auto *tabs = m_view->findChild<QTabBar *>();
    const QString standsIn = m_view->language();
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tabs->currentIndex()).center());
    QCOMPARE(m_view->chosenLanguage(), standsIn);
}

void TestUiSnippets::anotherLanguageIsOffered()
{
    show(context(QStringLiteral("x"), Verb::Stream));
    m_view->setLanguage(QStringLiteral("python"));
    QVERIFY(m_view->code().isEmpty());
    const auto buttons = m_view->findChild<StateView *>()->findChildren<QPushButton *>();
    const auto offer = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *button) { return button->isVisible(); });
    QVERIFY(offer != buttons.end());
    (*offer)->click();
    QVERIFY(m_view->language() != QStringLiteral("python"));
    QVERIFY(!m_view->code().isEmpty());
}

void TestUiSnippets::secretsNeverAppear()
{
    SnippetContext made = context(QStringLiteral("the key is sk-0123456789abcdef indeed"));
    made.secrets = {Secret(QByteArrayView("sk-0123456789abcdef"))};
    show(made);
    QVERIFY(m_view->code().isEmpty());
    QVERIFY(!m_view->findChild<CodeEditor *>()->code().contains(QLatin1String("sk-0123")));
    QVERIFY(!m_view->findChild<InlineMessage *>()->text().contains(QLatin1String("sk-0123")));
}

void TestUiSnippets::tabsAreReachedByKeyboard()
{
    auto *tabs = m_view->findChild<QTabBar *>();
    tabs->setFocus();
    QVERIFY(tabs->hasFocus());
    const int before = tabs->currentIndex();
    QTest::keyClick(tabs, Qt::Key_Right);
    QCOMPARE(tabs->currentIndex(), before + 1);
}

void TestUiSnippets::everyControlHasAName()
{
    show(context(QStringLiteral("x")));
    QCOMPARE(uitest::controlsWithoutName(*m_view).join(u'\n'), QString());
}

void TestUiSnippets::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestUiSnippets::pictures()
{
    QFETCH(bool, dark);
    Theme::setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
    const QString mode = QString::fromLatin1(QTest::currentDataTag());
    uitest::picture(*m_view, QStringLiteral("code-empty-") + mode);
    show(context(QStringLiteral("It's a sunny day, and the sluice is open.")));
    for (const SnippetGenerator *generator : snippetGenerators()) {
        m_view->setLanguage(generator->id());
        qApp->processEvents();
        const QImage image = m_view->grab().toImage();
        image.save(QStringLiteral("%1/code-%2-%3.png").arg(uitest::pictureDir(), generator->id(), mode));
        QVERIFY(uitest::colorCount(image) > 20);
    }
    Theme::setMode(Theme::Mode::Light);
}

QTEST_MAIN(TestUiSnippets)
#include "tst_ui_snippets.moc"
