#include "sluice/chat/chat_transcript.h"
#include "sluice/chat/chat_view.h"
#include "sluice/gateway/chat_delta.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QtTest>
#include <QtWidgets/QLabel>

using namespace sluice;
using namespace sluice::ui;
using namespace std::chrono_literals;

namespace {

class MovedClock final : public Clock {
public:
    QDateTime now() const override { return QDateTime::fromMSecsSinceEpoch(1700000000000 + time.count() / 1000, Qt::UTC); }
    std::chrono::microseconds monotonic() const override { return time; }
    std::chrono::microseconds time{5s};
};

ChatDelta told(const QByteArray &data)
{
    return parseChatDelta(QByteArrayView(data));
}

ChatDelta words(const QString &text)
{
    ChatDelta delta;
    delta.text = text;
    return delta;
}

/// What a worker tells of a template with two streams, until before its last word.
void play(ChatTranscript &chat, MovedClock &clock)
{
    chat.append(told(R"({"worker":{"job":"J"}})"));
    chat.append(told(R"({"worker":{"stream":1,"of":2,"event":"begun","provider":"local","model":"first"}})"));
    clock.time += 200ms;
    chat.append(told(R"({"worker":{"stream":1,"event":"text","message":"one "}})"));
    clock.time += 100ms;
    chat.append(told(R"({"worker":{"stream":1,"event":"text","message":"two"}})"));
    chat.append(told(R"({"worker":{"stream":1,"event":"ended","paid_wei":"16","charged_wei":"3","run_id":"R1"}})"));
    chat.append(told(R"({"worker":{"stream":2,"of":2,"event":"begun","provider":"openai","model":"second"}})"));
    clock.time += 50ms;
    chat.append(words(QStringLiteral("the ")));
    chat.append(words(QStringLiteral("answer")));
}

} // namespace

/// Streams of a worker's template within one answer: what is told of each, what is sent back, and how they are shown.
class TestChatSteps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }

    void eachStreamHasItsWordsTimesAndCost();
    void onlyTheAnswerIsSentBack();
    void theyAreKeptWithTheConversation();
    void aPlaceInTheQueueIsShownUntilItRuns();
    void newsThatAreNoneChangeNothing();
    void eachStreamHasABubble();
    void anAnswerInJsonIsLaidOutAsSuch();
};

void TestChatSteps::eachStreamHasItsWordsTimesAndCost()
{
    MovedClock clock;
    ChatTranscript chat(nullptr, clock);
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    play(chat, clock);
    chat.append(told(R"({"worker":{"stream":2,"event":"ended","paid_wei":"0","charged_wei":"40","completion_tokens":7}})"));
    chat.finishAnswer();
    const ChatTurn turn = chat.turns().last();
    QCOMPARE(turn.text, QStringLiteral("the answer"));
    QVERIFY(turn.hasSteps());
    QCOMPARE(turn.steps.at(0).text, QStringLiteral("one two"));
    QCOMPARE(*turn.steps.at(0).firstToken, 200ms);
    QCOMPARE(*turn.steps.at(0).duration, 300ms);
    QCOMPARE(turn.steps.at(0).costWei(), QStringLiteral("16"));
    QCOMPARE(*turn.steps.at(1).firstToken, 50ms); // since its own beginning
    QCOMPARE(turn.steps.at(1).chunks, 2);
    QCOMPARE(*turn.steps.at(1).tokens, 7);
    QCOMPARE(turn.steps.at(1).costWei(), QStringLiteral("40")); // nothing paid now: what it took of the balance
    QCOMPARE(turn.figures.paidWei, QStringLiteral("56"));
    QCOMPARE(*turn.figures.firstToken, 200ms); // the first words of all
}

void TestChatSteps::onlyTheAnswerIsSentBack()
{
    MovedClock clock;
    ChatTranscript chat(nullptr, clock);
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    play(chat, clock);
    chat.finishAnswer();
    const QByteArray sent = chat.callForNextTurn(QStringLiteral("more")).input.dump();
    QVERIFY(sent.contains("the answer"));
    QVERIFY(!sent.contains("one two"));
}

void TestChatSteps::theyAreKeptWithTheConversation()
{
    MovedClock clock;
    ChatTranscript chat(nullptr, clock);
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    play(chat, clock);
    chat.finishAnswer();
    const ChatTurn turn = chat.turns().last();
    const ChatTurn back = ChatTurn::fromJson(orThrow(Json::parse(turn.toJson().dump())));
    QCOMPARE(back.steps.size(), 2);
    QCOMPARE(back.stepCount, 2);
    for (int i = 0; i < 2; ++i) {
        ChatStep kept = turn.steps.at(i);
        kept.begunAt = {}; // of the moment alone
        QVERIFY(back.steps.at(i) == kept);
    }
}

void TestChatSteps::aPlaceInTheQueueIsShownUntilItRuns()
{
    ChatTranscript chat;
    ChatView view(chat);
    view.resize(700, 500);
    view.show();
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    chat.append(told(R"({"worker":{"place":3}})"));
    const auto *figures = view.findChild<QLabel *>(QStringLiteral("figures"));
    QVERIFY2(figures->text().contains(QStringLiteral("3")) && figures->text().contains(QStringLiteral("queue")), qPrintable(figures->text()));
    chat.append(told(R"({"worker":{"stream":1,"of":1,"event":"begun","provider":"p","model":"m"}})"));
    QVERIFY2(!figures->text().contains(QStringLiteral("queue")), qPrintable(figures->text()));
    chat.append(words(QStringLiteral("a")));
    chat.finishAnswer();
    QVERIFY(!chat.turns().last().hasSteps()); // of one stream there is nothing to tell apart
}

void TestChatSteps::newsThatAreNoneChangeNothing()
{
    ChatTranscript chat;
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    chat.append(told(R"({"worker":{"stream":99999999999,"event":"text","message":"x"}})")); // no more than 64 are told apart
    QVERIFY(chat.turns().last().steps.size() <= 64);
    chat.append(told(R"({"worker":{"stream":-1,"of":-4,"event":"nosuch","paid_wei":"1e9"}})"));
    chat.append(told(R"({"worker":{"stream":1,"event":"ended","paid_wei":"12 ETH","charged_wei":"-4"}})"));
    QVERIFY(chat.turns().last().steps.at(0).costWei().isEmpty());
    QVERIFY(!readJobNews(R"({"worker":{"job":"J"},"choices":[]})")); // an event of another dialect
    QVERIFY(!readJobNews(R"({"worker":{"job":)"));
}

void TestChatSteps::eachStreamHasABubble()
{
    MovedClock clock;
    ChatTranscript chat(nullptr, clock);
    ChatView view(chat);
    view.resize(700, 500);
    view.show();
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    play(chat, clock);
    view.flush();
    const auto bubbles = view.findChildren<QWidget *>(QStringLiteral("stepBubble"));
    QCOMPARE(bubbles.size(), 2);
    QCOMPARE(bubbles.at(0)->findChild<AmountLabel *>()->exact(), QStringLiteral("16 wei"));
    auto *inner = bubbles.at(0)->findChild<ChatView *>();
    inner->selectAll();
    QCOMPARE(inner->selectedText().trimmed(), QStringLiteral("one two"));
    // One below the other, above the answer's words.
    QTRY_VERIFY(bubbles.at(1)->y() >= bubbles.at(0)->y() + bubbles.at(0)->height());
    chat.append(told(R"({"worker":{"stream":2,"event":"ended"}})"));
    chat.finishAnswer();
    const auto *figures = bubbles.at(1)->findChild<QLabel *>(QStringLiteral("stepFigures"));
    QVERIFY2(figures->text().contains(QStringLiteral("—")), qPrintable(figures->text())); // nobody told what it cost
    chat.clear();
    QTRY_VERIFY(view.findChildren<QWidget *>(QStringLiteral("stepBubble")).isEmpty());
}

void TestChatSteps::anAnswerInJsonIsLaidOutAsSuch()
{
    ChatTranscript chat;
    ChatView view(chat);
    view.resize(700, 500);
    view.show();
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    chat.append(told(R"({"worker":{"stream":1,"of":1,"event":"begun","provider":"local","model":"m"}})"));
    chat.append(words(QStringLiteral(R"({"a":1,"b":[2]})")));
    chat.finishAnswer();
    view.selectAll();
    QVERIFY2(view.selectedText().contains(QStringLiteral("\n  \"a\": 1")), qPrintable(view.selectedText()));
    QCOMPARE(chat.turns().last().text, QStringLiteral(R"({"a":1,"b":[2]})")); // as it was said
}

QTEST_MAIN(TestChatSteps)
#include "tst_chat_steps.moc"
