// C++20 with Sluice 0.1.0 · a user agent of 0G serving, which signs and pays
// CMake: find_package(Sluice REQUIRED COMPONENTS Client), then link Sluice::Client.
#include <sluice/gateway/gateway.h>

#include <QtCore/QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    for (const char *name : {"ZEROG_USER_AGENT_URL"}) {
        if (qEnvironmentVariableIsEmpty(name)) {
            std::fprintf(stderr, "%s is not set\n", name);
            return 2;
        }
    }

    sluice::Call call;
    call.backend = QString::fromUtf8("zerog");
    call.capability = QString::fromUtf8("files@0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    call.verb = sluice::Verb::Run;
    call.timeout = std::chrono::seconds(60);
    const QByteArray input = QByteArray(R"json({
  "jsonrpc": "2.0",
  "id": 1,
  "method": "zgs_getFileInfo",
  "params": [
    "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  ]
})json");
    call.input = sluice::Json::parse(input).value();

    sluice::BackendSettings agent;
    agent.values.insert(QStringLiteral("user_agent"), qEnvironmentVariable("ZEROG_USER_AGENT_URL"));
    sluice::GatewayConfig config;
    config.backends.insert(QStringLiteral("zerog"), agent);
    sluice::Gateway gateway(config);
    const auto finish = [&app](int code) {
        QMetaObject::invokeMethod(&app, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    };
    gateway.run(call)
        .then(&app, [finish](const sluice::RunResult &result) {
            std::fwrite(result.content.constData(), 1, std::size_t(result.content.size()), stdout);
            finish(0);
        })
        .onFailed(&app, [finish](const sluice::Error &error) {
            std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
            finish(1);
        });
    return app.exec();
}
