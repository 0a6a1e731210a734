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
    void withoutACallInFrontThereIsNoCode();
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
    void everyLanguageSaysWhatRunsIt();
    void environmentLinesAreForAShell();
    void theEnvironmentOfARunHasNoOtherNetworksCredentials();
    void codeRunsHereAndItsOutputStandsBesideTheAnswer();
    void whatCannotRunHereSaysWhatToInstall();
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

void TestCodeview::withoutACallInFrontThereIsNoCode()
{
    m_view->setContext(context(QStringLiteral("first")));
    QTRY_VERIFY(m_view->code().contains(QStringLiteral("first")));
    const QString language = m_view->language();
    m_view->setNoCall();
    QTRY_VERIFY(!m_view->isPending() && m_view->code().isEmpty());
    m_view->setContext(context(QStringLiteral("again")));
    QTRY_VERIFY(m_view->code().contains(QStringLiteral("again")));
    QCOMPARE(m_view->language(), language);
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
    const auto *message = m_view->findChild<InlineMessage *>();
    const auto curl = makeSnippet(*snippetGenerator(QStringLiteral("curl")), live);
    QVERIFY(curl);
    bool any = false;
    for (const SnippetGenerator *generator : snippetGenerators()) {
        if (generator->supports(live))
            continue;
        any = true;
        m_view->setLanguage(generator->id());
        // The reason, and the call in the first language that has it.
        QVERIFY(message->isVisible());
        QVERIFY2(message->text().contains(generator->whyNot(live)) && message->text().contains(QStringLiteral("curl")), qPrintable(message->text()));
        QCOMPARE(m_view->code(), curl->text);
        QCOMPARE(m_view->shownLanguage(), QStringLiteral("curl"));
        QCOMPARE(m_view->language(), generator->id());
    }
    QVERIFY(any);
    show(context(QStringLiteral("x")));
    QVERIFY(!message->isVisible() || m_view->shownLanguage() != m_view->language());
}

void TestCodeview::theLanguageNeverChangesByItself()
{
    m_view->setLanguage(QStringLiteral("python"));
    for (const Verb verb : {Verb::Stream, Verb::Run, Verb::Live, Verb::Stream, Verb::Run}) {
        show(context(QStringLiteral("x"), verb));
        QCOMPARE(m_view->language(), QStringLiteral("python"));
        QCOMPARE(m_view->chosenLanguage(), QStringLiteral("python"));
        QCOMPARE(m_view->shownLanguage(), verb == Verb::Run ? QStringLiteral("python") : QStringLiteral("curl"));
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
    SnippetContext key = context(QStringLiteral("x"));
    key.profile.local = false;
    QVERIFY(!snippetNeeds(QStringLiteral("python"), key).whyNotHere.isEmpty());
    QVERIFY(!snippetNeeds(QStringLiteral("python-v1"), context(QStringLiteral("x"))).whyNotHere.isEmpty());
    SnippetContext signer = context(QStringLiteral("x"));
    signer.profile.local = false;
    signer.hasSenderKey = false;
    signer.profile.setLivepeer({.signerUrl = QStringLiteral("https://signer.example")});
    QVERIFY(snippetNeeds(QStringLiteral("python"), signer).whyNotHere.isEmpty());
    SnippetContext sandbox = context(QStringLiteral("x"));
    sandbox.profile.local = true;
    QVERIFY2(snippetNeeds(QStringLiteral("python"), sandbox).whyNotHere.isEmpty(), "the sandbox has a signer");
}

void TestCodeview::everyLanguageSaysWhatRunsIt()
{
    using programs::Language;
    SnippetContext made = context(QStringLiteral("x"));
    made.profile.local = true;
    const auto need = [&made](const char *language) { return runNeed(QString::fromLatin1(language), made); };
    QCOMPARE(need("curl"), (programs::Need{Language::Bash, {}, {}, {}, {QStringLiteral("curl"), QStringLiteral("sluicectl")}}));
    QCOMPARE(need("javascript").language, Language::Node);
    QCOMPARE(need("cpp").language, Language::None);
    QCOMPARE(need("python").least, QVersionNumber(3, 12));
    QCOMPARE(need("python").module, QStringLiteral("livepeer_gateway"));
    made.profile.local = false;
    made.hasSenderKey = false;
    made.profile.setLivepeer({.gatewayUrl = QStringLiteral("http://gateway.example:9935")});
    QCOMPARE(need("python"), (programs::Need{Language::Python, QVersionNumber(3, 8), {}, {}, {}}));
    QCOMPARE(need("curl").beside, QStringList(QStringLiteral("curl")));
    made.call.backend = QStringLiteral("openai");
    QCOMPARE(need("python").module, QStringLiteral("openai"));
    QCOMPARE(need("fetch"), (programs::Need{Language::Node, QVersionNumber(18), {}, {}, {}}));
}

void TestCodeview::theEnvironmentOfARunHasNoOtherNetworksCredentials()
{
    Snippet snippet;
    snippet.environment = {{QStringLiteral("LIVEPEER_ORCH_URL"), QStringLiteral("The address."), QStringLiteral("https://orch.example:8935"), true, false},
        {QStringLiteral("LIVEPEER_SIGNER_AUTH"), QStringLiteral("A header."), {}, false, true},
        {QStringLiteral("LIVEPEER_TOKEN"), QStringLiteral("A bundle."), {}, true, true}};
    qputenv("LIVEPEER_SIGNER_AUTH", "Bearer of another network");
    const SnippetEnvironment sandbox = snippetEnvironment(snippet, [](const QString &) { return QString(); });
    const SnippetEnvironment elsewhere = snippetEnvironment(snippet, {});
    qputenv("LIVEPEER_TOKEN", "given");
    const SnippetEnvironment given = snippetEnvironment(snippet, {});
    qunsetenv("LIVEPEER_SIGNER_AUTH");
    qunsetenv("LIVEPEER_TOKEN");
    QCOMPARE(sandbox.variables.value(QStringLiteral("LIVEPEER_ORCH_URL")), QStringLiteral("https://orch.example:8935"));
    QVERIFY(!sandbox.variables.contains(QStringLiteral("LIVEPEER_SIGNER_AUTH")));
    QCOMPARE(elsewhere.variables.value(QStringLiteral("LIVEPEER_SIGNER_AUTH")), QStringLiteral("Bearer of another network"));
    QCOMPARE(elsewhere.missing, QStringList(QStringLiteral("LIVEPEER_TOKEN")));
    QVERIFY(given.missing.isEmpty());
}

void TestCodeview::codeRunsHereAndItsOutputStandsBesideTheAnswer()
{
    // A gateway's call needs no more than curl; whatever it says, it is shown.
    SnippetContext made = context(QStringLiteral("x"));
    made.hasSenderKey = false;
    made.profile.local = false;
    made.profile.setLivepeer({.gatewayUrl = QStringLiteral("http://127.0.0.1:9")});
    show(made);
    m_view->setLanguage(QStringLiteral("curl"));
    auto *button = m_view->findChild<QToolButton *>(QStringLiteral("runHere"));
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), 20'000);
    m_view->setOwnAnswer({"{\"words\": 3}", true, true});
    button->click();
    // It is no sandbox: nothing runs before a person agreed.
    auto *message = m_view->findChild<InlineMessage *>();
    QVERIFY(message->isVisible() && !m_view->runPane().isVisible());
    QVERIFY(!m_view->runPane().current());
    for (QPushButton *agree : message->findChildren<QPushButton *>()) {
        if (agree->isVisible())
            agree->click();
    }
    QVERIFY(m_view->runPane().isVisible() && m_view->runPane().isRunning());
    QVERIFY(!button->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(!m_view->runPane().isRunning(), 60'000);
    QVERIFY2(m_view->runPane().current()->exitCode() != 0, "nobody listens there");
    QVERIFY2(m_view->runPane().status().contains(QString::number(m_view->runPane().current()->exitCode())), qPrintable(m_view->runPane().status()));
    QVERIFY2(m_view->runPane().shownOutput().contains(QStringLiteral("127.0.0.1")), qPrintable(m_view->runPane().shownOutput()));
    QCOMPARE(m_view->runPane().shownAnswer(), QStringLiteral("{\"words\": 3}"));
    QVERIFY(button->isEnabled());
    // A call changed meanwhile asks again.
    button->click();
    QVERIFY(message->isVisible());
    show(context(QStringLiteral("other")));
    QVERIFY(!m_view->runPane().isRunning());
}

void TestCodeview::whatCannotRunHereSaysWhatToInstall()
{
    show(context(QStringLiteral("x")));
    const auto *button = m_view->findChild<QToolButton *>(QStringLiteral("runHere"));
    m_view->setLanguage(QStringLiteral("cpp"));
    QTRY_VERIFY(button->toolTip().contains(QStringLiteral("CMakeLists.txt")));
    QVERIFY(!button->isEnabled());
    m_view->setLanguage(QStringLiteral("python-v1"));
    QVERIFY(!button->isEnabled());
    QVERIFY2(button->toolTip().contains(QStringLiteral("not published")), qPrintable(button->toolTip()));
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
    // Where nothing gives values, they are the names alone.
    const QString names = environmentLines(snippet, {});
    QVERIFY(names.contains(QStringLiteral("export LIVEPEER_ORCH_URL=''")) && names.contains(QStringLiteral("export SLUICE_SENDER_KEY=''")));
    QVERIFY(!names.contains(QStringLiteral("orch.example")) && !names.contains(QStringLiteral("never this")));
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
    const auto buttons = m_view->findChild<InlineMessage *>()->findChildren<QPushButton *>();
    const auto offer = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *button) { return button->isVisible(); });
    QVERIFY(offer != buttons.end());
    (*offer)->click();
    QCOMPARE(m_view->language(), QStringLiteral("curl"));
    QVERIFY(!m_view->code().isEmpty());
    QVERIFY(!m_view->findChild<InlineMessage *>()->isVisible());
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
