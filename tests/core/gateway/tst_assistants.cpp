// What an editor of templates knows of them: what they expand to, what is wrong and where, and how they are kept and shared.
#include "sluice/backend/user_data.h"
#include "sluice/gateway/assistants.h"
#include "sluice/gateway/profile_store.h"
#include "sluice/llmworker/prompt.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::assistants;

namespace {

Json json(const QByteArray &text)
{
    return orThrow(Json::parse(text));
}

/// A template of streams whose only message is each of these.
Json streams(const QStringList &contents)
{
    Json all = Json::array();
    for (const QString &content : contents) {
        Json stream = json("{\"provider\":\"vllm\",\"settings\":{\"model\":\"m\"},\"messages\":[{\"role\":\"user\"}]}");
        all.append(stream.replaced(QStringLiteral("/messages/0"), Json{{QStringLiteral("role"), "user"}, {QStringLiteral("content"), content}}));
    }
    return Json{{QStringLiteral("streams"), all}};
}

QList<PromptStream> previewOf(const Json &assistant, const QString &query = QStringLiteral("Q"), const QByteArray &history = "[]")
{
    return orThrow(preview(assistant, query, json(history)));
}

/// With marks as people could read them.
QString written(const PromptMessage &message)
{
    QString text;
    for (const Piece &piece : message.pieces)
        text += piece.kind == Piece::Kind::Text ? piece.text : piece.kind == Piece::Kind::Answer ? QStringLiteral("<%1>").arg(piece.stream) : QStringLiteral("<summary>");
    return message.open ? QStringLiteral("open:") + text : text;
}

} // namespace

class TestAssistants : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePreviewIsWhatAWorkerExpands();
    void anAnswerThatIsNotThereIsMarkedAndNeverInvented_data();
    void anAnswerThatIsNotThereIsMarkedAndNeverInvented();
    void historyGoesWhereItIsInserted();
    void aFaultIsNamedAtItsPlace_data();
    void aFaultIsNamedAtItsPlace();
    void whatIsBrokenDoesNotHideTheRest();
    void aPreviewIsBounded();
    void aFileIsATemplateOrSeveralByName();
    void whatIsNoTemplateIsRefusedWithItsPlace();
    void aProfileKeepsThemByName();
    void whatAPersonWroteStaysAsItIs();
    void aLocalProfileAddsThemToItsNetwork();
    void examplesAreWhole();
};

void TestAssistants::thePreviewIsWhatAWorkerExpands()
{
    const QString content = QStringLiteral("{query} {{x}} {query!r:>9} {history[0][content]} {files_collection_id} {rag_output}");
    const QByteArray history = "[{\"role\":\"user\",\"content\":\"h{i}\"}]";
    llmworker::PromptValues values;
    values.query = QStringLiteral("a {b}");
    values.previousStreamOutput = values.query;
    values.history = {llmworker::Message(QStringLiteral("user"), QStringLiteral("h{{i}}"))}; // as the backend sends it
    llmworker::Stream stream;
    stream.messages = {llmworker::Message(QStringLiteral("user"), content)};
    const auto wanted = orThrow(llmworker::promptOf(stream, values, {}));
    const auto made = previewOf(streams({content}), values.query, history);
    QCOMPARE(made.first().issues, QList<Issue>());
    QCOMPARE(written(made.first().messages.first()), wanted.first().content);
    QCOMPARE(made.first().temperature, QStringLiteral("0"));
    // In the first stream the output before is the query.
    QCOMPARE(written(previewOf(streams({QStringLiteral("{previous_stream_output}")})).first().messages.first()), QStringLiteral("Q"));
}

void TestAssistants::anAnswerThatIsNotThereIsMarkedAndNeverInvented_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("shown");
    QTest::newRow("alone") << "{previous_stream_output}" << "<0>";
    QTest::newRow("within and twice") << "a {previous_stream_output} b {query}{previous_stream_output}" << "a <0> b Q<0>";
    QTest::newRow("with a width") << "{previous_stream_output:>5}" << "open:{previous_stream_output:>5}";
    QTest::newRow("quoted") << "{previous_stream_output!r}" << "open:{previous_stream_output!r}";
    QTest::newRow("a letter of it") << "{previous_stream_output[7]}" << "open:{previous_stream_output[7]}";
    QTest::newRow("a wide one of another") << "{query:>3}{previous_stream_output}" << "  Q<0>";
    QTest::newRow("not at all") << "{query}" << "Q";
}

void TestAssistants::anAnswerThatIsNotThereIsMarkedAndNeverInvented()
{
    QFETCH(QString, content);
    QFETCH(QString, shown);
    const auto made = previewOf(streams({QStringLiteral("{query}"), content}));
    QCOMPARE(made.at(1).issues, QList<Issue>());
    QCOMPARE(written(made.at(1).messages.first()), shown);
    // Also where the question has characters of the kind that stands in for it.
    QCOMPARE(written(previewOf(streams({QStringLiteral("{query}"), QStringLiteral("{query}{previous_stream_output}")}), QString(QChar(0xE000))).at(1).messages.first()),
        QString(QChar(0xE000)) + QStringLiteral("<0>"));
}

void TestAssistants::historyGoesWhereItIsInserted()
{
    const Json assistant = json("{\"streams\":[{\"provider\":\"vllm\",\"settings\":{\"model\":\"m\"},\"messages\":[{\"insert\":\"history\"},{\"role\":\"user\",\"content\":\"{query}\"}]},"
"{\"provider\":\"vllm\",\"settings\":{\"model\":\"m\"},\"messages\":[{\"insert\":\"history_summary\"}]}]}");
    const auto made = previewOf(assistant, QStringLiteral("Q"), "[{\"role\":\"user\",\"content\":\"{1\"},{\"role\":\"assistant\",\"content\":\"2}\"}]");
    QCOMPARE(made.at(0).messages.size(), 3);
    QCOMPARE(written(made.at(0).messages.at(0)), QStringLiteral("{1"));
    QVERIFY(made.at(0).messages.at(0).inserted && !made.at(0).messages.at(2).inserted);
    QCOMPARE(written(made.at(1).messages.at(0)), QStringLiteral("<summary>"));
    QCOMPARE(made.at(1).messages.at(0).role, QStringLiteral("system"));
    QCOMPARE(made.at(1).messages.size(), 3);
    QCOMPARE(previewOf(assistant).at(1).messages.size(), 0);
    QCOMPARE(preview(assistant, QString(), json("[{\"role\":\"tool\",\"content\":\"x\"}]")).error().field(), QStringLiteral("/messages/0/role"));
}

void TestAssistants::aFaultIsNamedAtItsPlace_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("said");
    QTest::newRow("unknown") << "a {nosuch}" << "Line 1, column 3, at “{nosuch}”" << "'nosuch'";
    QTest::newRow("second line") << "{query}\n  {oops" << "Line 2, column 3, at “{oops”" << "expected '}' before end of string";
    QTest::newRow("alone") << "{query} }" << "Line 1, column 9, at “}”" << "Single '}' encountered in format string";
    QTest::newRow("json") << "{\"a\": 1}" << "Line 1, column 1, at “{\"a\": 1}”" << "'\"a\"'";
    QTest::newRow("behind doubled") << "{{}}{ query }" << "Line 1, column 5" << "' query '";
    QTest::newRow("index") << "{history[0]}" << "Line 1, column 1" << "list index out of range";
    QTest::newRow("in a width") << "{query:{nosuch}}" << "Line 1, column 1" << "'nosuch'";
}

void TestAssistants::aFaultIsNamedAtItsPlace()
{
    QFETCH(QString, content);
    QFETCH(QString, place);
    QFETCH(QString, said);
    for (int number = 0; number < 2; ++number) {
        QStringList contents(2, QStringLiteral("{query}"));
        contents[number] = content;
        const auto made = previewOf(streams(contents));
        QCOMPARE(made.at(number).issues.size(), 1);
        QCOMPARE(made.at(number).issues.first().pointer, QStringLiteral("/streams/%1/messages/0/content").arg(number));
        const QString message = made.at(number).issues.first().message;
        QVERIFY2(message.startsWith(place), qPrintable(message));
        QVERIFY2(message.contains(QStringLiteral("“%1”").arg(said)), qPrintable(message));
        QVERIFY(made.at(number).messages.isEmpty());
        QCOMPARE(made.at(1 - number).messages.size(), 1);
    }
}

void TestAssistants::whatIsBrokenDoesNotHideTheRest()
{
    const Json assistant = json("{\"streams\":[{\"provider\":\"foo\",\"settings\":{},\"messages\":[{\"role\":\"tool\",\"content\":\"x\"},{\"insert\":\"nosuch\"},{\"role\":\"user\",\"content\":\"{query}\"}]},"
"{\"pipeline\":\"rag_scoring\"},{\"provider\":\"vllm\",\"settings\":{\"model\":\"m\",\"temperature\":[1]},\"messages\":7},5]}");
    const auto made = previewOf(assistant);
    QCOMPARE(made.size(), 4);
    QStringList places;
    for (const PromptStream &stream : made) {
        for (const Issue &issue : stream.issues)
            places << issue.pointer;
    }
    const QStringList wanted{QStringLiteral("/streams/0/provider"), QStringLiteral("/streams/0/settings/model"), QStringLiteral("/streams/0/messages/0/role"),
        QStringLiteral("/streams/0/messages/1/insert"), QStringLiteral("/streams/1"), QStringLiteral("/streams/2/settings/temperature")};
    QCOMPARE(places.mid(0, wanted.size()), wanted);
    QCOMPARE(written(made.first().messages.first()), QStringLiteral("Q"));
    QCOMPARE(previewOf(Json()).size(), 0);
    QCOMPARE(previewOf(json("{\"streams\":{}}")).size(), 0);
}

void TestAssistants::aPreviewIsBounded()
{
    const auto made = previewOf(streams(QStringList(60, QStringLiteral("{query:>9000000}"))));
    qsizetype shown = 0;
    for (const PromptStream &stream : made) {
        for (const PromptMessage &message : stream.messages)
            shown += written(message).size();
    }
    QVERIFY(shown < 20'000'000);
    QVERIFY(made.last().messages.first().cut);
    QCOMPARE(written(made.last().messages.first()), QStringLiteral("{query:>9000000}"));
}

void TestAssistants::aFileIsATemplateOrSeveralByName()
{
    const Named one(QStringLiteral("My own"), json("{\"id\":\"x\",\"streams\":[],\"meta\":{\"description\":\"d\",\"name\":\"other\"}}"));
    const auto back = orThrow(read(write({one}), QStringLiteral("/tmp/other.json")));
    QCOMPARE(back.size(), 1);
    QCOMPARE(back.first().name, one.name);
    QCOMPARE(back.first().assistant.dump(), QByteArray("{\"id\":\"x\",\"streams\":[],\"meta\":{\"description\":\"d\",\"name\":\"My own\"}}"));
    QCOMPARE(orThrow(read("{\"streams\":[]}", QStringLiteral("/a/b/My file.v2.json"))).first().name, QStringLiteral("My file.v2"));
    const QList<Named> two{one, Named(QStringLiteral("2"), streams({QStringLiteral("{query}")}))};
    QCOMPARE(orThrow(read(write(two), {})), two);
    // What a worker is sent.
    QCOMPARE(orThrow(read("{\"type\":\"add\",\"id\":\"1\",\"query\":\"q\",\"assistant\":{\"streams\":[]}}", QStringLiteral("add.json"))).first().name, QStringLiteral("add"));
}

void TestAssistants::whatIsNoTemplateIsRefusedWithItsPlace()
{
    const auto refusal = [](const QByteArray &text) { return read(text, QStringLiteral("f.json")).error(); };
    QVERIFY(refusal("{").message().contains(QStringLiteral("line 1")));
    QVERIFY(refusal("[]").message().contains(QStringLiteral("no assistant")));
    QVERIFY(refusal("{}").message().contains(QStringLiteral("no assistant")));
    QCOMPARE(refusal("{\"streams\":[{\"provider\":1}]}").field(), QStringLiteral("/streams/0/provider"));
    QVERIFY(refusal("{\"a\":{\"streams\":7}}").message().contains(QStringLiteral("“a”")));
    QCOMPARE(refusal(QByteArray(MaxFileBytes + 1, ' ')).kind(), Error::Kind::TooLarge);
    QVERIFY(!checkName(QStringLiteral(" a")));
    QVERIFY(!checkName(QString(QChar(7))));
    QVERIFY(!checkName(QString(MaxName + 1, QLatin1Char('a'))));
    QVERIFY(checkName(QStringLiteral("Zusammenfassen, dann übersetzen 🙂")));
}

void TestAssistants::aProfileKeepsThemByName()
{
    Profile profile;
    profile.name = QStringLiteral("mine");
    profile.local = false;
    const auto keeping = [](const QString &name, const QString &replaced = {}) {
        Change change;
        change.kept = Named(name, streams({name}));
        change.replaced = replaced;
        return change;
    };
    QVERIFY(!changed(profile, {keeping(QStringLiteral("a"))})); // it has no worker
    profile.backends.insert(Backend, json("{\"url\":\"ws://localhost:1/ws/\"}"));
    profile = orThrow(changed(profile, {keeping(QStringLiteral("a")), keeping(QStringLiteral("b")), keeping(QStringLiteral("c"))}));
    const auto names = [&] {
        QString all;
        for (const Named &one : of(profile))
            all += one.name;
        return all;
    };
    QCOMPARE(names(), QStringLiteral("abc"));
    profile = orThrow(changed(profile, {keeping(QStringLiteral("x"), QStringLiteral("b"))})); // renamed, in its place
    QCOMPARE(names(), QStringLiteral("axc"));
    profile = orThrow(changed(profile, {keeping(QStringLiteral("c"), QStringLiteral("a"))})); // over another
    QCOMPARE(names(), QStringLiteral("cx"));
    Change gone;
    gone.replaced = QStringLiteral("x");
    profile = orThrow(changed(profile, {gone}));
    QCOMPARE(names(), QStringLiteral("c"));
    QVERIFY(!changed(profile, {gone}));
    QVERIFY(!changed(profile, {keeping(QString())}));
    Change broken;
    broken.kept = Named(QStringLiteral("d"), json("{}"));
    QCOMPARE(changed(profile, {broken}).error().field(), QStringLiteral("/streams"));
    QCOMPARE(profile.backends.value(Backend).value(QStringLiteral("url")).toString(), QStringLiteral("ws://localhost:1/ws/"));
}

void TestAssistants::whatAPersonWroteStaysAsItIs()
{
    const Json assistant = json("{\"z\":1.50,\"streams\":[{\"name\":\"n\",\"provider\":\"vllm\",\"x\":1e2,\"settings\":{\"temperature\":0.20,\"model\":\"m\",\"top_p\":1.0},\"messages\":[]}],\"a\":null}");
    auto data = UserData::inMemory();
    ProfileStore store(data);
    Profile profile;
    profile.name = QStringLiteral("mine");
    profile.local = false;
    profile.backends.insert(Backend, json("{\"url\":\"ws://localhost:1/ws/\"}"));
    QFuture<void> saved = store.save(profile);
    QTRY_VERIFY(saved.isFinished());
    Change change;
    change.kept = Named(QStringLiteral("n"), assistant);
    QFuture<Profile> now = store.changeAssistants(profile.name, {change});
    QTRY_VERIFY(now.isFinished());
    QCOMPARE(of(now.result()).first().assistant.dump(), assistant.dump());
    QFuture<QList<Profile>> listed = store.list();
    QTRY_VERIFY(listed.isFinished());
    QCOMPARE(of(listed.result().last()).first().assistant.dump(), assistant.dump());
}

void TestAssistants::aLocalProfileAddsThemToItsNetwork()
{
    Profile profile;
    profile.name = QStringLiteral("sandbox");
    GatewayConfig config;
    config.backends[Backend].values = json("{\"url\":\"ws://127.0.0.1:7/ws/\",\"templates\":{\"demo\":{\"streams\":[],\"a\":1},\"other\":{\"streams\":[]}}}");
    Change change;
    change.kept = Named(QStringLiteral("own"), json("{\"streams\":[]}"));
    Change over;
    over.kept = Named(QStringLiteral("demo"), json("{\"streams\":[],\"b\":2}"));
    profile = orThrow(changed(profile, {change, over}));
    QVERIFY(profile.addsToNetwork(Backend));
    QVERIFY(profile.check()); // it needs no address
    profile.applyTo(config);
    QCOMPARE(config.backends.value(Backend).values.dump(),
        QByteArray("{\"url\":\"ws://127.0.0.1:7/ws/\",\"templates\":{\"demo\":{\"streams\":[],\"b\":2},\"other\":{\"streams\":[]},\"own\":{\"streams\":[]}}}"));
    // Where the network has no worker there is none.
    GatewayConfig without;
    profile.applyTo(without);
    QVERIFY(!hasWorker(without));
    // One of its own is used as it is.
    profile.backends.insert(Backend, json("{\"url\":\"ws://host/ws/\",\"templates\":{}}"));
    QVERIFY(!profile.addsToNetwork(Backend));
    profile.applyTo(config);
    QVERIFY(of(config).isEmpty());
}

void TestAssistants::examplesAreWhole()
{
    for (const Named &example : examples()) {
        QVERIFY(checkName(example.name));
        QVERIFY(check(example.assistant));
        QVERIFY(!description(example.assistant).isEmpty());
        for (const PromptStream &stream : previewOf(example.assistant)) {
            // All but the name of a model, which only a person knows.
            QCOMPARE(stream.issues.size(), 1);
            QVERIFY(stream.issues.first().pointer.endsWith(QStringLiteral("/settings/model")));
            QVERIFY(!stream.messages.isEmpty());
        }
    }
}

QTEST_GUILESS_MAIN(TestAssistants)
#include "tst_assistants.moc"
