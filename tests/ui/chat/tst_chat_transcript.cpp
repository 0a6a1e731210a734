#include "sluice/chat/chat_transcript.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>

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

ChatDelta words(const QString &text)
{
    ChatDelta delta;
    delta.text = text;
    return delta;
}

Call baseCall()
{
    Call call;
    call.capability = QStringLiteral("docs-chat");
    call.verb = Verb::Stream;
    call.input = Json{{"model", "m"}, {"messages", Json::array()}, {"temperature", Json::number("0.70")}};
    return call;
}

} // namespace

class TestChatTranscript : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void callHoldsTheConversationInPlace();
    void draftIsTheNextMessage();
    void failedAnswerKeepsItsWords();
    void emptyAndOpenAnswersAreNotSent();
    void errorInStreamFailsTheAnswer();
    void answerWithoutWordsIsAnError();
    void figuresAreMeasured();
    void countOfTheServerWins();
    void retryDropsOnlyAFinishedAnswer();
    void clearCanBeUndone();
    void loadedCallShowsItsMessages();
    void sdk_26_emptiedParameterIsRemoved();
    void sourcesAreKeptOnce();
};

void TestChatTranscript::callHoldsTheConversationInPlace()
{
    ChatTranscript chat;
    chat.setBaseCall(baseCall());
    chat.setSystemPrompt(QStringLiteral("Be brief"));
    chat.addUserTurn(QStringLiteral("hi"));
    chat.beginAnswer();
    chat.append(words(QStringLiteral("hello")));
    chat.finishAnswer();
    chat.addUserTurn(QStringLiteral("more"));
    const Call call = chat.callForNextTurn();
    QCOMPARE(call.capability, QStringLiteral("docs-chat"));
    const QByteArray wanted = R"({"model":"m","messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"hi"},)"
                              R"({"role":"assistant","content":"hello"},{"role":"user","content":"more"}],"temperature":0.70})";
    QCOMPARE(call.input.dump(), wanted);
}

void TestChatTranscript::draftIsTheNextMessage()
{
    ChatTranscript chat;
    chat.setBaseCall(baseCall());
    QCOMPARE(chat.callForNextTurn().input.value("messages").size(), 0);
    const Json messages = chat.callForNextTurn(QStringLiteral("typed")).input.value("messages");
    const QByteArray wanted = R"([{"role":"user","content":"typed"}])";
    QCOMPARE(messages.dump(), wanted);
    QVERIFY(chat.turns().isEmpty());
}

void TestChatTranscript::failedAnswerKeepsItsWords()
{
    ChatTranscript chat;
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    chat.append(words(QStringLiteral("half")));
    chat.failAnswer(Error(Error::Kind::Network, QStringLiteral("cut")));
    QCOMPARE(chat.turns().last().state, ChatTurn::State::Failed);
    QCOMPARE(chat.turns().last().text, QStringLiteral("half"));
    QCOMPARE(chat.turns().last().error->message(), QStringLiteral("cut"));
    chat.append(words(QStringLiteral("late")));
    chat.finishAnswer();
    QCOMPARE(chat.turns().last().text, QStringLiteral("half"));
    QCOMPARE(chat.turns().last().state, ChatTurn::State::Failed);
}

void TestChatTranscript::emptyAndOpenAnswersAreNotSent()
{
    ChatTranscript chat;
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    QCOMPARE(chat.callForNextTurn().input.value("messages").size(), 1);
    chat.append(words(QStringLiteral("x")));
    QCOMPARE(chat.callForNextTurn().input.value("messages").size(), 1);
    chat.stopAnswer();
    QCOMPARE(chat.callForNextTurn().input.value("messages").size(), 2);
}

void TestChatTranscript::errorInStreamFailsTheAnswer()
{
    ChatTranscript chat;
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    chat.append(words(QStringLiteral("x")));
    ChatDelta delta;
    delta.error = QStringLiteral("internal error");
    chat.append(delta);
    QCOMPARE(chat.turns().last().state, ChatTurn::State::Failed);
    QVERIFY(chat.turns().last().error->message().contains(QLatin1String("internal error")));
    QCOMPARE(chat.turns().last().text, QStringLiteral("x"));
}

void TestChatTranscript::answerWithoutWordsIsAnError()
{
    ChatTranscript chat;
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    ChatDelta unknown;
    unknown.known = false;
    chat.append(unknown);
    chat.finishAnswer();
    QCOMPARE(chat.turns().last().state, ChatTurn::State::Failed);
    QVERIFY(chat.turns().last().error->message().contains(u'1'));
    QVERIFY(!chat.turns().last().error->advice().isEmpty());
}

void TestChatTranscript::figuresAreMeasured()
{
    MovedClock clock;
    ChatTranscript chat(nullptr, clock);
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    clock.time += 250ms;
    for (int i = 0; i < 20; ++i) {
        chat.append(words(QStringLiteral("x")));
        clock.time += 100ms;
    }
    chat.finishAnswer();
    chat.setPaid(QStringLiteral("1200"));
    const ChatFigures &figures = chat.turns().last().figures;
    QCOMPARE(*figures.firstToken, 250ms);
    QCOMPARE(figures.duration, 2250ms);
    QCOMPARE(figures.shownTokens(), 20);
    QCOMPARE(*figures.tokensPer10Seconds(), 100);
    QCOMPARE(figures.paidWei, QStringLiteral("1200"));
}

void TestChatTranscript::countOfTheServerWins()
{
    ChatTranscript chat;
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    ChatDelta delta = words(QStringLiteral("several words at once"));
    delta.completionTokens = 5;
    chat.append(delta);
    QCOMPARE(chat.turns().last().figures.shownTokens(), 5);
}

void TestChatTranscript::retryDropsOnlyAFinishedAnswer()
{
    ChatTranscript chat;
    QVERIFY(!chat.dropLastAnswer());
    chat.addUserTurn(QStringLiteral("q"));
    QVERIFY(!chat.dropLastAnswer());
    chat.beginAnswer();
    QVERIFY(!chat.dropLastAnswer());
    chat.stopAnswer();
    QVERIFY(chat.dropLastAnswer());
    QCOMPARE(chat.turns().size(), 1);
}

void TestChatTranscript::clearCanBeUndone()
{
    ChatTranscript chat;
    chat.addUserTurn(QStringLiteral("q"));
    QSignalSpy reset(&chat, &ChatTranscript::reset);
    const QList<ChatTurn> before = chat.clear();
    QVERIFY(chat.turns().isEmpty());
    chat.restore(before);
    QCOMPARE(chat.turns().first().text, QStringLiteral("q"));
    QCOMPARE(reset.count(), 2);
}

void TestChatTranscript::loadedCallShowsItsMessages()
{
    Call call = baseCall();
    call.input.insert("messages", *Json::parse(QByteArrayView(
        R"([{"role":"system","content":"S"},{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},{"role":"assistant","content":"c"}])")));
    ChatTranscript chat;
    chat.loadCall(call);
    QCOMPARE(chat.systemPrompt(), QStringLiteral("S"));
    QCOMPARE(chat.turns().size(), 2);
    QCOMPARE(chat.turns()[0].text, QStringLiteral("ab"));
    QCOMPARE(chat.turns()[1].role, ChatTurn::Role::Assistant);
}

void TestChatTranscript::sdk_26_emptiedParameterIsRemoved()
{
    ChatTranscript chat;
    chat.setBaseCall(baseCall());
    QSignalSpy changed(&chat, &ChatTranscript::callChanged);
    chat.setParameter(QStringLiteral("temperature"), Json());
    QVERIFY(!chat.callForNextTurn().input.contains(QStringLiteral("temperature")));
    chat.setParameter(QStringLiteral("max_tokens"), Json::number("64"));
    QCOMPARE(chat.callForNextTurn().input.value(QStringLiteral("max_tokens")).numberText(), QByteArray("64"));
    chat.setParameter(QStringLiteral("max_tokens"), Json::number("64"));
    QCOMPARE(changed.count(), 2);
}

void TestChatTranscript::sourcesAreKeptOnce()
{
    ChatTranscript chat;
    chat.addUserTurn(QStringLiteral("q"));
    chat.beginAnswer();
    ChatDelta delta = words(QStringLiteral("x"));
    delta.sources = {{QStringLiteral("A"), QStringLiteral("https://a"), {}}};
    chat.append(delta);
    chat.append(delta);
    QCOMPARE(chat.turns().last().sources.size(), 1);
}

QTEST_GUILESS_MAIN(TestChatTranscript)
#include "tst_chat_transcript.moc"
