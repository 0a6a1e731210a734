// C++20 with Sluice 0.1.0 · any OpenAI-compatible server
// CMake: find_package(Sluice REQUIRED COMPONENTS Client), then link Sluice::Client.
#include <sluice/base/secret_environment.h>
#include <sluice/gateway/gateway.h>

#include <QtCore/QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    for (const char *name : {"OPENAI_BASE_URL"}) {
        if (qEnvironmentVariableIsEmpty(name)) {
            std::fprintf(stderr, "%s is not set\n", name);
            return 2;
        }
    }

    sluice::Call call;
    call.backend = QString::fromUtf8("openai");
    call.capability = QString::fromUtf8("tts-1");
    call.verb = sluice::Verb::Run;
    call.timeout = std::chrono::seconds(60);
    const QByteArray input = QByteArray(R"json({
  "input": "The gate is open.",
  "voice": "alloy",
  "response_format": "wav"
})json");
    call.input = sluice::Json::parse(input).value();

    sluice::BackendSettings server;
    server.values.insert(QStringLiteral("base_url"), qEnvironmentVariable("OPENAI_BASE_URL"));
    server.secrets.insert(QStringLiteral("/api_key"), sluice::secretVariable("OPENAI_API_KEY"));
    sluice::GatewayConfig config;
    config.backends.insert(QStringLiteral("openai"), server);
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
