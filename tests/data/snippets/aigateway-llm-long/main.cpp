// C++20 with Sluice 0.1.0 · a Livepeer AI gateway
// CMake: find_package(Sluice REQUIRED COMPONENTS Client), then link Sluice::Client.
#include <sluice/base/secret_environment.h>
#include <sluice/gateway/gateway.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <cstdio>

static QByteArray base64Of(const char *path)
{
    QFile file(QString::fromUtf8(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", path);
    return file.readAll().toBase64();
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    for (const char *name : {"LIVEPEER_AI_GATEWAY_URL"}) {
        if (qEnvironmentVariableIsEmpty(name)) {
            std::fprintf(stderr, "%s is not set\n", name);
            return 2;
        }
    }

    sluice::Call call;
    call.backend = QString::fromUtf8("aigateway");
    call.capability = QString::fromUtf8("llm");
    call.verb = sluice::Verb::Run;
    call.timeout = std::chrono::seconds(60);
    const QByteArray input = QByteArray(R"json({
  "messages": [
    {
      "role": "user",
      "content": ")json")
        + base64Of("content.bin")
        + R"json("
    }
  ]
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
            std::fwrite(result.content.constData(), 1, std::size_t(result.content.size()), stdout);
            finish(0);
        })
        .onFailed(&app, [finish](const sluice::Error &error) {
            std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
            finish(1);
        });
    return app.exec();
}
