#include "hostile_answers.h"

using namespace sluice;
using namespace sluice::openai;
using namespace std::chrono_literals;

namespace {

using End = RawUpstream::End;

const QList<std::pair<QByteArray, Dialect>> Dialects{{"OpenAI's", Dialect::OpenAi}, {"gateway's", Dialect::Gateway}, {"older", Dialect::Legacy}};

QByteArray members(bool stream)
{
    return stream ? R"("stream":true)" : QByteArray();
}

/// For each dialect, streamed and not.
void forAll(const std::function<void(const QByteArray &name, Dialect dialect, bool stream)> &row)
{
    for (const auto &[name, dialect] : Dialects) {
        row(name + " whole: ", dialect, false);
        row(name + " stream: ", dialect, true);
    }
}

} // namespace

/// Upstreams that break an answer: what the caller gets is always a failure that it notices, and the call is never made twice.
class TestOpenAiHostileUpstream : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBrokenAnswerIsAFailure_data();
    void aBrokenAnswerIsAFailure();
    void aCutAtAnyByteIsAFailure_data();
    void aCutAtAnyByteIsAFailure();
    void errorsInEveryFormKeepTheirWords_data();
    void errorsInEveryFormKeepTheirWords();
    void whatHangsIsGivenUp_data();
    void whatHangsIsGivenUp();
    void whatNeverEndsIsBounded_data();
    void whatNeverEndsIsBounded();
    void anAnswerBeforeTheQuestionIsNone();
    void anUpstreamThatIsNotThere();
};

void TestOpenAiHostileUpstream::aBrokenAnswerIsAFailure_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<int>("index");
    forAll([](const QByteArray &name, Dialect dialect, bool stream) {
        const QList<HostileAnswer> all = brokenAnswers(dialect, stream);
        for (qsizetype i = 0; i < all.size(); ++i)
            QTest::newRow((name + all[i].name).constData()) << int(dialect) << stream << int(i);
    });
}

void TestOpenAiHostileUpstream::aBrokenAnswerIsAFailure()
{
    QFETCH(int, dialect);
    QFETCH(bool, stream);
    QFETCH(int, index);
    RawFixture f{Dialect(dialect)};
    f.upstream.play(brokenAnswers(Dialect(dialect), stream).at(index).script);
    const auto answer = f.chat(members(stream));
    QVERIFY2(failedWell(answer.status, answer.body), (QByteArray::number(answer.status) + ' ' + answer.body).constData());
    if (answer.status != 200)
        QCOMPARE(answer.header("x-should-retry"), QByteArray("false")); // it may have been paid
    QCOMPARE(f.upstream.count(), 1);
    QTRY_COMPARE(f.upstream.open(), 0);
}

void TestOpenAiHostileUpstream::aCutAtAnyByteIsAFailure_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<bool>("stream");
    forAll([](const QByteArray &name, Dialect dialect, bool stream) { QTest::newRow(name.constData()) << int(dialect) << stream; });
}

void TestOpenAiHostileUpstream::aCutAtAnyByteIsAFailure()
{
    QFETCH(int, dialect);
    QFETCH(bool, stream);
    RawFixture f{Dialect(dialect)};
    const QByteArray whole = goodResponse(Dialect(dialect), stream);
    const GoodAnswer good = goodAnswer(Dialect(dialect));
    // All that can be cut away without a loss lies behind the text of the event that ends the answer.
    const QByteArray last = dialect == int(Dialect::OpenAi) ? good.events.at(2) : good.events.last();
    const qsizetype enough = stream ? whole.indexOf(last) + last.trimmed().size() : whole.size();
    for (qsizetype size = 0; size <= whole.size(); ++size) {
        f.upstream.play(RawUpstream::Script(whole.left(size), End::Close));
        const auto answer = f.chat(members(stream));
        const QString text = stream ? textOf(answer.events()) : answer.json().find(QStringLiteral("/choices/0/message/content")).value_or(Json()).toString();
        const bool well = answer.status == 200 && text == QLatin1String("Hello") && (!stream || answer.body.endsWith("data: [DONE]\n\n"));
        const QByteArray what = "cut after " + QByteArray::number(size) + " of " + QByteArray::number(whole.size()) + ": " + QByteArray::number(answer.status) + ' ' + answer.body;
        QVERIFY2(well != failedWell(answer.status, answer.body), what.constData());
        QVERIFY2(well == (size >= enough), what.constData());
    }
    QCOMPARE(f.upstream.count(), int(whole.size()) + 1);
}

void TestOpenAiHostileUpstream::errorsInEveryFormKeepTheirWords_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words");
    struct Row {
        QByteArray name;
        QByteArray status;
        QByteArray type;
        QByteArray body;
        int told;
        QString words;
    };
    const QList<Row> rows{
        {"an object", "400 Bad Request", "application/json", R"({"error":{"message":"too long"}})", 400, QStringLiteral("too long")},
        {"a text", "400 Bad Request", "application/json", R"({"error":"too long"})", 400, QStringLiteral("too long")},
        {"a text of JSON", "400 Bad Request", "application/json", R"("too long")", 400, QStringLiteral("too long")},
        {"detail", "422 Unprocessable", "application/json", R"({"detail":[{"loc":["body"],"msg":"too long"}]})", 422, QStringLiteral("too long")},
        {"detail with a message", "422 Unprocessable", "application/json", R"({"detail":{"msg":"too long"}})", 422, QStringLiteral("too long")},
        {"a message", "400 Bad Request", "application/json", R"({"object":"error","message":"too long","code":40303})", 400, QStringLiteral("too long")},
        {"a list", "400 Bad Request", "application/json", R"([{"error":{"code":400,"message":"too long","status":"INVALID"}}])", 400, QStringLiteral("too long")},
        {"a page", "500 Oops", "text/html", "<html><head><title>the model is away</title></head><body><b>sorry</b></body></html>", 502, QStringLiteral("away")},
        {"plain text", "500 Oops", "text/plain", "the model is away\n", 502, QStringLiteral("away")},
        {"nothing", "500 Oops", "", "", 502, QStringLiteral("500")},
        {"a number for a code", "400 Bad Request", "application/json", R"({"error":{"message":"too long","type":"invalid_request_error","code":400}})", 400, QStringLiteral("too long")},
        {"no provider", "503 Service Unavailable", "application/json", R"({"error":{"message":"Service Unavailable Error"}})", 503, QStringLiteral("Unavailable")},
        {"our key is bad", "401 Unauthorized", "application/json", R"({"error":{"message":"bad key"}})", 502, QStringLiteral("bad key")},
        {"forbidden", "403 Forbidden", "text/plain", "go away", 502, QStringLiteral("go away")},
        {"haste", "429 Too Many Requests", "application/json", R"({"error":{"message":"slow down"}})", 429, QStringLiteral("slow down")},
        {"a proxy's", "504 Gateway Timeout", "text/html", "<html><center><h1>504 Gateway Time-out</h1></center><hr><center>nginx</center></html>", 502, QStringLiteral("504")},
        {"JSON that is none", "500 Oops", "application/json", "{\"error\":", 502, QStringLiteral("{\"error\":")},
    };
    forAll([&](const QByteArray &name, Dialect dialect, bool stream) {
        for (const Row &row : rows)
            QTest::newRow((name + row.name).constData()) << int(dialect) << stream << httpAnswer(row.status, row.type, row.body) << row.told << row.words;
    });
}

void TestOpenAiHostileUpstream::errorsInEveryFormKeepTheirWords()
{
    QFETCH(int, dialect);
    QFETCH(bool, stream);
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    QFETCH(QString, words);
    RawFixture f{Dialect(dialect)};
    f.upstream.play(RawUpstream::Script(answer, End::Close));
    const auto told = f.chat(members(stream));
    QVERIFY2(told.status == status, told.body.constData());
    QCOMPARE(told.header("Content-Type"), QByteArray("application/json"));
    const Json error = told.error();
    QVERIFY2(error.value(QStringLiteral("message")).toString().contains(words), told.body.constData());
    QVERIFY2(!error.value(QStringLiteral("message")).toString().contains(QLatin1Char('<')), told.body.constData());
    QVERIFY(error.value(QStringLiteral("code")).isNull() || error.value(QStringLiteral("code")).isString());
    QVERIFY(error.value(QStringLiteral("type")).isString());
    QCOMPARE(f.upstream.count(), 1);
}

void TestOpenAiHostileUpstream::whatHangsIsGivenUp_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QByteArray>("bytes");
    forAll([](const QByteArray &name, Dialect dialect, bool stream) {
        const QByteArray whole = goodResponse(dialect, stream);
        const qsizetype head = whole.indexOf("\r\n\r\n") + 4;
        const QByteArray type = stream ? "text/event-stream" : "application/json";
        const auto row = [&](const char *where, const QByteArray &bytes) { QTest::newRow((name + where).constData()) << int(dialect) << stream << bytes; };
        row("before its head", {});
        row("in its head", whole.left(head - 10));
        row("behind its head", whole.left(head));
        row("in its body", whole.left(head + (whole.size() - head) / 2));
        row("between chunks", chunkedAnswer(type, {stream ? goodAnswer(dialect).events.first() : QByteArray("{")}, false));
        row("in an endless row of interim answers", QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(1000));
    });
}

void TestOpenAiHostileUpstream::whatHangsIsGivenUp()
{
    QFETCH(int, dialect);
    QFETCH(bool, stream);
    QFETCH(QByteArray, bytes);
    RawFixture f(Dialect(dialect), {}, [](HttpUpstreamOptions &behind) { behind.answerTimeout = 300ms; });
    f.upstream.play(RawUpstream::Script(bytes, End::Hang));
    const auto answer = f.chat(members(stream));
    QVERIFY2(failedWell(answer.status, answer.body), (QByteArray::number(answer.status) + ' ' + answer.body).constData());
    QCOMPARE(f.upstream.count(), 1);
    QTRY_COMPARE(f.upstream.open(), 0); // nobody waits there any more
}

void TestOpenAiHostileUpstream::whatNeverEndsIsBounded_data()
{
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray kib(1024, 'x');
    QTest::newRow("a whole answer") << false << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"choices\":\"" + kib);
    QTest::newRow("an error") << false << QByteArray("HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\n\r\n" + kib);
    QTest::newRow("an error instead of a stream") << true << QByteArray("HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\n\r\n" + kib);
    QTest::newRow("an event") << true << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {\"choices\":\"" + kib);
    QTest::newRow("many lines of one event") << true << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + QByteArray("data: {\n").repeated(128));
    QTest::newRow("a whole answer instead of a stream") << true << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"choices\":\"" + kib);
}

void TestOpenAiHostileUpstream::whatNeverEndsIsBounded()
{
    QFETCH(bool, stream);
    QFETCH(QByteArray, bytes);
    for (const auto &[name, dialect] : Dialects) {
        RawFixture f(dialect);
        f.upstream.play(RawUpstream::Script(bytes, End::Close, 400 * 1024)); // 400 MiB, were all of it read
        const auto answer = f.chat(members(stream));
        QVERIFY2(failedWell(answer.status, answer.body), (name + ": " + QByteArray::number(answer.status) + ' ' + answer.body.left(500)).constData());
        QVERIFY(answer.body.size() < 64 * 1024);
        QTRY_COMPARE(f.upstream.open(), 0);
    }
}

void TestOpenAiHostileUpstream::anAnswerBeforeTheQuestionIsNone()
{
    for (const bool stream : {false, true}) {
        RawFixture f(Dialect::Gateway);
        RawUpstream::Script script(httpAnswer("408 Request Timeout", "text/plain", "you are slow"), End::Close);
        script.early = true;
        f.upstream.play(script);
        const auto answer = f.chat(members(stream));
        QVERIFY2(failedWell(answer.status, answer.body), answer.body.constData());
    }
}

void TestOpenAiHostileUpstream::anUpstreamThatIsNotThere()
{
    for (const bool stream : {false, true}) {
        RawFixture f(Dialect::Gateway, {}, [](HttpUpstreamOptions &behind) { behind.base = QUrl(QStringLiteral("http://127.0.0.1:1")); });
        const auto answer = f.chat(members(stream));
        QCOMPARE(answer.status, 503);
        QVERIFY2(failedWell(answer.status, answer.body), answer.body.constData());
        QVERIFY(answer.header("x-should-retry").isEmpty()); // nothing was sent, so it may be tried again
    }
}

QTEST_GUILESS_MAIN(TestOpenAiHostileUpstream)
#include "tst_openai_hostile_upstream.moc"
