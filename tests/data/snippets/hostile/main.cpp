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
    const QByteArray input = QByteArray(R"json1({
  "z first": "it's \"fine\" \\ `id` $(id) ${HOME} %s %d",
  "delimiters": "EOF\nJSON\nJSON_1\n)json\" ''' \"\"\" */ // #",
  "lines": "a\nb\r\nc\td\u2028e\u2029f\u0085g",
  "hidden": "\u0001\u001b[31m\u007f\u202edesrever\u202c\u200b\ufeff",
  "page": "</script><!-- ]]>",
  "trigraphs": "what??! ??= ??/ ???",
  "text": "\u00e7\u00e9 \u6f22\u5b57 \ud83d\ude42 \ud835\udcb3",
  "numbers": [
    9007199254740993,
    1.0,
    -0,
    1e5,
    1E-7,
    0.1,
    123456789012345678901234567890,
    -12,
    0
  ],
  "true": true,
  "false": false,
  "null": null,
  "None": "None",
  "10": 1,
  "2": 2,
  "": "empty key",
  "__proto__": {
    "a": 1
  },
  "class": [],
  "nested": {
    "o": {},
    "l": [
      [],
      {}
    ]
  }
})json1");
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
