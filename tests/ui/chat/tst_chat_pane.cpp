#include "../ui_test_support.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_view.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;

namespace {

const char *const answer = R"(## How tickets pay

A **ticket** is a signed promise: the recipient may redeem it only when it *wins*. The expected value of one is
`faceValue × winProb / 2^256`, so many small calls cost about what they should ([details](https://example.org/pm)).

1. The gateway asks for ticket parameters.
2. It signs a batch of tickets:
   - one nonce each
   - never the same twice
3. The orchestrator checks every one.

| Field | Size | Meaning |
|:------|-----:|---------|
| `recipient` | 20 | who is paid |
| `faceValue` | 32 | paid out when the ticket wins |
| `winProb` | 32 | chance to win, of 2^256 − 1 |

```python
def expected_value(face_value: int, win_prob: int) -> Fraction:
    # exact: no floating point near money
    return Fraction(face_value * win_prob, 2**256 - 1)
```

> Nothing is paid on chain until a ticket wins.

That is all there is to it.
)";

StreamEvent chunk(const QString &text)
{
    StreamEvent event;
    event.data = QString::fromUtf8(
        Json{{"choices", Json::array({Json{{"index", 0}, {"delta", Json{{"content", text}}}}})}}.dump());
    return event;
}

CapabilityInfo docsChat()
{
    CapabilityInfo info;
    info.name = QStringLiteral("docs-chat");
    info.title = QStringLiteral("Docs chat");
    info.verbs = {Verb::Stream};
    info.inputSchema = Json{{"type", "object"}, {"properties", Json{{"messages", Json{{"type", "array"}}}}}};
    info.examples = {{QStringLiteral("Tickets"),
        Json{{"messages", Json::array({Json{{"role", "user"}, {"content", "How do tickets pay for a call?"}}})}}}};
    return info;
}

void say(ChatPane &pane, const QString &text)
{
    const QStringList words = text.split(u' ');
    for (qsizetype i = 0; i < words.size(); ++i)
        pane.takeEvent(chunk(i + 1 < words.size() ? words[i] + u' ' : words[i]));
}

void ask(ChatPane &pane, const QString &text)
{
    pane.composer().setText(text);
    QTest::keyClick(pane.composer().editor(), Qt::Key_Return, Qt::ControlModifier);
}

/// Text long enough to need scrolling.
QString longText(int paragraphs)
{
    QString text;
    for (int i = 0; i < paragraphs; ++i)
        text += QStringLiteral("Paragraph %1 says something that fills a line or two of the conversation, and then some more.\n\n").arg(i);
    return text;
}

} // namespace

class TestChatPane : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void init();
    void cleanup() { delete m_pane; }

    void emptyStateSaysWhatToDo();
    void exampleFillsTheComposer();
    void ctrlEnterSendsTheCall();
    void withNothingWrittenTheCallIsTheAnsweredOne();
    void emptyMessageIsNotSent();
    void escStopsAndKeepsTheWords();
    void stopButtonStops();
    void tokensAreShownOncePerFrame();
    void retryAsksTheSameAgainAndKeepsTheDraft();
    void errorStandsInlineWithAdviceAndPartialText();
    void clearCanBeUndone();
    void followsOnlyWhenAtTheBottom();
    void sendingJumpsToTheBottom();
    void selectionCrossesMessages();
    void codeButtonCopiesTheWholeBlock();
    void onlyLayoutsInSightAreKept();
    void resizingKeepsTheEndInSight();
    void linksOpenOnlyWhenAskedTo();
    void loadedCallPutsTheLastQuestionInTheComposer();
    void parametersAreCheckedAndSent();
    void parametersComeFromTheSchema();
    void pastAnswerIsShownBelowItsQuestion();
    void sourcesInTheTextAreNotListedAgain();
    void streamMemberFollowsTheSchema();
    void costAndRateAreShown();
    void everyControlHasAName();
    void conversationIsDescribed();
    void pictures_data();
    void pictures();

private:
    ChatPane *m_pane = nullptr;
};

void TestChatPane::init()
{
    m_pane = new ChatPane;
    m_pane->setOpensLinks(false);
    m_pane->setCapability(docsChat());
    Call call;
    call.capability = QStringLiteral("docs-chat");
    call.verb = Verb::Stream;
    m_pane->setBaseCall(call);
    m_pane->resize(720, 640);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane));
}

void TestChatPane::emptyStateSaysWhatToDo()
{
    auto *state = m_pane->findChild<StateView *>();
    QCOMPARE(state->state(), StateView::State::Empty);
    ask(*m_pane, QStringLiteral("hi"));
    QCOMPARE(state->state(), StateView::State::Content);
}

void TestChatPane::exampleFillsTheComposer()
{
    QPushButton *example = nullptr;
    const auto buttons = m_pane->findChild<StateView *>()->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->isVisible())
            example = button;
    }
    QVERIFY(example != nullptr);
    QTest::mouseClick(example, Qt::LeftButton);
    QCOMPARE(m_pane->composer().text(), QStringLiteral("How do tickets pay for a call?"));
}

void TestChatPane::ctrlEnterSendsTheCall()
{
    QSignalSpy sent(m_pane, &ChatPane::sendRequested);
    m_pane->composer().setText(QStringLiteral("line one"));
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_Return);
    QCOMPARE(sent.count(), 0);
    QTest::keyClicks(m_pane->composer().editor(), QStringLiteral("two"));
    const Call shown = m_pane->call();
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(sent.count(), 1);
    const auto call = sent.first().first().value<Call>();
    QCOMPARE(call, shown);
    const QByteArray wanted = R"({"messages":[{"role":"user","content":"line one\ntwo"}]})";
    QCOMPARE(call.input.dump(), wanted);
    QVERIFY(m_pane->isBusy());
    QCOMPARE(m_pane->composer().text(), QString());
}

void TestChatPane::withNothingWrittenTheCallIsTheAnsweredOne()
{
    QSignalSpy sent(m_pane, &ChatPane::sendRequested);
    ask(*m_pane, QStringLiteral("Why?"));
    QCOMPARE(sent.size(), 1);
    const Call asked = sent.first().first().value<Call>();
    say(*m_pane, QStringLiteral("Because it is so."));
    m_pane->finish();
    QCOMPARE(m_pane->call().input, asked.input);
    const auto messages = [](const Call &call) { return call.input.value(QStringLiteral("messages")).size(); };
    QCOMPARE(messages(m_pane->wholeConversation()), 2);
    m_pane->composer().setText(QStringLiteral("Really?"));
    QCOMPARE(messages(m_pane->call()), 3);
}

void TestChatPane::emptyMessageIsNotSent()
{
    QSignalSpy sent(m_pane, &ChatPane::sendRequested);
    ask(*m_pane, QStringLiteral("  \n "));
    QCOMPARE(sent.count(), 0);
    QVERIFY(!m_pane->findChild<QPushButton *>(QStringLiteral("chatSend"))->isEnabled());
}

void TestChatPane::escStopsAndKeepsTheWords()
{
    ask(*m_pane, QStringLiteral("q"));
    say(*m_pane, QStringLiteral("half an"));
    QSignalSpy stop(m_pane, &ChatPane::stopRequested);
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_Escape);
    QCOMPARE(stop.count(), 1);
    m_pane->cancel();
    QCOMPARE(m_pane->transcript().turns().last().state, ChatTurn::State::Stopped);
    QCOMPARE(m_pane->transcript().turns().last().text, QStringLiteral("half an"));
    QVERIFY(!m_pane->isBusy());
    QTest::keyClick(m_pane->composer().editor(), Qt::Key_Escape);
    QCOMPARE(stop.count(), 1);
}

void TestChatPane::stopButtonStops()
{
    auto *button = m_pane->findChild<QPushButton *>(QStringLiteral("chatSend"));
    ask(*m_pane, QStringLiteral("q"));
    QSignalSpy stop(m_pane, &ChatPane::stopRequested);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(stop.count(), 1);
}

void TestChatPane::tokensAreShownOncePerFrame()
{
    ask(*m_pane, QStringLiteral("q"));
    m_pane->view().flush();
    const int before = m_pane->view().pieceCount();
    say(*m_pane, QStringLiteral("many words that come in one go"));
    QVERIFY(m_pane->view().hasPending());
    QCOMPARE(m_pane->view().pieceCount(), before);
    QTRY_VERIFY(!m_pane->view().hasPending());
    QCOMPARE(m_pane->view().pieceCount(), before + 1);
}

void TestChatPane::retryAsksTheSameAgainAndKeepsTheDraft()
{
    QSignalSpy sent(m_pane, &ChatPane::sendRequested);
    ask(*m_pane, QStringLiteral("q"));
    say(*m_pane, QStringLiteral("bad answer"));
    m_pane->finish();
    m_pane->composer().setText(QStringLiteral("draft"));
    QToolButton *retry = nullptr;
    const auto buttons = m_pane->view().findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        if (button->accessibleName() == QLatin1String("Ask again") && button->isVisible())
            retry = button;
    }
    QVERIFY(retry != nullptr);
    QTest::mouseClick(retry, Qt::LeftButton);
    QCOMPARE(sent.count(), 2);
    QCOMPARE(sent[1].first().value<Call>(), sent[0].first().value<Call>());
    QCOMPARE(m_pane->composer().text(), QStringLiteral("draft"));
    QCOMPARE(m_pane->transcript().turns().size(), 2);
    QCOMPARE(m_pane->transcript().turns().last().state, ChatTurn::State::Waiting);
}

void TestChatPane::errorStandsInlineWithAdviceAndPartialText()
{
    ask(*m_pane, QStringLiteral("q"));
    say(*m_pane, QStringLiteral("half"));
    m_pane->fail(Error(Error::Kind::Network, QStringLiteral("The connection broke.")).withAdvice(QStringLiteral("Try again.")));
    InlineMessage *shown = nullptr;
    const auto messages = m_pane->view().findChildren<InlineMessage *>();
    for (InlineMessage *message : messages) {
        if (message->isVisible())
            shown = message;
    }
    QVERIFY(shown != nullptr);
    QVERIFY(shown->text().contains(QLatin1String("The connection broke.")));
    QVERIFY(shown->text().contains(QLatin1String("Try again.")));
    m_pane->view().selectAll();
    QVERIFY(m_pane->view().selectedText().contains(QLatin1String("half")));
    QVERIFY(m_pane->view().viewport()->rect().contains(shown->geometry()));
    QSignalSpy sent(m_pane, &ChatPane::sendRequested);
    Q_EMIT shown->actionTriggered();
    QCOMPARE(sent.count(), 1);
}

void TestChatPane::clearCanBeUndone()
{
    ask(*m_pane, QStringLiteral("q"));
    m_pane->clear();
    QCOMPARE(m_pane->transcript().turns().size(), 2); // not while an answer is coming
    say(*m_pane, QStringLiteral("a"));
    m_pane->finish();
    QTest::mouseClick(m_pane->findChild<QToolButton *>(QStringLiteral("clearConversation")), Qt::LeftButton);
    QVERIFY(m_pane->transcript().turns().isEmpty());
    QPushButton *undo = nullptr;
    const auto buttons = m_pane->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text() == QLatin1String("Undo") && button->isVisible())
            undo = button;
    }
    QVERIFY(undo != nullptr);
    QTest::mouseClick(undo, Qt::LeftButton);
    QCOMPARE(m_pane->transcript().turns().size(), 2);
}

void TestChatPane::followsOnlyWhenAtTheBottom()
{
    ask(*m_pane, QStringLiteral("q"));
    say(*m_pane, longText(40));
    m_pane->view().flush();
    QScrollBar *bar = m_pane->view().verticalScrollBar();
    QVERIFY(bar->maximum() > 500);
    QCOMPARE(bar->value(), bar->maximum());

    bar->setValue(100);
    auto *jump = m_pane->findChild<QToolButton *>(QStringLiteral("jumpToLatest"));
    QVERIFY(jump->isVisible());
    const int before = bar->maximum();
    say(*m_pane, longText(10));
    m_pane->view().flush();
    QVERIFY(bar->maximum() > before);
    QCOMPARE(bar->value(), 100);

    QTest::mouseClick(jump, Qt::LeftButton);
    QCOMPARE(bar->value(), bar->maximum());
    QVERIFY(!jump->isVisible());
    say(*m_pane, longText(10));
    m_pane->view().flush();
    QCOMPARE(bar->value(), bar->maximum());
}

void TestChatPane::sendingJumpsToTheBottom()
{
    ask(*m_pane, QStringLiteral("q"));
    say(*m_pane, longText(40));
    m_pane->finish();
    QScrollBar *bar = m_pane->view().verticalScrollBar();
    bar->setValue(0);
    ask(*m_pane, QStringLiteral("next"));
    QCOMPARE(bar->value(), bar->maximum());
}

void TestChatPane::selectionCrossesMessages()
{
    ask(*m_pane, QStringLiteral("my question"));
    say(*m_pane, QStringLiteral("First **bold** words.\n\n- a\n- b\n\n```\ncode\n```\n"));
    m_pane->finish();
    QWidget *view = m_pane->view().viewport();
    m_pane->view().setFocus();
    QTest::keyClick(&m_pane->view(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&m_pane->view(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("my question\n\nFirst bold words.\n\n• a\n• b\n\ncode"));

    QTest::mousePress(view, Qt::LeftButton, {}, {2, 2});
    QTest::mouseMove(view, {view->width() - 2, view->height() - 2});
    QMouseEvent move(QEvent::MouseMove, QPointF(view->width() - 2, view->height() - 2),
        view->mapToGlobal(QPointF(view->width() - 2, view->height() - 2)), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view, &move);
    QTest::mouseRelease(view, Qt::LeftButton, {}, {view->width() - 2, view->height() - 2});
    QVERIFY(m_pane->view().selectedText().contains(QLatin1String("First bold words.")));
}

void TestChatPane::codeButtonCopiesTheWholeBlock()
{
    ask(*m_pane, QStringLiteral("q"));
    QString code;
    for (int i = 0; i < 90; ++i)
        code += QStringLiteral("line %1\n").arg(i);
    say(*m_pane, QStringLiteral("Look:\n\n```sh\n") + code + QStringLiteral("```\n\nDone."));
    m_pane->finish();
    m_pane->view().verticalScrollBar()->setValue(0);
    QToolButton *copy = nullptr;
    const auto buttons = m_pane->view().findChildren<QToolButton *>(QStringLiteral("copyCode"));
    for (QToolButton *button : buttons) {
        if (button->isVisible())
            copy = button;
    }
    QVERIFY(copy != nullptr);
    QTest::mouseClick(copy, Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), code.chopped(1));
}

void TestChatPane::onlyLayoutsInSightAreKept()
{
    ask(*m_pane, QStringLiteral("q"));
    for (int i = 0; i < 20; ++i) {
        say(*m_pane, longText(50));
        m_pane->view().flush();
    }
    QVERIFY(m_pane->view().pieceCount() > 1000);
    QVERIFY2(m_pane->view().laidOutPieces() < 60, qPrintable(QString::number(m_pane->view().laidOutPieces())));
}

void TestChatPane::resizingKeepsTheEndInSight()
{
    ask(*m_pane, QStringLiteral("q"));
    say(*m_pane, longText(200));
    m_pane->finish();
    QScrollBar *bar = m_pane->view().verticalScrollBar();
    for (const int width : {500, 900, 400, 720}) {
        m_pane->resize(width, 640);
        QTRY_COMPARE(bar->value(), bar->maximum());
    }
    // Estimates are replaced by what a fresh layout of the same width measures.
    ChatView fresh(m_pane->transcript());
    fresh.resize(m_pane->view().size());
    fresh.show();
    QTRY_COMPARE(fresh.viewport()->width(), m_pane->view().viewport()->width());
    QTRY_COMPARE(bar->maximum(), fresh.verticalScrollBar()->maximum());
}

void TestChatPane::linksOpenOnlyWhenAskedTo()
{
    ask(*m_pane, QStringLiteral("q"));
    say(*m_pane, QStringLiteral("[page](https://example.org/a) and [bad](file:///etc/passwd)"));
    m_pane->finish();
    QSignalSpy activated(m_pane, &ChatPane::linkActivated);
    m_pane->view().setFocus();
    QTest::keyClick(&m_pane->view(), Qt::Key_Tab);
    QTest::keyClick(&m_pane->view(), Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated.first().first().toUrl(), QUrl(QStringLiteral("https://example.org/a")));
    QTest::keyClick(&m_pane->view(), Qt::Key_Tab);
    QTest::keyClick(&m_pane->view(), Qt::Key_Return);
    const auto messages = m_pane->findChildren<InlineMessage *>();
    QVERIFY(std::any_of(messages.begin(), messages.end(),
        [](InlineMessage *message) { return message->isVisible() && message->text().contains(QLatin1String("no web or mail address")); }));
}

void TestChatPane::loadedCallPutsTheLastQuestionInTheComposer()
{
    Call call;
    call.capability = QStringLiteral("docs-chat");
    call.verb = Verb::Stream;
    call.input = *Json::parse(QByteArrayView(
        R"({"messages":[{"role":"system","content":"S"},{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]})"));
    m_pane->loadCall(call);
    QCOMPARE(m_pane->composer().text(), QStringLiteral("c"));
    QCOMPARE(m_pane->transcript().turns().size(), 2);
    QCOMPARE(m_pane->call(), call);
}

void TestChatPane::parametersAreCheckedAndSent()
{
    CapabilityInfo open = docsChat();
    open.inputSchema = Json();
    m_pane->setCapability(open);
    auto *field = m_pane->findChild<QLineEdit *>(QStringLiteral("temperature"));
    field->setText(QStringLiteral("0.70"));
    QCOMPARE(m_pane->call().input.value(QStringLiteral("temperature")).numberText(), QByteArray("0.70"));
    field->setText(QStringLiteral("warm"));
    QVERIFY(!m_pane->call().input.contains(QStringLiteral("temperature")));
    field->setText(QStringLiteral("3"));
    QVERIFY(!m_pane->call().input.contains(QStringLiteral("temperature")));
    field->setText(QString());
    QVERIFY(!m_pane->call().input.contains(QStringLiteral("temperature")));
}

void TestChatPane::parametersComeFromTheSchema()
{
    CapabilityInfo info = docsChat();
    Json properties = info.inputSchema.value(QStringLiteral("properties"));
    properties.insert(QStringLiteral("max_sources"),
        Json{{"type", "integer"}, {"title", "Sources at most"}, {"minimum", 1}, {"maximum", 8}, {"default", 3}});
    info.inputSchema.insert(QStringLiteral("properties"), properties);
    m_pane->setCapability(info);
    QVERIFY(m_pane->findChild<QLineEdit *>(QStringLiteral("temperature")) == nullptr);
    auto *field = m_pane->findChild<QLineEdit *>(QStringLiteral("max_sources"));
    QVERIFY(field != nullptr);
    QCOMPARE(field->placeholderText(), QStringLiteral("3"));
    field->setText(QStringLiteral("9"));
    QVERIFY(!m_pane->call().input.contains(QStringLiteral("max_sources")));
    field->setText(QStringLiteral("8"));
    QCOMPARE(m_pane->call().input.value(QStringLiteral("max_sources")).numberText(), QByteArray("8"));
}

void TestChatPane::pastAnswerIsShownBelowItsQuestion()
{
    Call call;
    call.capability = QStringLiteral("docs-chat");
    call.verb = Verb::Stream;
    call.input = Json{{"messages", Json::array({Json{{"role", "user"}, {"content", "q"}}})}};
    m_pane->loadCall(call);
    const QByteArray kept = "data: {\"token\":\"old \"}\n\ndata: {\"token\":\"answer\"}\n\ndata: {\"token\":\"cut";
    m_pane->showPastAnswer(kept, Error(Error::Kind::Network, QStringLiteral("broke")));
    QCOMPARE(m_pane->transcript().turns().size(), 2);
    QCOMPARE(m_pane->transcript().turns().first().text, QStringLiteral("q"));
    const ChatTurn &turn = m_pane->transcript().turns().last();
    QCOMPARE(turn.text, QStringLiteral("old answer"));
    QCOMPARE(turn.state, ChatTurn::State::Failed);
    QVERIFY(!turn.figures.firstToken); // nobody measured it
    QVERIFY(!m_pane->isBusy());
    QCOMPARE(m_pane->composer().text(), QString());
}

void TestChatPane::sourcesInTheTextAreNotListedAgain()
{
    ask(*m_pane, QStringLiteral("q"));
    say(*m_pane, QStringLiteral("See byoc.md for more."));
    StreamEvent sources;
    sources.data = QString::fromUtf8(R"({"x_sources":[{"document":"byoc.md","heading":"Tickets"},{"document":"payments.md","heading":"Prices"}]})");
    m_pane->takeEvent(sources);
    m_pane->finish();
    m_pane->view().selectAll();
    QVERIFY(m_pane->view().selectedText().contains(QLatin1String("Prices")));
    QVERIFY(!m_pane->view().selectedText().contains(QLatin1String("Tickets")));
}

void TestChatPane::streamMemberFollowsTheSchema()
{
    QVERIFY(!m_pane->call().input.contains(QStringLiteral("stream")));
    CapabilityInfo open = docsChat();
    open.inputSchema = Json();
    m_pane->setCapability(open);
    QVERIFY(m_pane->call().input.value(QStringLiteral("stream")).toBool());
}

void TestChatPane::costAndRateAreShown()
{
    ask(*m_pane, QStringLiteral("q"));
    say(*m_pane, QStringLiteral("some words"));
    StreamEvent usage;
    usage.data = QString::fromUtf8(R"({"choices":[],"usage":{"completion_tokens":1234}})");
    m_pane->takeEvent(usage);
    Payment payment;
    payment.paidWei = QStringLiteral("4200000000");
    m_pane->takePayment(payment);
    m_pane->finish();
    QStringList shown;
    const auto labels = m_pane->view().findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisible())
            shown << label->text();
    }
    const QString all = shown.join(u'|');
    QVERIFY2(all.contains(QLocale().toString(1234) + QStringLiteral(" tokens")), qPrintable(all));
    QVERIFY2(all.contains(QLatin1String("gwei")), qPrintable(all));
}

void TestChatPane::everyControlHasAName()
{
    ask(*m_pane, QStringLiteral("q"));
    say(*m_pane, QString::fromUtf8(answer));
    m_pane->fail(Error(Error::Kind::Network, QStringLiteral("x")));
    QCOMPARE(uitest::controlsWithoutName(*m_pane).join(u'\n'), QString());
}

void TestChatPane::conversationIsDescribed()
{
    ask(*m_pane, QStringLiteral("q"));
    say(*m_pane, QStringLiteral("the answer"));
    m_pane->finish();
    QVERIFY(m_pane->view().accessibleDescription().contains(QLatin1String("the answer")));
}

void TestChatPane::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestChatPane::pictures()
{
    QFETCH(bool, dark);
    Theme::setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
    const QString mode = QString::fromLatin1(QTest::currentDataTag());
    m_pane->resize(760, 820);
    uitest::picture(*m_pane, QStringLiteral("chat-empty-") + mode);
    ask(*m_pane, QStringLiteral("How do tickets pay for a call?\nAnd what does one cost?"));
    say(*m_pane, QString::fromUtf8(answer));
    StreamEvent sources;
    sources.data = QString::fromUtf8(R"({"sources":[{"title":"Payments, 2.1 Tickets","url":"https://example.org/payments","excerpt":"A ticket is a signed promise"},{"title":"Ticket parameters","path":"docs/protocols/payments.md"}]})");
    m_pane->takeEvent(sources);
    Payment payment;
    payment.paidWei = QStringLiteral("4200000000");
    m_pane->takePayment(payment);
    m_pane->finish();
    m_pane->view().verticalScrollBar()->setValue(0);
    QTest::mouseMove(m_pane);
    const QImage top = uitest::picture(*m_pane, QStringLiteral("chat-full-") + mode);
    QVERIFY(uitest::colorCount(top) > 40);
    ask(*m_pane, QStringLiteral("Shorter, please."));
    say(*m_pane, QStringLiteral("A ticket is a lottery ticket for the `orchestrator`: most of them"));
    m_pane->view().flush();
    uitest::picture(*m_pane, QStringLiteral("chat-streaming-") + mode, 2);
    m_pane->fail(Error(Error::Kind::Network, QStringLiteral("The orchestrator at https://127.0.0.1:8935 closed the connection in the middle of the stream."))
                     .withAdvice(QStringLiteral("What came so far is kept; you paid for it. Try again, or choose another orchestrator."))
                     .withRequest("POST", QUrl(QStringLiteral("https://127.0.0.1:8935/process/request/chat"))));
    qApp->processEvents();
    uitest::picture(*m_pane, QStringLiteral("chat-error-") + mode);
    Theme::setMode(Theme::Mode::Light);
}

QTEST_MAIN(TestChatPane)
#include "tst_chat_pane.moc"
