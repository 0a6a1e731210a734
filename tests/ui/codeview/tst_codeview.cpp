#include "../ui_test_support.h"

#include "sluice/codeview/code_editor.h"
#include "sluice/codeview/code_view.h"
#include "sluice/codeview/snippet_needs.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <Qsci/qsciscintilla.h>

#include <QtCore/QProcess>
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

class TestCodeview : public QObject {
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
    void aBackendWithoutCodeIsSaid();
    void anotherLanguageIsOffered();
    void theLanguageNeverChangesByItself();
    void opensInALanguageThatRunsHere();
    void everyTabSaysWhatItNeeds();
    void environmentLinesAreForAShell();
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

void TestCodeview::init()
{
    m_view = new CodeView;
    m_view->resize(800, 360);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view));
}

void TestCodeview::emptyStateSaysWhatToDo()
{
    const auto *states = m_view->findChild<StateView *>();
    QCOMPARE(states->state(), StateView::State::Empty);
    QVERIFY2(states->accessibleName().contains(QLatin1String("Pick a capability")), qPrintable(states->accessibleName()));
    QVERIFY(m_view->code().isEmpty());
}

void TestCodeview::everyLanguageHasATab()
{
    QCOMPARE(m_view->findChild<QTabBar *>()->count(), int(snippetGenerators().size()));
    for (const SnippetGenerator *generator : snippetGenerators()) {
        m_view->setLanguage(generator->id());
        QCOMPARE(m_view->language(), generator->id());
    }
}

void TestCodeview::codeFollowsTheCall()
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

void TestCodeview::manyChangesAreGeneratedOnce()
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

void TestCodeview::keystrokesKeepTheScrollPosition()
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

void TestCodeview::languageStaysWhenTheCallChanges()
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

void TestCodeview::copyGivesTheCodeShown()
{
    show(context(QStringLiteral("copied words")));
    const auto buttons = m_view->findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        if (button->accessibleName() == QLatin1String("Copy code") && button->isVisible() && button->isEnabled()) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QCOMPARE(QGuiApplication::clipboard()->text(), m_view->code());
}

void TestCodeview::environmentIsNamed()
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

void TestCodeview::whatALanguageCannotDoIsSaid()
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

void TestCodeview::theLanguageNeverChangesByItself()
{
    m_view->setLanguage(QStringLiteral("python"));
    for (const Verb verb : {Verb::Stream, Verb::Run, Verb::Live, Verb::Stream, Verb::Run}) {
        show(context(QStringLiteral("x"), verb));
        QCOMPARE(m_view->language(), QStringLiteral("python"));
        QCOMPARE(m_view->chosenLanguage(), QStringLiteral("python"));
        QCOMPARE(m_view->code().isEmpty(), verb != Verb::Run);
    }
}

void TestCodeview::opensInALanguageThatRunsHere()
{
    QVERIFY(m_view->chosenLanguage().isEmpty());
    show(context(QStringLiteral("x")));
    QCOMPARE(m_view->language(), languageThatRuns(context(QStringLiteral("x"))));
    QVERIFY(m_view->language() != QStringLiteral("python") && m_view->language() != QStringLiteral("python-v1"));
    QVERIFY2(m_view->chosenLanguage().isEmpty(), "nobody chose it");
    // A live job has no code for Node; nothing moves, whatever is in front.
    const QString first = m_view->language();
    show(context(QStringLiteral("x"), Verb::Live));
    QCOMPARE(m_view->language(), first);
}

void TestCodeview::everyTabSaysWhatItNeeds()
{
    show(context(QStringLiteral("x")));
    for (const SnippetGenerator *generator : snippetGenerators()) {
        m_view->setLanguage(generator->id());
        const SnippetNeeds needs = snippetNeeds(generator->id(), context(QStringLiteral("x")));
        QVERIFY2(!needs.tools.isEmpty(), qPrintable(generator->id()));
        QStringList shown;
        for (const ElidedLabel *label : m_view->findChildren<ElidedLabel *>())
            shown << label->text();
        QVERIFY2(shown.join(u'|').contains(needs.tools), qPrintable(generator->id()));
        QVERIFY2(shown.join(u'|').contains(needs.whyNotHere), qPrintable(generator->id()));
    }
    // A key on this machine is no remote signer, and what is not published runs nowhere.
    QVERIFY(!snippetNeeds(QStringLiteral("python"), context(QStringLiteral("x"))).whyNotHere.isEmpty());
    QVERIFY(!snippetNeeds(QStringLiteral("python-v1"), context(QStringLiteral("x"))).whyNotHere.isEmpty());
    SnippetContext signer = context(QStringLiteral("x"));
    signer.profile.local = false;
    signer.hasSenderKey = false;
    signer.profile.setLivepeer({.signerUrl = QStringLiteral("https://signer.example")});
    QVERIFY(snippetNeeds(QStringLiteral("python"), signer).whyNotHere.isEmpty());
}

void TestCodeview::environmentLinesAreForAShell()
{
    Snippet snippet;
    snippet.text = QStringLiteral("code");
    snippet.environment = {{QStringLiteral("LIVEPEER_ORCH_URL"), QStringLiteral("The address."), QStringLiteral("https://orch.example:8935"), true, false},
        {QStringLiteral("SLUICE_SENDER_KEY"), QStringLiteral("The key."), {}, true, true},
        {QStringLiteral("PASSWORD"), QStringLiteral("A field of the input."), QStringLiteral("never this"), true, true}};
    const QString lines = environmentLines(snippet, [](const QString &name) {
        return name == QStringLiteral("LIVEPEER_ORCH_URL") ? QStringLiteral("https://it's.example/$HOME`id`") : QString();
    });
    QVERIFY(!lines.contains(QStringLiteral("never this")));
    QProcess shell;
    shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), lines + QStringLiteral("printf '%s|%s|%s' \"$LIVEPEER_ORCH_URL\" \"$SLUICE_SENDER_KEY\" \"$PASSWORD\"")});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), QStringLiteral("https://it's.example/$HOME`id`||"));
    QCOMPARE(shell.readAllStandardError(), QByteArray());
    // What is left to the person is said beside its line.
    QVERIFY(lines.contains(QStringLiteral("# SLUICE_SENDER_KEY: The key.")));
    QVERIFY(lines.contains(QStringLiteral("keychain")));
}

void TestCodeview::aBackendWithoutCodeIsSaid()
{
    m_view->setContext(context(QStringLiteral("first")));
    QTRY_VERIFY(!m_view->code().isEmpty());
    SnippetContext other = context(QStringLiteral("second"));
    other.call.backend = QStringLiteral("nobody writes these");
    m_view->setContext(other);
    QTRY_VERIFY(!m_view->isPending());
    QVERIFY(m_view->code().isEmpty());
    auto *states = m_view->findChild<StateView *>();
    QVERIFY2(states->accessibleName().contains(QStringLiteral("nobody writes these")) && states->accessibleName().contains(QStringLiteral("sluicectl run")), qPrintable(states->accessibleName()));
    QVERIFY(!m_view->copyNow());
    // And back.
    m_view->setContext(context(QStringLiteral("third")));
    QTRY_VERIFY(m_view->code().contains(QStringLiteral("third")));
    QGuiApplication::clipboard()->clear();
    QVERIFY(m_view->copyNow());
    QCOMPARE(QGuiApplication::clipboard()->text(), m_view->code());
}

void TestCodeview::anotherLanguageIsOffered()
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

void TestCodeview::secretsNeverAppear()
{
    SnippetContext made = context(QStringLiteral("the key is sk-0123456789abcdef indeed"));
    made.secrets = {Secret(QByteArrayView("sk-0123456789abcdef"))};
    show(made);
    QVERIFY(m_view->code().isEmpty());
    QVERIFY(!m_view->findChild<CodeEditor *>()->code().contains(QLatin1String("sk-0123")));
    QVERIFY(!m_view->findChild<InlineMessage *>()->text().contains(QLatin1String("sk-0123")));
}

void TestCodeview::tabsAreReachedByKeyboard()
{
    auto *tabs = m_view->findChild<QTabBar *>();
    tabs->setFocus();
    QVERIFY(tabs->hasFocus());
    const int before = tabs->currentIndex();
    QTest::keyClick(tabs, Qt::Key_Right);
    QCOMPARE(tabs->currentIndex(), before + 1);
}

void TestCodeview::everyControlHasAName()
{
    show(context(QStringLiteral("x")));
    QCOMPARE(uitest::controlsWithoutName(*m_view).join(u'\n'), QString());
}

void TestCodeview::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestCodeview::pictures()
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

QTEST_MAIN(TestCodeview)
#include "tst_codeview.moc"
