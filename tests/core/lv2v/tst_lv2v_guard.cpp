// The gRPC door has the same guard as the HTTP door beside it.

#include "lv2v_fixture.h"

#include <QtNetwork/QNetworkInterface>

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <grpcpp/support/channel_arguments.h>

using namespace sluice;
using namespace sluice::lv2v;

class TestLv2vGuard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyOurNamesAreServed_data();
    void onlyOurNamesAreServed();
    void pagesAreNotServed_data();
    void pagesAreNotServed();

private:
    /// How a call of the one method ends, without a request worth an answer.
    [[nodiscard]] grpc::Status called(const std::string &authority, const std::map<std::string, std::string> &metadata = {});

    OrchestratorFixture m_fixture;
};

grpc::Status TestLv2vGuard::called(const std::string &authority, const std::map<std::string, std::string> &metadata)
{
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    grpc::experimental::TlsChannelCredentialsOptions tls;
    tls.set_verify_server_certs(false);
    tls.set_check_call_host(false); // an attacker's client does not mind
    grpc::GenericStub stub(grpc::CreateCustomChannel(m_fixture.rpc.authority().toStdString(), grpc::experimental::TlsCredentials(tls), arguments));
    grpc::ClientContext context;
    context.set_authority(authority);
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    for (const auto &[name, value] : metadata)
        context.AddMetadata(name, value);
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareUnaryCall(&context, "/net.Orchestrator/GetOrchestrator", grpc::ByteBuffer(), &queue);
    call->StartCall();
    grpc::ByteBuffer answer;
    grpc::Status status;
    call->Finish(&answer, &status, nullptr);
    void *tag = nullptr;
    bool isOk = false;
    queue.Next(&tag, &isOk);
    return status;
}

void TestLv2vGuard::onlyOurNamesAreServed_data()
{
    QTest::addColumn<QByteArray>("authority");
    QTest::addColumn<bool>("served");
    const auto row = [](const char *authority, bool served) { QTest::newRow(authority) << QByteArray(authority) << served; };
    row("127.0.0.1", true);
    row("127.0.0.1:8935", true);
    row("localhost:1", true);
    row("[::1]:8935", true);
    row("evil.example", false);
    row("127.0.0.1.evil.example:8935", false);
    row("192.0.2.1:8935", false); // nobody's
    row("0x7f000001", false);
    for (const QHostAddress &own : QNetworkInterface::allAddresses()) {
        if (own.protocol() == QAbstractSocket::IPv4Protocol)
            row((own.toString() + QStringLiteral(":8935")).toLatin1().constData(), true);
    }
}

void TestLv2vGuard::onlyOurNamesAreServed()
{
    QFETCH(QByteArray, authority);
    QFETCH(bool, served);
    const grpc::Status status = called(authority.toStdString());
    // Whoever gets in is told that the empty request is none.
    QVERIFY2((status.error_code() != grpc::StatusCode::PERMISSION_DENIED) == served, status.error_message().c_str());
    if (!served)
        QVERIFY(status.error_message().find("does not go by the name") != std::string::npos);
    QVERIFY(status.error_code() != grpc::StatusCode::UNAVAILABLE && status.error_code() != grpc::StatusCode::DEADLINE_EXCEEDED);
}

void TestLv2vGuard::pagesAreNotServed_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("another page") << QByteArray("origin") << QByteArray("https://evil.example");
    QTest::newRow("a page of no origin") << QByteArray("origin") << QByteArray("null");
    QTest::newRow("another site") << QByteArray("sec-fetch-site") << QByteArray("cross-site");
}

void TestLv2vGuard::pagesAreNotServed()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    const grpc::Status status = called("127.0.0.1", {{name.toStdString(), value.toStdString()}});
    QCOMPARE(int(status.error_code()), int(grpc::StatusCode::PERMISSION_DENIED));
}

QTEST_GUILESS_MAIN(TestLv2vGuard)
#include "tst_lv2v_guard.moc"
