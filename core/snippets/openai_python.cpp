#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/openai_code_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"

#include <QtCore/QRegularExpression>

namespace sluice::detail {

namespace {

using Output = OpenAiCode::Library::Output;

QStringList imports(const OpenAiCode &code)
{
    const Output output = code.library->output;
    const bool pictures = output == Output::Pictures;
    const bool files = code.body.has(Hole::Kind::File);
    QStringList lines;
    if (pictures || (files && !code.endpoint.form))
        lines << QStringLiteral("import base64");
    if (output == Output::Json || code.body.readsJson())
        lines << QStringLiteral("import json");
    lines << QStringLiteral("import os") << QStringLiteral("import sys");
    if (pictures || files)
        lines << QStringLiteral("from pathlib import Path");
    return lines << QString() << QStringLiteral("from openai import OpenAI, OpenAIError") << QString();
}

QStringList client(const OpenAiCode &code)
{
    QStringList lines{QStringLiteral("client = OpenAI("), QStringLiteral("    base_url=os.environ[\"OPENAI_BASE_URL\"],"),
        QStringLiteral("    api_key=os.environ.get(\"OPENAI_API_KEY\") or \"none\",  # any word where the server wants no key")};
    if (code.organization)
        lines << QStringLiteral("    organization=os.environ[\"OPENAI_ORG_ID\"],");
    return lines << QStringLiteral("    max_retries=0,  # a call is sent once: it may have to be paid") << QStringLiteral("    timeout=%1,").arg(code.timeout) << QStringLiteral(")");
}

/// A member of a form that is a file is the file itself, not its base64.
QString valueOf(const OpenAiCode &code, const QString &member, const Json &value)
{
    const bool file = code.endpoint.form && openai::isFileMember(member);
    const auto substitute = code.body.substitute([file](const Hole &hole) {
        return file && hole.kind == Hole::Kind::File ? QStringLiteral("Path(%1)").arg(hole.name.toUpper()) : pythonHole(hole);
    });
    return pythonLiteral(value, substitute, 2);
}

/// What the method has no parameter for goes beside.
QStringList arguments(const OpenAiCode &code)
{
    QStringList lines;
    Json others = Json::object();
    for (const auto &[key, value] : code.body.json.members()) {
        static const QRegularExpression word(QStringLiteral("^[a-z_]+$"));
        if (word.match(key).hasMatch() && QByteArray(code.library->known).contains(' ' + key.toLatin1() + ' '))
            lines << QStringLiteral("        %1=%2,").arg(key, valueOf(code, key, value));
        else
            others.insert(key, value);
    }
    // The library would ask for packed vectors by itself.
    if (code.library->output == Output::Vectors && !code.body.json.contains(QStringLiteral("encoding_format")))
        lines << QStringLiteral("        encoding_format=\"float\",");
    if (others.size() > 0)
        lines << QStringLiteral("        extra_body=%1,").arg(valueOf(code, QString(), others));
    return lines;
}

QStringList called(const OpenAiCode &code)
{
    if (code.library->output == Output::Json)
        return {QStringLiteral("    answer = client.post("), QStringLiteral("        %1,").arg(pythonString(QLatin1Char('/') + code.endpoint.path)),
            QStringLiteral("        cast_to=object,"), QStringLiteral("        body=%1,").arg(valueOf(code, QString(), code.body.json)), QStringLiteral("    )")};
    return QStringList{QStringLiteral("    answer = client.%1(").arg(QLatin1String(code.library->python))} + arguments(code) + QStringList{QStringLiteral("    )")};
}

QStringList printed(const OpenAiCode &code)
{
    switch (code.library->output) {
    case Output::Chat:
        if (code.stream)
            return {QStringLiteral("    for chunk in answer:"), QStringLiteral("        for choice in chunk.choices:"),
                QStringLiteral("            print(choice.delta.content or \"\", end=\"\", flush=True)"), QStringLiteral("    print()")};
        return {QStringLiteral("    for choice in answer.choices:"), QStringLiteral("        print(choice.message.content)")};
    case Output::Vectors:
        return {QStringLiteral("    for item in answer.data:"), QStringLiteral("        print(item.embedding)")};
    case Output::Pictures:
        return {QStringLiteral("    for number, image in enumerate(answer.data, 1):"), QStringLiteral("        if image.b64_json:"),
            QStringLiteral("            Path(f\"image-{number}.png\").write_bytes(base64.b64decode(image.b64_json))"),
            QStringLiteral("        print(image.url or f\"image-{number}.png\")")};
    case Output::Text:
        return {QStringLiteral("    print(answer if isinstance(answer, str) else answer.text)")};
    case Output::Sound:
        return {QStringLiteral("    answer.write_to_file(%1)").arg(pythonString(code.soundFile())), QStringLiteral("    print(%1)").arg(pythonString(code.soundFile()))};
    case Output::Json:
        return {QStringLiteral("    print(json.dumps(answer, ensure_ascii=False, indent=2))")};
    }
    return {};
}

} // namespace

QString OpenAiPython::whyNot(const SnippetContext &context) const
{
    return whyNoOpenAiLibrary(context);
}

Snippet OpenAiPython::generate(const SnippetContext &context) const
{
    const OpenAiCode code(context);
    QStringList lines{QStringLiteral("# openai 1.40 or later (Python 3.8 or later) · %1").arg(code.comment()), QStringLiteral("# pip install \"openai>=1.40\"")};
    lines << imports(code);
    lines << pythonFiles(code.body);
    lines << client(code) << QStringLiteral("try:") << called(code) << printed(code) << QStringLiteral("except OpenAIError as error:")
          << QStringLiteral("    sys.exit(f\"openai: {error}\")");

    Snippet snippet;
    snippet.text = joined(lines);
    snippet.fileName = QStringLiteral("call.py");
    snippet.language = QStringLiteral("python");
    snippet.install = QStringLiteral("pip install \"openai>=1.40\"");
    snippet.run = QStringLiteral("python3 call.py");
    snippet.environment = code.environment;
    snippet.files = code.body.files();
    return snippet;
}

} // namespace sluice::detail
