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
    call.capability = QString::fromUtf8("llama7b@0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    call.verb = sluice::Verb::Stream;
    call.timeout = std::chrono::seconds(60);
    const QByteArray input = QByteArray(R"json({
  "messages": [
    {
      "role": "user",
      "content": "It's \"fine\", isn't it?\n</script> $HOME `id` \\ Gr\u00fc\u00dfe"
    }
  ],
  "temperature": 0.50
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
