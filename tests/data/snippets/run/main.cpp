// C++20 with Sluice 0.1.0 · BYOC, directly to an orchestrator
// CMake: find_package(Sluice REQUIRED COMPONENTS Client), then link Sluice::Client.
#include <sluice/gateway/gateway.h>

#include <QtCore/QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    for (const char *name : {"LIVEPEER_ORCH_URL", "SLUICE_SENDER_KEY"}) {
        if (qEnvironmentVariableIsEmpty(name)) {
            std::fprintf(stderr, "%s is not set\n", name);
            return 2;
        }
    }

    sluice::Call call;
    call.capability = QString::fromUtf8("text-analysis");
    call.verb = sluice::Verb::Run;
    call.timeout = std::chrono::seconds(60);
    const QByteArray input = QByteArray(R"json({
  "text": "it's a fine day, isn't it?\n</script>\u2028",
  "max_keywords": 5,
  "ratio": 0.25,
  "detailed": true,
  "language": null,
  "tags": [
    "a",
    "b"
  ],
  "options": {
    "order": [
      "z",
      "a"
    ],
    "b": 1,
    "a": 2
  }
})json");
    call.input = sluice::Json::parse(input).value();

    sluice::Gateway gateway(sluice::GatewayConfig::fromEnvironment());
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
