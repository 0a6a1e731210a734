// C++17 with Qt 6 · an LLM worker
// CMake: find_package(Qt6 REQUIRED COMPONENTS WebSockets), then link Qt6::WebSockets (Debian: qt6-websockets-dev).
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTimer>
#include <QtCore/QUrl>
#include <QtWebSockets/QWebSocket>

#include <cstdio>
#include <utility>

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
    for (const char *name : {"LLM_WORKER_URI"}) {
        if (qEnvironmentVariableIsEmpty(name)) {
            std::fprintf(stderr, "%s is not set\n", name);
            return 2;
        }
    }
    const QByteArray add = QByteArray(R"json({
  "type": "add",
  "id": "1",
  "query": ")json")
        + base64Of("query.bin")
        + R"json(",
  "assistant": {
    "streams": []
  },
  "history": []
})json";
    bool over = false;
    const auto end = [&over](int code, const QString &why = QString()) {
        if (std::exchange(over, true))
            return;
        std::fprintf(code == 0 ? stdout : stderr, "\n%s", why.isEmpty() ? "" : qPrintable(why + QLatin1Char('\n')));
        QCoreApplication::exit(code);
    };
    const auto print = [](const QString &text) {
        const QByteArray bytes = text.toUtf8();
        std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stdout);
        std::fflush(stdout);
    };
    QString job;
    QWebSocket worker;
    QObject::connect(&worker, &QWebSocket::connected, &worker, [&] { worker.sendTextMessage(QString::fromUtf8(add)); });
    QObject::connect(&worker, &QWebSocket::textMessageReceived, &worker, [&](const QString &text) {
        const QJsonObject said = QJsonDocument::fromJson(text.toUtf8()).object();
        const QString type = said.value(QLatin1String("type")).toString();
        const QString message = said.value(QLatin1String("message")).toString();
        if (type == QLatin1String("resp_add")) {
            job = said.value(QLatin1String("job_id")).toString();
        } else if (job.isEmpty() || said.value(QLatin1String("job_id")).toString() != job) {
            return; // of another job, or of a kind that this code does not know
        } else if (type == QLatin1String("running")) {
            print(message);
        } else if (type == QLatin1String("failed")) {
            end(1, QStringLiteral("The job failed: ") + message);
        } else if (type == QLatin1String("done")) {
            end(0);
        }
    });
    QObject::connect(&worker, &QWebSocket::disconnected, &worker,
        [&] { end(1, QStringLiteral("The connection ended before the job was done: ") + worker.errorString()); });
    QTimer::singleShot(60'000, &worker, [&] { end(1, QStringLiteral("The job takes too long.")); });
    worker.open(QUrl(qEnvironmentVariable("LLM_WORKER_URI")));
    return app.exec();
}
