#include "scripted_gateway.h"

#include <algorithm>

using namespace sluice;
using namespace sluice::test;

namespace {

using Answer = ScriptedGateway::Answer;

const QByteArray OneImage = R"({"images":[{"url":"/stream/r1/a.png","seed":7,"nsfw":false}]})";

Call drawing()
{
    return aiCall(QStringLiteral("text-to-image"), Json{{QStringLiteral("prompt"), "a"}});
}

Call moving()
{
    return aiCall(QStringLiteral("image-to-video"), Json{{QStringLiteral("image"), QString::fromLatin1(tinyPng().toBase64())}});
}

} // namespace

/// Calls of pipelines through Gateway, against a gateway that answers as it is told.
class AiGatewayClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onePictureIsTheAnswer();
    void severalPicturesStandInTheJson();
    void openai_15_anEmpty200IsAnError();
    void openai_17_filesAreFetchedAtTheOriginBehindAnyPrefix();
    void aDataUriNeedsNoFetching();
    void aKeyGoesToItsGatewayAlone();
    void aKeyIsNotSentInClearText();
    void aFileThatIsGoneSaysSoAndKeepsTheAnswer();
    void aFileOfThisMachineIsNotFetchedForAnother();
    void nothingIsSentTwice_data();
    void nothingIsSentTwice();
    void aRefusedConnectionIsNoClosedOne();
    void anAnswerHasItsBound();
    void aVideoIsAskedForUntilItIsDone();
    void aVideoThatComesAtOnceIsTakenAsItIs();
    void aVideosFailureWithin200IsAnError();
    void aLostPollIsAskedAgain();
    void cancellingEndsTheAsking();
    void theTimeoutHoldsForTheWholeCall();
    void wrongInputIsNotSent();
    void otherVerbsAndNamesAreRefused();
};

void AiGatewayClientTest::onePictureIsTheAnswer()
{
    ScriptedGateway server;
    server.answer("/text-to-image", {Answer(200, OneImage)});
    server.answer("/stream/r1/a.png", {Answer(200, tinyPng(), "image/png")});
    const auto data = UserData::inMemory();
    Gateway gateway(aiConfig(server.url()), data);
    const RunResult run = orThrow(settled(QFuture<RunResult>(gateway.run(drawing()))));
    QCOMPARE(run.contentType, "image/png");
    QCOMPARE(run.content, tinyPng());
    QVERIFY(!run.isJson);
    QCOMPARE(run.json.dump(), OneImage);
    QCOMPARE(run.files.size(), 1);
    QCOMPARE(run.files.first().pointer, QStringLiteral("/images/0/url"));
    QCOMPARE(run.files.first().url, server.url().resolved(QUrl(QStringLiteral("/stream/r1/a.png"))));
    QCOMPARE(run.servedBy, server.url());
    const auto request = server.asked("/text-to-image").first();
    QCOMPARE(headers::value(request.headers, "Content-Type"), "application/json");
    QVERIFY(!headers::contains(request.headers, "Authorization"));
    QVERIFY(!headers::contains(request.headers, "Prefer"));
    QCOMPARE(request.body, QByteArray(R"({"prompt":"a","model_id":"stabilityai/sdxl-turbo"})"));
    // History has the picture.
    QCOMPARE(latestRun(*data).state, RunRecord::State::Succeeded);
}

void AiGatewayClientTest::severalPicturesStandInTheJson()
{
    ScriptedGateway server;
    server.answer("/text-to-image", {Answer(200, R"({"images":[{"url":"/stream/r/a.png","seed":1},{"url":"/stream/r/b.png","seed":2}]})")});
    server.answer("/stream/r/a.png", {Answer(200, tinyPng(), "image/png")});
    server.answer("/stream/r/b.png", {Answer(200, tinyPng(), "application/octet-stream")});
    Gateway gateway(aiConfig(server.url()));
    const RunResult run = orThrow(settled(QFuture<RunResult>(gateway.run(drawing()))));
    QVERIFY(run.isJson);
    QCOMPARE(run.files.size(), 2);
    QCOMPARE(run.files[1].contentType, "image/png"); // by its bytes
    const QString uri = QStringLiteral("data:image/png;base64,") + QString::fromLatin1(tinyPng().toBase64());
    QCOMPARE(run.json.find(QStringLiteral("/images/0/url"))->toString(), uri);
    QCOMPARE(run.json.find(QStringLiteral("/images/1/url"))->toString(), uri);
    QCOMPARE(run.json.find(QStringLiteral("/images/1/seed"))->toInt64(), 2);
}

void AiGatewayClientTest::openai_15_anEmpty200IsAnError()
{
    ScriptedGateway server;
    server.answer("/text-to-image", {Answer(200, "", "")});
    server.answer("/image-to-text", {Answer(200, "\n")});
    Gateway gateway(aiConfig(server.url()));
    const Error drawn = errorOf(settled(QFuture<RunResult>(gateway.run(drawing()))));
    QCOMPARE(drawn.kind(), Error::Kind::Protocol);
    QVERIFY2(drawn.message().contains(QStringLiteral("nothing in it")), qUtf8Printable(drawn.message()));
    const Call reading = aiCall(QStringLiteral("image-to-text"), Json{{QStringLiteral("image"), QString::fromLatin1(tinyPng().toBase64())}});
    QCOMPARE(errorOf(settled(QFuture<RunResult>(gateway.run(reading)))).kind(), Error::Kind::Protocol);
}

void AiGatewayClientTest::openai_17_filesAreFetchedAtTheOriginBehindAnyPrefix()
{
    ScriptedGateway server;
    server.answer("/api/beta/text-to-image", {Answer(200, OneImage)});
    server.answer("/stream/r1/a.png", {Answer(200, tinyPng(), "image/png")});
    for (const char *prefix : {"/api/beta", "/api/beta/"}) {
        Gateway gateway(aiConfig(server.url().resolved(QUrl(QString::fromLatin1(prefix)))));
        QCOMPARE(orThrow(settled(QFuture<RunResult>(gateway.run(drawing())))).content, tinyPng());
    }
    QCOMPARE(server.asked().size(), 4);
}

void AiGatewayClientTest::aDataUriNeedsNoFetching()
{
    ScriptedGateway server;
    server.answer("/text-to-image", {Answer(200, R"({"images":[{"url":"data:image/png;base64,)" + tinyPng().toBase64() + R"("}]})")});
    Gateway gateway(aiConfig(server.url()));
    const RunResult run = orThrow(settled(QFuture<RunResult>(gateway.run(drawing()))));
    QCOMPARE(run.content, tinyPng());
    QCOMPARE(run.contentType, "image/png");
    QCOMPARE(server.asked().size(), 1);
}

void AiGatewayClientTest::aKeyGoesToItsGatewayAlone()
{
    ScriptedGateway store;
    store.answer("/b.png", {Answer(200, tinyPng(), "image/png")});
    ScriptedGateway server;
    server.answer("/text-to-image",
        {Answer(200, QByteArray(R"({"images":[{"url":")") + store.url().toString().toLatin1() + R"(/b.png"},{"url":"/stream/r/a.png"}]})")});
    server.answer("/stream/r/a.png", {Answer(200, tinyPng(), "image/png")});
    Gateway gateway(aiConfig(server.url(), "sk-secret"));
    QCOMPARE(orThrow(settled(QFuture<RunResult>(gateway.run(drawing())))).files.size(), 2);
    QCOMPARE(headers::value(server.asked("/text-to-image").first().headers, "Authorization"), "Bearer sk-secret");
    QCOMPARE(headers::value(server.asked("/stream/r/a.png").first().headers, "Authorization"), "Bearer sk-secret");
    QVERIFY(!headers::contains(store.asked("/b.png").first().headers, "Authorization"));
}

void AiGatewayClientTest::aKeyIsNotSentInClearText()
{
    Gateway gateway(aiConfig(QUrl(QStringLiteral("http://gateway.example:9935")), "sk-secret"));
    const Error error = errorOf(settled(QFuture<RunResult>(gateway.run(drawing()))));
    QCOMPARE(error.kind(), Error::Kind::Config);
    QVERIFY2(error.message().contains(QStringLiteral("clear text")), qUtf8Printable(error.message()));
    QVERIFY(!error.describe().contains(QStringLiteral("sk-secret")));
}

void AiGatewayClientTest::aFileThatIsGoneSaysSoAndKeepsTheAnswer()
{
    ScriptedGateway server;
    server.answer("/text-to-image", {Answer(200, OneImage)});
    const auto data = UserData::inMemory();
    Gateway gateway(aiConfig(server.url()), data);
    const Error error = errorOf(settled(QFuture<RunResult>(gateway.run(drawing()))));
    QCOMPARE(error.kind(), Error::Kind::Http);
    QCOMPARE(error.httpStatus(), 404);
    QVERIFY2(error.message().contains(QStringLiteral("cannot be fetched")), qUtf8Printable(error.message()));
    QCOMPARE(latestRun(*data).resultBytes, OneImage);
}

void AiGatewayClientTest::aFileOfThisMachineIsNotFetchedForAnother()
{
    ScriptedGateway server;
    // Of another scheme than http there is nothing to be fetched.
    server.answer("/text-to-image", {Answer(200, R"({"images":[{"url":"file:///etc/passwd"}]})")});
    Gateway gateway(aiConfig(server.url()));
    QCOMPARE(errorOf(settled(QFuture<RunResult>(gateway.run(drawing())))).kind(), Error::Kind::Protocol);
    QCOMPARE(server.asked().size(), 1);
}

void AiGatewayClientTest::nothingIsSentTwice_data()
{
    QTest::addColumn<int>("status"); // 0: the connection is closed
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("503") << 503 << Error::Kind::NoOrchestrator;
    QTest::newRow("500") << 500 << Error::Kind::Http;
    QTest::newRow("429") << 429 << Error::Kind::Http;
    QTest::newRow("closed") << 0 << Error::Kind::NoOrchestrator;
}

void AiGatewayClientTest::nothingIsSentTwice()
{
    QFETCH(int, status);
    ScriptedGateway server;
    server.answer("/text-to-image", {status == 0 ? ScriptedGateway::closing() : Answer(status, R"({"error":{"message":"Service Unavailable Error"}})")});
    Gateway gateway(aiConfig(server.url()));
    const Error error = errorOf(settled(QFuture<RunResult>(gateway.run(drawing()))));
    QTEST(error.kind(), "kind");
    QCOMPARE(error.httpStatus(), status);
    QCOMPARE(server.asked().size(), 1);
    if (error.kind() == Error::Kind::NoOrchestrator)
        QVERIFY2(error.advice().contains(QStringLiteral("paid")), qUtf8Printable(error.advice()));
}

void AiGatewayClientTest::aRefusedConnectionIsNoClosedOne()
{
    QUrl gone;
    {
        const ScriptedGateway server;
        gone = server.url();
    }
    Gateway gateway(aiConfig(gone));
    QCOMPARE(errorOf(settled(QFuture<RunResult>(gateway.run(drawing())))).kind(), Error::Kind::Network);
}

void AiGatewayClientTest::anAnswerHasItsBound()
{
    ScriptedGateway server;
    server.answer("/text-to-image", {Answer(200, OneImage)});
    server.answer("/stream/r1/a.png", {Answer(200, QByteArray(5000, 'x'), "image/png")});
    Gateway gateway(aiConfig(server.url()));
    Call call = drawing();
    call.limits.maxAnswerBytes = 4000;
    QCOMPARE(errorOf(settled(QFuture<RunResult>(gateway.run(call)))).kind(), Error::Kind::TooLarge);
    call.limits.maxAnswerBytes = 10;
    QCOMPARE(errorOf(settled(QFuture<RunResult>(gateway.run(call)))).kind(), Error::Kind::TooLarge);
}

void AiGatewayClientTest::aVideoIsAskedForUntilItIsDone()
{
    ScriptedGateway server;
    const Answer processing(202, R"({"status":"processing"})", "text/plain; charset=utf-8");
    server.answer("/image-to-video", {Answer(202, R"({"request_id":"job1"})")});
    server.answer("/image-to-video/result",
        {processing, processing, Answer(200, R"({"result":{"images":[{"url":"/stream/job1/v.mp4","seed":3}]},"status":"complete"})", "text/plain")});
    server.answer("/stream/job1/v.mp4", {Answer(200, "a video", "video/mp4")});
    Gateway gateway(aiConfig(server.url()));
    const RunResult run = orThrow(settled(QFuture<RunResult>(gateway.run(moving()))));
    QCOMPARE(run.content, "a video");
    QCOMPARE(run.contentType, "video/mp4");
    QCOMPARE(run.json.find(QStringLiteral("/images/0/seed"))->toInt64(), 3);
    QCOMPARE(headers::value(server.asked("/image-to-video").first().headers, "Prefer"), "respond-async");
    const auto polls = server.asked("/image-to-video/result");
    QCOMPARE(polls.size(), 3);
    QCOMPARE(polls.first().body, QByteArray(R"({"request_id":"job1"})"));
}

void AiGatewayClientTest::aVideoThatComesAtOnceIsTakenAsItIs()
{
    ScriptedGateway server;
    server.answer("/image-to-video", {Answer(200, R"({"images":[{"url":"/v.mp4"}]})")});
    server.answer("/v.mp4", {Answer(200, "a video", "video/mp4")});
    Gateway gateway(aiConfig(server.url()));
    QCOMPARE(orThrow(settled(QFuture<RunResult>(gateway.run(moving())))).content, "a video");
}

void AiGatewayClientTest::aVideosFailureWithin200IsAnError()
{
    ScriptedGateway server;
    server.answer("/image-to-video", {Answer(202, R"({"request_id":"job1"})")});
    server.answer("/image-to-video/result", {Answer(200, R"({"result":{"error":{"message":"out of memory"}},"status":"complete"})", "text/plain")});
    Gateway gateway(aiConfig(server.url()));
    const Error error = errorOf(settled(QFuture<RunResult>(gateway.run(moving()))));
    QCOMPARE(error.kind(), Error::Kind::Http);
    QVERIFY2(error.message().contains(QStringLiteral("out of memory")), qUtf8Printable(error.message()));
    QCOMPARE(server.asked("/image-to-video").size(), 1);
}

void AiGatewayClientTest::aLostPollIsAskedAgain()
{
    ScriptedGateway server;
    server.answer("/image-to-video", {Answer(202, R"({"request_id":"job1"})")});
    server.answer("/image-to-video/result",
        {ScriptedGateway::closing(), Answer(502, "<html>"), Answer(200, R"({"result":{"images":[{"url":"/v.mp4"}]},"status":"complete"})")});
    server.answer("/v.mp4", {Answer(200, "a video", "video/mp4")});
    Gateway gateway(aiConfig(server.url()));
    QCOMPARE(orThrow(settled(QFuture<RunResult>(gateway.run(moving())))).content, "a video");
    QCOMPARE(server.asked("/image-to-video").size(), 1); // the job itself was not sent again
}

void AiGatewayClientTest::cancellingEndsTheAsking()
{
    ScriptedGateway server;
    server.answer("/image-to-video", {Answer(202, R"({"request_id":"job1"})")});
    server.answer("/image-to-video/result", {Answer(202, R"({"status":"processing"})")});
    Gateway gateway(aiConfig(server.url()));
    QFuture<RunResult> run = gateway.run(moving());
    QTRY_VERIFY(!server.asked("/image-to-video/result").isEmpty());
    run.cancel();
    QCOMPARE(errorOf(settled(run)).kind(), Error::Kind::Canceled);
    const auto askedFor = [&](const QByteArray &job) {
        const QList<ServerRequest> asked = server.asked("/image-to-video/result");
        return std::count_if(asked.begin(), asked.end(), [&](const ServerRequest &one) { return one.body.contains(job); });
    };
    const auto before = askedFor("job1");
    // Another job, asked for as often: while it is, the cancelled one would have been as well.
    server.answer("/image-to-video", {Answer(202, R"({"request_id":"job2"})")});
    const Answer processing(202, R"({"status":"processing"})");
    server.answer("/image-to-video/result", {processing, processing, Answer(200, R"({"result":{"images":[{"url":"/v.mp4"}]},"status":"complete"})")});
    server.answer("/v.mp4", {Answer(200, "a video", "video/mp4")});
    QCOMPARE(orThrow(settled(QFuture<RunResult>(gateway.run(moving())))).content, "a video");
    QCOMPARE(askedFor("job2"), 3);
    QCOMPARE(askedFor("job1"), before);
}

void AiGatewayClientTest::theTimeoutHoldsForTheWholeCall()
{
    ScriptedGateway server;
    server.answer("/image-to-video", {Answer(202, R"({"request_id":"job1"})")});
    server.answer("/image-to-video/result", {Answer(202, R"({"status":"processing"})")});
    Gateway gateway(aiConfig(server.url()));
    Call call = moving();
    call.timeout = std::chrono::seconds(1);
    QCOMPARE(errorOf(settled(QFuture<RunResult>(gateway.run(call)))).kind(), Error::Kind::Timeout);
}

void AiGatewayClientTest::wrongInputIsNotSent()
{
    ScriptedGateway server;
    Gateway gateway(aiConfig(server.url()));
    const Error error = errorOf(settled(QFuture<RunResult>(gateway.run(aiCall(QStringLiteral("text-to-image"), Json::object())))));
    QCOMPARE(error.kind(), Error::Kind::InvalidInput);
    QCOMPARE(error.field(), QStringLiteral("/prompt"));
    QVERIFY(server.asked().isEmpty());
}

void AiGatewayClientTest::otherVerbsAndNamesAreRefused()
{
    ScriptedGateway server;
    Gateway gateway(aiConfig(server.url()));
    QCOMPARE(errorOf(settled(QFuture<RunResult>(gateway.run(aiCall(QStringLiteral("text-to-nothing"), Json::object()))))).kind(), Error::Kind::NotRouted);
    const auto stream = gateway.stream(aiCall(QStringLiteral("text-to-image"), Json{{QStringLiteral("prompt"), "a"}}, Verb::Stream));
    const auto event = settled(stream->next());
    QVERIFY(!event);
    QCOMPARE(event.error().kind(), Error::Kind::NotRouted);
    QVERIFY(server.asked().isEmpty());
}

QTEST_GUILESS_MAIN(AiGatewayClientTest)
#include "tst_aigateway_client.moc"
