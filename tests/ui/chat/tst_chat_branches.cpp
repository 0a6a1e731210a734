#include "../ui_test_support.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_view.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;

namespace {

StreamEvent chunk(const QString &text)
{
    StreamEvent event;
    event.data = QString::fromUtf8(Json{{"choices", Json::array({Json{{"index", 0}, {"delta", Json{{"content", text}}}}})}}.dump());
    return event;
}

} // namespace

/// Edited questions and answers that are asked for again, as a person does it.
class TestChatBranches : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void init();
    void cleanup() { delete m_pane; }

    void editedQuestionIsAnotherVersionAndNothingIsLost();
    void callShownWhileEditingIsTheCallSent();
    void upInAnEmptyMessageEditsTheLastQuestion();
    void escLeavesTheQuestionAndBringsTheDraftBack();
    void askedAgainTheOldAnswerStays();
    void anAnswerInTheMiddleCanBeAskedForAgain();
    void failedAnswerWithoutWordsIsNoVersion();
    void altAndArrowsShowTheOtherVersions();
    void nothingBranchesWhileAnAnswerComes();
    void switchingKeepsThePlaceOnTheScreen();
    void clearedConversationComesBackWithItsBranches();
    void storedConversationComesBack();
    void everyControlHasAName();

private:
    void say(const QString &question, const QString &answer);
    void answer(const QString &words);
    [[nodiscard]] QString sent() const;
    [[nodiscard]] QString shown() const;
    template <typename Widget> [[nodiscard]] QList<Widget *> seen(const QString &name) const;
    void press(const QString &button, int number = 0);

    ChatPane *m_pane = nullptr;
    std::unique_ptr<QSignalSpy> m_sent;
};

void TestChatBranches::init()
{
    m_pane = new ChatPane;
    CapabilityInfo info;
    info.name = QStringLiteral("docs-chat");
    info.verbs = {Verb::Stream};
    info.inputSchema = *Json::parse(R"({"type":"object","properties":{"messages":{"type":"array"},"temperature":{"type":"number"}}})");
    m_pane->setCapability(info);
    Call call;
    call.capability = info.name;
    call.verb = Verb::Stream;
    m_pane->setBaseCall(call);
    m_pane->resize(720, 640);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane));
    m_sent = std::make_unique<QSignalSpy>(m_pane, &ChatPane::sendRequested);
}

void TestChatBranches::answer(const QString &words)
{
    m_pane->takeEvent(chunk(words));
    m_pane->finish();
    m_pane->view().flush();
}

void TestChatBranches::say(const QString &question, const QString &words)
{
    m_pane->composer().setText(question);
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_Return, Qt::ControlModifier);
    answer(words);
}

/// The words of the last call that was sent.
QString TestChatBranches::sent() const
{
    QStringList words;
    for (const Json &message : m_sent->last().first().value<Call>().input.value(QStringLiteral("messages")).items())
        words << message.value(QStringLiteral("content")).toString();
    return words.join(u' ');
}

QString TestChatBranches::shown() const
{
    QStringList words;
    for (const ChatTurn &turn : m_pane->transcript().turns())
        words << turn.text;
    return words.join(u' ');
}

template <typename Widget> QList<Widget *> TestChatBranches::seen(const QString &name) const
{
    QList<Widget *> found;
    const auto all = m_pane->findChildren<Widget *>(name);
    for (Widget *one : all) {
        if (one->isVisible())
            found.append(one);
    }
    std::sort(found.begin(), found.end(), [](const Widget *a, const Widget *b) { return a->mapToGlobal(QPoint()).y() < b->mapToGlobal(QPoint()).y(); });
    return found;
}

void TestChatBranches::press(const QString &name, int number)
{
    const auto buttons = seen<QToolButton>(name);
    QVERIFY2(number < buttons.size(), qPrintable(name));
    QTest::mouseClick(buttons[number], Qt::LeftButton);
}

void TestChatBranches::editedQuestionIsAnotherVersionAndNothingIsLost()
{
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    say(QStringLiteral("q2"), QStringLiteral("a2"));
    press(QStringLiteral("editQuestion"), 0);
    QCOMPARE(m_pane->composer().text(), QStringLiteral("q1"));
    QVERIFY(m_pane->composer().isEditing());
    m_pane->composer().setText(QStringLiteral("q1b"));
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(sent(), QStringLiteral("q1b"));
    answer(QStringLiteral("a1b"));
    QCOMPARE(shown(), QStringLiteral("q1b a1b"));
    const auto places = seen<QLabel>(QStringLiteral("versionPlace"));
    QCOMPARE(places.size(), 1);
    QCOMPARE(places.first()->text(), QStringLiteral("2/2"));
    QCOMPARE(places.first()->accessibleName(), QStringLiteral("Version 2 of 2"));
    press(QStringLiteral("versionBefore"));
    QCOMPARE(shown(), QStringLiteral("q1 a1 q2 a2"));
    // What is asked next goes on from what is seen.
    say(QStringLiteral("q3"), QStringLiteral("a3"));
    QCOMPARE(sent(), QStringLiteral("q1 a1 q2 a2 q3"));
    press(QStringLiteral("versionBehind"));
    QCOMPARE(shown(), QStringLiteral("q1b a1b"));
}

void TestChatBranches::callShownWhileEditingIsTheCallSent()
{
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    say(QStringLiteral("q2"), QStringLiteral("a2"));
    m_pane->edit(2);
    m_pane->composer().setText(QStringLiteral("q2b"));
    const Call printed = m_pane->call();
    m_pane->send();
    QCOMPARE(m_sent->last().first().value<Call>(), printed);
    QCOMPARE(sent(), QStringLiteral("q1 a1 q2b"));
}

void TestChatBranches::upInAnEmptyMessageEditsTheLastQuestion()
{
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_Up);
    QVERIFY(!m_pane->composer().isEditing());
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    say(QStringLiteral("q2"), QStringLiteral("a2"));
    m_pane->composer().setText(QStringLiteral("x"));
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_Up);
    QVERIFY(!m_pane->composer().isEditing());
    m_pane->composer().clear();
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_Up);
    QVERIFY(m_pane->composer().isEditing());
    QCOMPARE(m_pane->composer().text(), QStringLiteral("q2"));
}

void TestChatBranches::escLeavesTheQuestionAndBringsTheDraftBack()
{
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    m_pane->composer().setText(QStringLiteral("half a thought"));
    press(QStringLiteral("editQuestion"));
    QCOMPARE(m_pane->composer().text(), QStringLiteral("q1"));
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_Escape);
    QVERIFY(!m_pane->composer().isEditing());
    QCOMPARE(m_pane->composer().text(), QStringLiteral("half a thought"));
    QCOMPARE(shown(), QStringLiteral("q1 a1"));
    // Sent, it comes back as well.
    press(QStringLiteral("editQuestion"));
    m_pane->send();
    QCOMPARE(m_pane->composer().text(), QStringLiteral("half a thought"));
    QCOMPARE(sent(), QStringLiteral("q1"));
}

void TestChatBranches::askedAgainTheOldAnswerStays()
{
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    press(QStringLiteral("askAgain"));
    QCOMPARE(sent(), QStringLiteral("q1"));
    answer(QStringLiteral("a1b"));
    QCOMPARE(shown(), QStringLiteral("q1 a1b"));
    QCOMPARE(m_pane->transcript().versions(1), (ConversationTree::Versions{1, 2}));
    press(QStringLiteral("versionBefore"));
    QCOMPARE(shown(), QStringLiteral("q1 a1"));
}

void TestChatBranches::anAnswerInTheMiddleCanBeAskedForAgain()
{
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    say(QStringLiteral("q2"), QStringLiteral("a2"));
    press(QStringLiteral("askAgain"), 0);
    QCOMPARE(sent(), QStringLiteral("q1"));
    answer(QStringLiteral("a1b"));
    QCOMPARE(shown(), QStringLiteral("q1 a1b"));
    QVERIFY(m_pane->transcript().showVersion(1, 0));
    QCOMPARE(shown(), QStringLiteral("q1 a1 q2 a2"));
}

void TestChatBranches::failedAnswerWithoutWordsIsNoVersion()
{
    m_pane->composer().setText(QStringLiteral("q"));
    m_pane->send();
    m_pane->fail(Error(Error::Kind::Network, QStringLiteral("cut")));
    m_pane->retry();
    answer(QStringLiteral("a"));
    QCOMPARE(m_pane->transcript().versions(1).count, 1);
    QCOMPARE(shown(), QStringLiteral("q a"));
}

void TestChatBranches::altAndArrowsShowTheOtherVersions()
{
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    m_pane->retry();
    answer(QStringLiteral("a1b"));
    m_pane->view().setFocus();
    QTest::keyClick(&m_pane->view(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(shown(), QStringLiteral("q1 a1"));
    QTest::keyClick(&m_pane->view(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(shown(), QStringLiteral("q1 a1"));
    QTest::keyClick(&m_pane->view(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(shown(), QStringLiteral("q1 a1b"));
    // And on the turn's own line.
    auto *again = seen<QToolButton>(QStringLiteral("askAgain")).value(0);
    QVERIFY(again);
    QTest::keyClick(again, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(shown(), QStringLiteral("q1 a1"));
}

void TestChatBranches::nothingBranchesWhileAnAnswerComes()
{
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    m_pane->composer().setText(QStringLiteral("q2"));
    m_pane->send();
    m_pane->takeEvent(chunk(QStringLiteral("half")));
    QVERIFY(!m_pane->transcript().branchBefore(0));
    m_pane->edit(0);
    QVERIFY(!m_pane->composer().isEditing());
    const auto pencils = seen<QToolButton>(QStringLiteral("editQuestion"));
    QVERIFY(!pencils.isEmpty());
    for (const QToolButton *pencil : pencils)
        QVERIFY(!pencil->isEnabled());
    m_pane->finish();
    for (const QToolButton *pencil : seen<QToolButton>(QStringLiteral("editQuestion")))
        QVERIFY(pencil->isEnabled());
}

void TestChatBranches::switchingKeepsThePlaceOnTheScreen()
{
    QString page;
    for (int i = 0; i < 60; ++i)
        page += QStringLiteral("Paragraph %1 says something that fills a line of the conversation.\n\n").arg(i);
    say(QStringLiteral("q0"), page);
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    m_pane->edit(2);
    m_pane->composer().setText(QStringLiteral("q1b"));
    m_pane->send();
    answer(page);
    QScrollBar *bar = m_pane->view().verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 1500);
    // The edited question in the middle of the screen.
    bar->setValue(bar->maximum() / 2 - 200);
    const int before = bar->value();
    QVERIFY(m_pane->transcript().showVersion(0, 0) == false);
    QVERIFY(m_pane->transcript().showVersion(2, 0));
    QTRY_COMPARE(bar->value(), std::min(before, bar->maximum()));
    QVERIFY(m_pane->transcript().showVersion(2, 1));
    QVERIFY(bar->value() <= before);
}

void TestChatBranches::clearedConversationComesBackWithItsBranches()
{
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    m_pane->retry();
    answer(QStringLiteral("a1b"));
    m_pane->clear();
    QCOMPARE(shown(), QString());
    QVERIFY(m_pane->conversation().isNull());
    Q_EMIT m_pane->findChild<InlineMessage *>()->actionTriggered();
    QCOMPARE(shown(), QStringLiteral("q1 a1b"));
    QCOMPARE(m_pane->transcript().versions(1).count, 2);
}

void TestChatBranches::storedConversationComesBack()
{
    m_pane->transcript().setSystemPrompt(QStringLiteral("Be brief"));
    m_pane->transcript().setParameter(QStringLiteral("temperature"), Json::number("0.70"));
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    m_pane->retry();
    answer(QStringLiteral("a1b"));
    const auto stored = Json::parse(m_pane->conversation().dump());
    QVERIFY(stored.hasValue());
    const Call before = m_pane->call();
    delete m_pane;
    init();
    QVERIFY(m_pane->isUntouched());
    m_pane->restoreConversation(*stored);
    QCOMPARE(shown(), QStringLiteral("q1 a1b"));
    QCOMPARE(m_pane->call().input.dump(), before.input.dump());
    QVERIFY(m_pane->transcript().showVersion(1, 0));
    QCOMPARE(shown(), QStringLiteral("q1 a1"));
    // What cannot be read is said and changes nothing.
    m_pane->restoreConversation(Json{{"tree", 5}});
    QCOMPARE(shown(), QStringLiteral("q1 a1"));
    QVERIFY(m_pane->findChild<InlineMessage *>()->text().contains(QStringLiteral("cannot be read")));
}

void TestChatBranches::everyControlHasAName()
{
    say(QStringLiteral("q1"), QStringLiteral("a1"));
    m_pane->retry();
    answer(QStringLiteral("a1b"));
    m_pane->edit(0);
    QCOMPARE(uitest::controlsWithoutName(*m_pane), QStringList());
    uitest::picture(*m_pane, QStringLiteral("chat-branches"));
}

QTEST_MAIN(TestChatBranches)
#include "tst_chat_branches.moc"
