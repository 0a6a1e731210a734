#include "answer_to.h"
#include "gateway_fixture.h"
#include "hostile_answers.h"

#include "sluice/endpoint/profile_upstream.h"

using namespace sluice;
using namespace sluice::test;
using openai::Dialect;
using openai::HostileAnswer;
using openai::RawUpstream;

namespace {

/// OpenAI's API in front of a profile whose backend is a server that breaks its answers.
struct Fixture {
    explicit Fixture(Dialect dialect)
    {
        BackendSettings settings;
        const bool isOpenAi = dialect == Dialect::OpenAi;
        settings.values = Json{{QStringLiteral("base_url"), upstream.url().toString() + (isOpenAi ? QStringLiteral("/v1") : QString())}};
        if (!isOpenAi)
            upstream.setList(R"([{"name":"llm","model_id":"m"}])");
        GatewayConfig config;
        config.backends.insert(isOpenAi ? QStringLiteral("openai") : QStringLiteral("aigateway"), settings);
        gateway = std::make_unique<Gateway>(config, data);
        server = std::make_unique<openai::Server>(io, openai::ServerOptions(), makeProfileUpstream(*gateway, QStringLiteral("mine")));
        url = orThrow(server->listen());
    }
    ~Fixture() { server->stop(); }

    AsioHttpResponse chat(bool stream)
    {
        AsioHttpRequest request;
        request.url = url.resolved(QUrl(QStringLiteral("/v1/chat/completions")));
        request.body = R"({"model":"m","messages":[{"role":"user","content":"Hi"}])" + QByteArray(stream ? R"(,"stream":true})" : "}");
        return answerTo(client, request);
    }

    std::shared_ptr<UserData> data = UserData::inMemory();
    RawUpstream upstream;
    std::unique_ptr<Gateway> gateway;
    IoThread io;
    IoThread client;
    std::unique_ptr<openai::Server> server;
    QUrl url;
};

} // namespace

/// The same broken answers as without a profile: the caller gets a failure that it notices, and no call is made twice.
class TestEndpointHostile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGoodAnswerIsOne_data() { dialects(); }
    void aGoodAnswerIsOne();
    void aBrokenAnswerIsAFailure_data();
    void aBrokenAnswerIsAFailure();

private:
    static void dialects();
};

void TestEndpointHostile::dialects()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<bool>("stream");
    for (const bool stream : {false, true}) {
        QTest::newRow(stream ? "OpenAI's stream" : "OpenAI's") << int(Dialect::OpenAi) << stream;
        QTest::newRow(stream ? "a gateway's stream" : "a gateway's") << int(Dialect::Gateway) << stream;
    }
}

void TestEndpointHostile::aGoodAnswerIsOne()
{
    QFETCH(int, dialect);
    QFETCH(bool, stream);
    Fixture f{Dialect(dialect)};
    f.upstream.play(RawUpstream::Script(openai::goodResponse(Dialect(dialect), stream), RawUpstream::End::Close));
    const AsioHttpResponse answer = f.chat(stream);
    QVERIFY2(answer.status == 200, answer.body.constData());
    QVERIFY2(stream ? answer.body.endsWith("data: [DONE]\n\n") : answer.body.contains("\"Hello\""), answer.body.constData());
}

void TestEndpointHostile::aBrokenAnswerIsAFailure_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<int>("index");
    for (const Dialect dialect : {Dialect::OpenAi, Dialect::Gateway}) {
        for (const bool stream : {false, true}) {
            const QList<HostileAnswer> all = openai::brokenAnswers(dialect, stream);
            for (qsizetype i = 0; i < all.size(); ++i) {
                const QByteArray name = QByteArray(dialect == Dialect::OpenAi ? "OpenAI's" : "gateway's") + (stream ? " stream: " : " whole: ") + all[i].name;
                QTest::newRow(name.constData()) << int(dialect) << stream << int(i);
            }
        }
    }
}

void TestEndpointHostile::aBrokenAnswerIsAFailure()
{
    QFETCH(int, dialect);
    QFETCH(bool, stream);
    QFETCH(int, index);
    Fixture f{Dialect(dialect)};
    f.upstream.play(openai::brokenAnswers(Dialect(dialect), stream).at(index).script);
    const AsioHttpResponse answer = f.chat(stream);
    QVERIFY2(openai::failedWell(answer.status, answer.body), (QByteArray::number(answer.status) + ' ' + answer.body).constData());
    // A gateway is asked which dialect it speaks before, without a prompt and without pay; where that gets no HTTP, nothing else is sent.
    const int most = Dialect(dialect) == Dialect::Gateway ? 2 : 1;
    QVERIFY2(f.upstream.count() >= 1 && f.upstream.count() <= most, QByteArray::number(f.upstream.count()).constData());
}

QTEST_GUILESS_MAIN(TestEndpointHostile)
#include "tst_endpoint_hostile.moc"
