#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/json_text_p.h"
#include "sluice/snippets/live_p.h"
#include "sluice/snippets/plan_p.h"

namespace sluice::detail {

namespace {

CapabilityInfo::LiveChannels channelsOf(const SnippetContext &context)
{
    return context.capability ? context.capability->live : CapabilityInfo::LiveChannels();
}

QStringList header(const Plan &plan, const CapabilityInfo::LiveChannels &channels)
{
    QStringList lines{QStringLiteral("// C++20 with Sluice %1 · %2").arg(plan.version, plan.backend),
                      QStringLiteral("// CMake: find_package(Sluice REQUIRED COMPONENTS Client), then link Sluice::Client."),
                      QStringLiteral("#include <sluice/gateway/gateway.h>")};
    if (plan.live)
        lines += liveCppIncludes(channels);
    lines << QString() << QStringLiteral("#include <QtCore/QCoreApplication>");
    if (plan.live)
        lines << QStringLiteral("#include <QtCore/QTimer>");
    if (plan.body.has(Hole::Kind::File))
        lines << QStringLiteral("#include <QtCore/QFile>");
    lines << QString() << QStringLiteral("#include <cstdio>");
    if (plan.body.has(Hole::Kind::File))
        lines << QString() << QStringLiteral("static QByteArray base64Of(const char *path)") << QStringLiteral("{")
              << QStringLiteral("    QFile file(QString::fromUtf8(path));") << QStringLiteral("    if (!file.open(QIODevice::ReadOnly))")
              << QStringLiteral("        qFatal(\"%s cannot be read\", path);") << QStringLiteral("    return file.readAll().toBase64();")
              << QStringLiteral("}");
    return lines << QString();
}

QString inputText(const Plan &plan)
{
    const QString joint = QStringLiteral("\n        + ");
    QStringList parts;
    for (const Body::Piece &piece : plan.body.cut(jsonText(plan.body.json, true))) {
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

QStringList callLines(const Plan &plan, const Call &call)
{
    QStringList lines{QStringLiteral("    sluice::Call call;"), QStringLiteral("    call.capability = %1;").arg(text(call.capability)),
                      QStringLiteral("    call.verb = sluice::Verb::%1;").arg(plan.live ? QStringLiteral("Live") : plan.stream ? QStringLiteral("Stream") : QStringLiteral("Run")),
                      QStringLiteral("    call.timeout = std::chrono::seconds(%1);").arg(plan.timeout)};
    if (!call.path.isEmpty())
        lines << QStringLiteral("    call.path = %1;").arg(text(call.path));
    if (!call.model.isEmpty())
        lines << QStringLiteral("    call.model = %1;").arg(text(call.model));
    if (call.parameters.size() > 0)
        lines << QStringLiteral("    call.parameters = sluice::Json::parse(%1).value();").arg(cppRawString(jsonText(call.parameters, true), QStringLiteral("\n        ")));
    if (call.limits.maxSpendWei)
        lines << QStringLiteral("    call.limits.maxSpendWei = %1;").arg(text(*call.limits.maxSpendWei));
    return lines << QStringLiteral("    const QByteArray input = %1;").arg(inputText(plan)) << QStringLiteral("    call.input = sluice::Json::parse(input).value();");
}

QStringList running()
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

QStringList streaming()
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

const char kCMakeLists[] = R"(cmake_minimum_required(VERSION 3.16)
project(call LANGUAGES CXX)
find_package(Sluice REQUIRED COMPONENTS Client)
add_executable(call main.cpp)
target_link_libraries(call PRIVATE Sluice::Client)
)";

} // namespace

QString CppLibrary::whyNot(const SnippetContext &context) const
{
    if (!isLiveVideo(context.call))
        return whyNoCode(context);
    // What stands in BYOC's way stands in its way too.
    SnippetContext other = context;
    other.call.backend = QStringLiteral("byoc");
    return whyNoCode(other);
}

Snippet CppLibrary::generate(const SnippetContext &context) const
{
    const Plan plan(context);
    QStringList names;
    for (const SnippetVariable &variable : plan.environment())
        names << cppString(variable.name);
    QStringList lines = header(plan, channelsOf(context));
    lines << QStringLiteral("int main(int argc, char **argv)") << QStringLiteral("{") << QStringLiteral("    QCoreApplication app(argc, argv);")
          << QStringLiteral("    for (const char *name : {%1}) {").arg(names.join(QStringLiteral(", ")))
          << QStringLiteral("        if (qEnvironmentVariableIsEmpty(name)) {") << QStringLiteral("            std::fprintf(stderr, \"%s is not set\\n\", name);")
          << QStringLiteral("            return 2;") << QStringLiteral("        }") << QStringLiteral("    }") << QString() << callLines(plan, context.call) << QString()
          << QStringLiteral("    sluice::Gateway gateway(sluice::GatewayConfig::fromEnvironment());")
          // Queued: an answer may come before the event loop runs.
          << QStringLiteral("    const auto finish = [&app](int code) {")
          << QStringLiteral("        QMetaObject::invokeMethod(&app, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);") << QStringLiteral("    };")
          << (plan.live ? liveCpp(channelsOf(context)) : plan.stream ? streaming() : running()) << QStringLiteral("    return app.exec();") << QStringLiteral("}");

    Snippet snippet;
    snippet.text = joined(lines);
    snippet.fileName = QStringLiteral("main.cpp");
    snippet.language = QStringLiteral("cpp");
    snippet.run = QStringLiteral("cmake -B build && cmake --build build && ./build/call");
    snippet.environment = plan.environment();
    snippet.files = plan.body.files();
    snippet.files.append({QStringLiteral("CMakeLists.txt"), QByteArray(kCMakeLists)});
    return snippet;
}

} // namespace sluice::detail
