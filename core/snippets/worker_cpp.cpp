#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/json_text_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/worker_code_p.h"

namespace sluice::detail {

namespace {

const char kCMakeLists[] = R"(cmake_minimum_required(VERSION 3.16)
project(call LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 17)
find_package(Qt6 REQUIRED COMPONENTS Core WebSockets)
add_executable(call main.cpp)
target_link_libraries(call PRIVATE Qt6::Core Qt6::WebSockets)
)";

const char kEnd[] = R"(
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
@STREAM@        } else if (type == QLatin1String("failed")) {
            end(1, QStringLiteral("The job failed: ") + message);
        } else if (type == QLatin1String("done")) {
            end(0);
        }
    });
    QObject::connect(&worker, &QWebSocket::disconnected, &worker,
        [&] { end(1, QStringLiteral("The connection ended before the job was done: ") + worker.errorString()); });
)";

const char kStream[] = R"(        } else if (type == QLatin1String("stream")) { // of those before the last, each on lines of its own
            const bool begins = said.value(QLatin1String("event")).toString() == QLatin1String("begun") && said.value(QLatin1String("stream")).toInt() > 1;
            print(begins ? QStringLiteral("\n") : message);
)";

QStringList header(const WorkerCode &code)
{
    const bool files = code.body.has(Hole::Kind::File);
    const bool texts = code.body.has(Hole::Kind::Variable);
    QStringList lines{QStringLiteral("// C++17 with Qt 6 · %1").arg(code.comment),
        QStringLiteral("// CMake: find_package(Qt6 REQUIRED COMPONENTS WebSockets), then link Qt6::WebSockets (Debian: qt6-websockets-dev)."),
        QStringLiteral("#include <QtCore/QCoreApplication>")};
    if (files)
        lines << QStringLiteral("#include <QtCore/QFile>");
    if (texts)
        lines << QStringLiteral("#include <QtCore/QJsonArray>");
    lines << QStringLiteral("#include <QtCore/QJsonDocument>") << QStringLiteral("#include <QtCore/QJsonObject>") << QStringLiteral("#include <QtCore/QTimer>")
          << QStringLiteral("#include <QtCore/QUrl>") << QStringLiteral("#include <QtWebSockets/QWebSocket>") << QString() << QStringLiteral("#include <cstdio>")
          << QStringLiteral("#include <utility>");
    if (files)
        lines << QString() << QStringLiteral("static QByteArray base64Of(const char *path)") << QStringLiteral("{") << QStringLiteral("    QFile file(QString::fromUtf8(path));")
              << QStringLiteral("    if (!file.open(QIODevice::ReadOnly))") << QStringLiteral("        qFatal(\"%s cannot be read\", path);")
              << QStringLiteral("    return file.readAll().toBase64();") << QStringLiteral("}");
    if (texts)
        lines << QString() << QStringLiteral("static QByteArray quoted(const char *variable)") << QStringLiteral("{")
              << QStringLiteral("    const QJsonArray one{qEnvironmentVariable(variable)};")
              << QStringLiteral("    return QJsonDocument(one).toJson(QJsonDocument::Compact).chopped(1).mid(1);") << QStringLiteral("}");
    return lines << QString();
}

QString message(const WorkerCode &code)
{
    const QString joint = QStringLiteral("\n        + ");
    QStringList parts;
    for (const Body::Piece &piece : code.body.cut(jsonText(code.body.json, true))) {
        parts << cppRawString(piece.text, joint);
        if (piece.hole && piece.hole->kind == Hole::Kind::File)
            parts << QStringLiteral("base64Of(%1)").arg(cppString(piece.hole->source));
        else if (piece.hole)
            parts << (piece.hole->isJson ? QStringLiteral("qgetenv(%1)") : QStringLiteral("quoted(%1)")).arg(cppString(piece.hole->source));
    }
    parts.first() = QStringLiteral("QByteArray(%1)").arg(parts.first());
    return parts.join(joint);
}

} // namespace

QString WorkerCpp::whyNot(const SnippetContext &context) const
{
    return whyNoWorkerCode(context);
}

Snippet WorkerCpp::generate(const SnippetContext &context) const
{
    const WorkerCode code(context);
    QStringList required;
    for (const SnippetVariable &variable : code.environment) {
        if (variable.required)
            required << cppString(variable.name);
    }
    QStringList lines = header(code);
    lines << QStringLiteral("int main(int argc, char **argv)") << QStringLiteral("{") << QStringLiteral("    QCoreApplication app(argc, argv);")
          << QStringLiteral("    for (const char *name : {%1}) {").arg(required.join(QStringLiteral(", "))) << QStringLiteral("        if (qEnvironmentVariableIsEmpty(name)) {")
          << QStringLiteral("            std::fprintf(stderr, \"%s is not set\\n\", name);") << QStringLiteral("            return 2;") << QStringLiteral("        }")
          << QStringLiteral("    }") << QStringLiteral("    const QByteArray add = %1;").arg(message(code))
          << QString::fromLatin1(kEnd).trimmed().prepend(QStringLiteral("    ")).replace(QLatin1String("@STREAM@"), QLatin1String(code.tellsStreams ? kStream : ""))
          << QStringLiteral("    QTimer::singleShot(%1'000, &worker, [&] { end(1, QStringLiteral(\"The job takes too long.\")); });").arg(code.timeout)
          << QStringLiteral("    worker.open(QUrl(qEnvironmentVariable(\"%1\")));").arg(QLatin1String(WorkerAddress)) << QStringLiteral("    return app.exec();") << QStringLiteral("}");
    Snippet snippet = code.snippet(lines, "main.cpp", "cpp", QStringLiteral("cmake -B build && cmake --build build && ./build/call"));
    snippet.install = QStringLiteral("apt install qt6-websockets-dev");
    snippet.files.append({QStringLiteral("CMakeLists.txt"), QByteArray(kCMakeLists)});
    return snippet;
}

} // namespace sluice::detail
