// C++20 with Sluice 0.1.0 · a Livepeer AI gateway
// CMake: find_package(Sluice REQUIRED COMPONENTS Client), then link Sluice::Client.
#include <sluice/base/secret_environment.h>
#include <sluice/gateway/gateway.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    for (const char *name : {"LIVEPEER_AI_GATEWAY_URL", "INPUT_API_KEY"}) {
        if (qEnvironmentVariableIsEmpty(name)) {
            std::fprintf(stderr, "%s is not set\n", name);
            return 2;
        }
    }

    sluice::Call call;
    call.backend = QString::fromUtf8("aigateway");
    call.capability = QString::fromUtf8("text-to-speech");
    call.verb = sluice::Verb::Run;
    call.timeout = std::chrono::seconds(60);
    const QByteArray input = QByteArray(R"json({
  "text": "a",
  "api_key": )json")
        + sluice::Json(qEnvironmentVariable("INPUT_API_KEY")).dump()
        + R"json(
})json";
    call.input = sluice::Json::parse(input).value();

    sluice::BackendSettings server;
    server.values.insert(QStringLiteral("base_url"), qEnvironmentVariable("LIVEPEER_AI_GATEWAY_URL"));
    server.secrets.insert(QStringLiteral("/api_key"), sluice::secretVariable("LIVEPEER_AI_GATEWAY_KEY"));
    sluice::GatewayConfig config;
    config.backends.insert(QStringLiteral("aigateway"), server);
    sluice::Gateway gateway(config);
    const auto finish = [&app](int code) {
        QMetaObject::invokeMethod(&app, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    };
    gateway.run(call)
        .then(&app, [finish](const sluice::RunResult &result) {
            for (const sluice::ResultFile &made : result.files) {
                QFile file(QStringLiteral("speech.wav"));
                if (!file.open(QIODevice::WriteOnly) || file.write(made.content) != made.content.size()) {
                    std::fprintf(stderr, "%s: %s\n", qPrintable(file.fileName()), qPrintable(file.errorString()));
                    return finish(1);
                }
                std::puts(qPrintable(file.fileName()));
            }
            finish(0);
        })
        .onFailed(&app, [finish](const sluice::Error &error) {
            std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
            finish(1);
        });
    return app.exec();
}
