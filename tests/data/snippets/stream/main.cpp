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
    call.capability = QString::fromUtf8("docs-chat");
    call.verb = sluice::Verb::Stream;
    call.timeout = std::chrono::seconds(60);
    call.path = QString::fromUtf8("v1/chat completions");
    call.limits.maxSpendWei = QString::fromUtf8("5000000000");
    const QByteArray input = QByteArray(R"json({
  "model": "docs",
  "stream": true,
  "messages": [
    {
      "role": "user",
      "content": "What's a ticket?"
    }
  ]
})json");
    call.input = sluice::Json::parse(input).value();

    sluice::Gateway gateway(sluice::GatewayConfig::fromEnvironment());
    const auto finish = [&app](int code) {
        QMetaObject::invokeMethod(&app, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    };
    using sluice::StreamResponse;
    const std::unique_ptr<StreamResponse> stream = gateway.stream(call);
    QObject::connect(stream.get(), &StreamResponse::event, &app, [](const sluice::StreamEvent &event) {
        std::puts(event.data.toUtf8().constData());
        std::fflush(stdout);
    });
    QObject::connect(stream.get(), &StreamResponse::failed, &app, [](const sluice::Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
    });
    QObject::connect(stream.get(), &StreamResponse::finished, &app,
        [finish](StreamResponse::End end) { finish(end == StreamResponse::End::Failed ? 1 : 0); });
    return app.exec();
}
