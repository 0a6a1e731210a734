#include "sluice/snippets/shared_code_p.h"

#include "sluice/snippets/json_text_p.h"
#include "sluice/snippets/plan_p.h"

namespace sluice::detail {

namespace {

QStringList header(const CppProgram &program, const QString &version)
{
    const bool files = program.body.has(Hole::Kind::File);
    QStringList lines{QStringLiteral("// C++20 with Sluice %1 · %2").arg(version, program.comment),
                      QStringLiteral("// CMake: find_package(Sluice REQUIRED COMPONENTS Client), then link Sluice::Client.")};
    for (const QString &include : program.includes)
        lines << QStringLiteral("#include <sluice/%1>").arg(include);
    lines << QString() << QStringLiteral("#include <QtCore/QCoreApplication>");
    for (const QString &include : program.qtIncludes)
        lines << QStringLiteral("#include <QtCore/%1>").arg(include);
    if (files)
        lines << QStringLiteral("#include <QtCore/QFile>");
    lines << QString() << QStringLiteral("#include <cstdio>");
    if (files)
        lines << QString() << QStringLiteral("static QByteArray base64Of(const char *path)") << QStringLiteral("{")
              << QStringLiteral("    QFile file(QString::fromUtf8(path));") << QStringLiteral("    if (!file.open(QIODevice::ReadOnly))")
              << QStringLiteral("        qFatal(\"%s cannot be read\", path);") << QStringLiteral("    return file.readAll().toBase64();")
              << QStringLiteral("}");
    return lines << QString();
}

QString inputText(const Body &body)
{
    const QString joint = QStringLiteral("\n        + ");
    QStringList parts;
    for (const Body::Piece &piece : body.cut(jsonText(body.json, true))) {
        parts << cppRawString(piece.text, joint);
        if (piece.hole && piece.hole->kind == Hole::Kind::File)
            parts << QStringLiteral("base64Of(%1)").arg(cppString(piece.hole->source));
        else if (piece.hole)
            parts << (piece.hole->isJson ? QStringLiteral("qgetenv(%1)") : QStringLiteral("sluice::Json(qEnvironmentVariable(%1)).dump()")).arg(cppString(piece.hole->source));
    }
    parts.first() = QStringLiteral("QByteArray(%1)").arg(parts.first());
    return parts.join(joint);
}

QString text(const QString &value)
{
    return QStringLiteral("QString::fromUtf8(%1)").arg(cppString(value));
}

const char kCMakeLists[] = R"(cmake_minimum_required(VERSION 3.16)
project(call LANGUAGES CXX)
find_package(Sluice REQUIRED COMPONENTS Client)
add_executable(call main.cpp)
target_link_libraries(call PRIVATE Sluice::Client)
)";

} // namespace

QStringList cppRunning()
{
    return {QStringLiteral("    gateway.run(call)"),
            QStringLiteral("        .then(&app, [finish](const sluice::RunResult &result) {"),
            QStringLiteral("            std::fwrite(result.content.constData(), 1, std::size_t(result.content.size()), stdout);"),
            QStringLiteral("            finish(0);"),
            QStringLiteral("        })"),
            QStringLiteral("        .onFailed(&app, [finish](const sluice::Error &error) {"),
            QStringLiteral("            std::fprintf(stderr, \"%s\\n\", qPrintable(error.describe()));"),
            QStringLiteral("            finish(1);"),
            QStringLiteral("        });")};
}

QStringList cppStreaming()
{
    return {QStringLiteral("    using sluice::StreamResponse;"),
            QStringLiteral("    const std::unique_ptr<StreamResponse> stream = gateway.stream(call);"),
            QStringLiteral("    QObject::connect(stream.get(), &StreamResponse::event, &app, [](const sluice::StreamEvent &event) {"),
            QStringLiteral("        std::puts(event.data.toUtf8().constData());"),
            QStringLiteral("        std::fflush(stdout);"),
            QStringLiteral("    });"),
            QStringLiteral("    QObject::connect(stream.get(), &StreamResponse::failed, &app, [](const sluice::Error &error) {"),
            QStringLiteral("        std::fprintf(stderr, \"%s\\n\", qPrintable(error.describe()));"),
            QStringLiteral("    });"),
            QStringLiteral("    QObject::connect(stream.get(), &StreamResponse::finished, &app,"),
            QStringLiteral("        [finish](StreamResponse::End end) { finish(end == StreamResponse::End::Failed ? 1 : 0); });")};
}

QStringList cppCall(const Call &call, qint64 timeout, bool namesBackend)
{
    QString verb = verbName(call.verb);
    verb.front() = verb.front().toUpper();
    QStringList lines{QStringLiteral("    sluice::Call call;")};
    if (namesBackend)
        lines << QStringLiteral("    call.backend = %1;").arg(text(call.backend));
    lines << QStringLiteral("    call.capability = %1;").arg(text(call.capability)) << QStringLiteral("    call.verb = sluice::Verb::%1;").arg(verb)
          << QStringLiteral("    call.timeout = std::chrono::seconds(%1);").arg(timeout);
    if (!call.path.isEmpty())
        lines << QStringLiteral("    call.path = %1;").arg(text(call.path));
    if (!call.model.isEmpty())
        lines << QStringLiteral("    call.model = %1;").arg(text(call.model));
    if (call.parameters.size() > 0)
        lines << QStringLiteral("    call.parameters = sluice::Json::parse(%1).value();").arg(cppRawString(jsonText(call.parameters, true), QStringLiteral("\n        ")));
    if (call.limits.maxSpendWei)
        lines << QStringLiteral("    call.limits.maxSpendWei = %1;").arg(text(*call.limits.maxSpendWei));
    return lines;
}

Snippet cppProgram(const CppProgram &program, const QString &version)
{
    QStringList names;
    for (const QString &name : program.required)
        names << cppString(name);
    QStringList lines = header(program, version);
    lines << QStringLiteral("int main(int argc, char **argv)") << QStringLiteral("{") << QStringLiteral("    QCoreApplication app(argc, argv);")
          << QStringLiteral("    for (const char *name : {%1}) {").arg(names.join(QStringLiteral(", ")))
          << QStringLiteral("        if (qEnvironmentVariableIsEmpty(name)) {") << QStringLiteral("            std::fprintf(stderr, \"%s is not set\\n\", name);")
          << QStringLiteral("            return 2;") << QStringLiteral("        }") << QStringLiteral("    }") << QString() << program.call
          << QStringLiteral("    const QByteArray input = %1;").arg(inputText(program.body)) << QStringLiteral("    call.input = sluice::Json::parse(input).value();") << QString()
          << program.gateway
          // Queued: an answer may come before the event loop runs.
          << QStringLiteral("    const auto finish = [&app](int code) {")
          << QStringLiteral("        QMetaObject::invokeMethod(&app, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);") << QStringLiteral("    };")
          << program.reading << QStringLiteral("    return app.exec();") << QStringLiteral("}");

    Snippet snippet;
    snippet.text = joined(lines);
    snippet.fileName = QStringLiteral("main.cpp");
    snippet.language = QStringLiteral("cpp");
    snippet.run = QStringLiteral("cmake -B build && cmake --build build && ./build/call");
    snippet.environment = program.environment;
    snippet.files = program.body.files();
    snippet.files.append({QStringLiteral("CMakeLists.txt"), QByteArray(kCMakeLists)});
    return snippet;
}

} // namespace sluice::detail
