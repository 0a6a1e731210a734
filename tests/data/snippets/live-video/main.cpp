// C++20 with Sluice 0.1.0 · live-video-to-video, directly to an orchestrator
// CMake: find_package(Sluice REQUIRED COMPONENTS Client), then link Sluice::Client.
#include <sluice/gateway/gateway.h>
#include <sluice/media/frame.h>
#include <sluice/media/test_pattern.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QTimer>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    for (const char *name : {"LIVEPEER_ORCH_URL", "LIVEPEER_TOKEN"}) {
        if (qEnvironmentVariableIsEmpty(name)) {
            std::fprintf(stderr, "%s is not set\n", name);
            return 2;
        }
    }

    sluice::Call call;
    call.capability = QString::fromUtf8("live-video-to-video");
    call.verb = sluice::Verb::Live;
    call.timeout = std::chrono::seconds(60);
    call.model = QString::fromUtf8("noop");
    call.limits.maxSpendWei = QString::fromUtf8("5000000000000");
    const QByteArray input = QByteArray(R"json({
  "filter": "edges",
  "label": "live"
})json");
    call.input = sluice::Json::parse(input).value();

    sluice::Gateway gateway(sluice::GatewayConfig::fromEnvironment());
    const auto finish = [&app](int code) {
        QMetaObject::invokeMethod(&app, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    };
    using sluice::LiveSession;
    const std::unique_ptr<LiveSession> session = gateway.live(call);
    QObject::connect(session.get(), &LiveSession::data, &app,
        [](const sluice::Json &record) { std::puts(record.dump().constData()); });
    QObject::connect(session.get(), &LiveSession::failed, &app, [](const sluice::Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
    });
    // Called on the decoder's thread. A file instead of the pattern is sluice::media::FileSource.
    session->setFrameHandler([](const sluice::media::Frame &frame) {
        std::printf("%d x %d\n", frame.width(), frame.height());
    });
    session->publish(std::make_shared<sluice::media::TestPatternSource>());
    QObject::connect(session.get(), &LiveSession::stateChanged, &app, [&](LiveSession::State state) {
        if (state == LiveSession::State::Ready) {
            // While it runs, session->update(parameters) changes what it does.
            QTimer::singleShot(10'000, session.get(), [&] { session->close(); });
        } else if (state == LiveSession::State::Closed || state == LiveSession::State::Failed) {
            finish(state == LiveSession::State::Closed ? 0 : 1);
        }
    });
    return app.exec();
}
