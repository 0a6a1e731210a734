#include "sluice/chat/conversation_tree.h"

#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::ui;
using Versions = ConversationTree::Versions;

namespace {

ChatTurn question(const QString &text)
{
    ChatTurn turn;
    turn.text = text;
    return turn;
}

ChatTurn answer(const QString &text)
{
    ChatTurn turn = question(text);
    turn.role = ChatTurn::Role::Assistant;
    return turn;
}

QString said(const ConversationTree &tree)
{
    QStringList words;
    for (const ChatTurn &turn : tree.path())
        words << turn.text;
    return words.join(u' ');
}

/// q1 a1 q2 a2, where a1 has the sibling b1, q2 below a1 the sibling r2 with s2 below.
ConversationTree branched()
{
    ConversationTree tree;
    tree.append(question(QStringLiteral("q1")));
    tree.append(answer(QStringLiteral("b1")));
    tree.leave(1);
    tree.append(answer(QStringLiteral("a1")));
    tree.append(question(QStringLiteral("r2")));
    tree.append(answer(QStringLiteral("s2")));
    tree.leave(2);
    tree.append(question(QStringLiteral("q2")));
    tree.append(answer(QStringLiteral("a2")));
    return tree;
}

} // namespace

class TestConversationTree : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pathIsWhatWasSaidLast();
    void leavingKeepsWhatStoodThere();
    void anotherVersionBringsWhatFollowedIt();
    void firstQuestionHasVersionsToo();
    void removedTurnLeavesTheOthersInOrder();
    void storedTreeIsTheSame();
    void brokenTreeIsRefused_data();
    void brokenTreeIsRefused();
    void everythingOfATurnIsStored();
};

void TestConversationTree::pathIsWhatWasSaidLast()
{
    QVERIFY(ConversationTree().isEmpty());
    QVERIFY(ConversationTree().path().isEmpty());
    const ConversationTree tree = branched();
    QCOMPARE(said(tree), QStringLiteral("q1 a1 q2 a2"));
    QCOMPARE(tree.versions(0), (Versions{0, 1}));
    QCOMPARE(tree.versions(1), (Versions{1, 2}));
    QCOMPARE(tree.versions(2), (Versions{1, 2}));
    QCOMPARE(tree.versions(3), (Versions{0, 1}));
}

void TestConversationTree::leavingKeepsWhatStoodThere()
{
    ConversationTree tree = branched();
    tree.leave(0);
    QVERIFY(tree.path().isEmpty());
    QVERIFY(!tree.isEmpty());
    tree.append(question(QStringLiteral("other")));
    QCOMPARE(said(tree), QStringLiteral("other"));
    QCOMPARE(tree.versions(0), (Versions{1, 2}));
    QVERIFY(tree.show(0, 0));
    QCOMPARE(said(tree), QStringLiteral("q1 a1 q2 a2"));
}

void TestConversationTree::anotherVersionBringsWhatFollowedIt()
{
    ConversationTree tree = branched();
    QVERIFY(tree.show(2, 0));
    QCOMPARE(said(tree), QStringLiteral("q1 a1 r2 s2"));
    QVERIFY(tree.show(1, 0));
    QCOMPARE(said(tree), QStringLiteral("q1 b1"));
    QVERIFY(tree.show(1, 1));
    QCOMPARE(said(tree), QStringLiteral("q1 a1 r2 s2")); // the one that was seen last
    QVERIFY(!tree.show(1, 2));
    QVERIFY(!tree.show(1, -1));
    QVERIFY(!tree.show(9, 0));
    QCOMPARE(said(tree), QStringLiteral("q1 a1 r2 s2"));
}

void TestConversationTree::firstQuestionHasVersionsToo()
{
    ConversationTree tree;
    tree.append(question(QStringLiteral("one")));
    tree.leave(0);
    tree.append(question(QStringLiteral("two")));
    QCOMPARE(tree.versions(0), (Versions{1, 2}));
}

void TestConversationTree::removedTurnLeavesTheOthersInOrder()
{
    ConversationTree tree;
    tree.append(question(QStringLiteral("q")));
    for (const char *text : {"a", "b", "c", "d"}) {
        tree.leave(1);
        tree.append(answer(QString::fromLatin1(text)));
    }
    QVERIFY(tree.show(1, 1));
    tree.removeLast();
    QCOMPARE(said(tree), QStringLiteral("q"));
    QStringList left;
    tree.append(answer(QStringLiteral("e")));
    const auto read = ConversationTree::fromJson(tree.toJson());
    QVERIFY(read.hasValue());
    for (ConversationTree one : {tree, *read}) {
        QCOMPARE(said(one), QStringLiteral("q e"));
        QCOMPARE(one.versions(1), (Versions{3, 4}));
        left.clear();
        for (int i = 0; i < 4; ++i) {
            QVERIFY(one.show(1, i));
            left << one.path().last().text;
        }
        QCOMPARE(left, QStringList({QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("d"), QStringLiteral("e")}));
    }
    // What something follows stays.
    tree.leave(1);
    tree.removeLast();
    QCOMPARE(said(tree), QStringLiteral("q"));
}

void TestConversationTree::storedTreeIsTheSame()
{
    ConversationTree tree = branched();
    QVERIFY(tree.show(2, 0));
    const auto text = Json::parse(tree.toJson().dump());
    QVERIFY(text.hasValue());
    auto read = ConversationTree::fromJson(*text);
    QVERIFY(read.hasValue());
    QCOMPARE(said(*read), QStringLiteral("q1 a1 r2 s2"));
    QCOMPARE(read->toJson().dump(), tree.toJson().dump());
    QVERIFY(read->show(2, 1));
    QCOMPARE(said(*read), QStringLiteral("q1 a1 q2 a2"));
    QVERIFY(read->show(1, 0));
    QCOMPARE(said(*read), QStringLiteral("q1 b1"));
}

void TestConversationTree::brokenTreeIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no object") << QByteArray("[]");
    QTest::newRow("no list") << QByteArray(R"({"turns":{},"seen":0})");
    QTest::newRow("under none") << QByteArray(R"({"turns":[{"role":"user","text":"x","under":7,"seen":-1}],"seen":0})");
    QTest::newRow("under itself") << QByteArray(R"({"turns":[{"role":"user","text":"x","under":1,"seen":-1}],"seen":0})");
    QTest::newRow("without a place") << QByteArray(R"({"turns":[{"role":"user","text":"x"}],"seen":0})");
}

void TestConversationTree::brokenTreeIsRefused()
{
    QFETCH(QByteArray, json);
    const auto read = ConversationTree::fromJson(*Json::parse(json));
    QVERIFY(!read.hasValue());
    QCOMPARE(read.error().kind(), Error::Kind::InvalidInput);
    // A circle that the root does not lead into is never walked.
    const auto circle = ConversationTree::fromJson(*Json::parse(R"({"turns":[{"text":"x","under":2,"seen":0},{"text":"y","under":1,"seen":0}],"seen":0})"));
    QVERIFY(circle.hasValue());
    QVERIFY(circle->path().isEmpty());
}

void TestConversationTree::everythingOfATurnIsStored()
{
    ChatTurn turn = answer(QStringLiteral("words"));
    turn.state = ChatTurn::State::Failed;
    turn.reasoning = QStringLiteral("thoughts");
    turn.toolCalls.restore({{QStringLiteral("f"), QStringLiteral("{\"a\":1}")}});
    turn.notes = {QStringLiteral("cut")};
    turn.sources = {{QStringLiteral("t"), QStringLiteral("https://example.org"), QStringLiteral("e")}};
    turn.attachments = {ChatAttachment::picture(QStringLiteral("data:image/png;base64,AAAA"), QStringLiteral("a cat"))};
    turn.error = Error(Error::Kind::Timeout, QStringLiteral("late")).withAdvice(QStringLiteral("again"));
    turn.figures.startedAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
    turn.figures.firstToken = std::chrono::milliseconds(7);
    turn.figures.duration = std::chrono::milliseconds(90);
    turn.figures.chunks = 3;
    turn.figures.tokens = 4;
    turn.figures.promptTokens = 5;
    turn.figures.reasoningTokens = 6;
    turn.figures.totalTokens = 9;
    turn.figures.paidWei = QStringLiteral("12345678901234567890");
    turn.original = Json{{"role", "assistant"}, {"content", "words"}, {"name", "n"}};
    const ChatTurn read = ChatTurn::fromJson(*Json::parse(turn.toJson().dump()));
    QCOMPARE(read.toJson().dump(), turn.toJson().dump());
    QCOMPARE(read.text, turn.text);
    QCOMPARE(read.state, turn.state);
    QCOMPARE(read.reasoning, turn.reasoning);
    QCOMPARE(read.toolCalls, turn.toolCalls);
    QCOMPARE(read.notes, turn.notes);
    QCOMPARE(read.sources, turn.sources);
    QCOMPARE(read.attachments, turn.attachments);
    QCOMPARE(read.error->kind(), turn.error->kind());
    QCOMPARE(read.error->advice(), turn.error->advice());
    QCOMPARE(read.figures.startedAt, turn.figures.startedAt);
    QCOMPARE(read.figures.paidWei, turn.figures.paidWei);
    QCOMPARE(read.figures.reasoningTokens, turn.figures.reasoningTokens);
    QCOMPARE(read.message(), turn.original);
    // An answer that was coming when the window closed has stopped.
    turn.state = ChatTurn::State::Streaming;
    QCOMPARE(ChatTurn::fromJson(turn.toJson()).state, ChatTurn::State::Stopped);
}

QTEST_GUILESS_MAIN(TestConversationTree)
#include "tst_conversation_tree.moc"
