#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/openai_code_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"

#include "sluice/snippets/json_text_p.h"

namespace sluice::detail {

namespace {

using Output = OpenAiCode::Library::Output;

QString valueOf(const OpenAiCode &code, const Json &value, int depth, const std::function<QString(const Hole &)> &file)
{
    const auto substitute = code.body.substitute([&file](const Hole &hole) { return file && hole.kind == Hole::Kind::File ? file(hole) : javascriptHole(hole); });
    return javascriptLiteral(value, substitute, depth);
}

QString nodeFile(const Hole &hole)
{
    return QStringLiteral("createReadStream(%1)").arg(camel(hole.name));
}

/// The object that the library's method is given. Of a form, files are streams; the library would ask for packed vectors by itself.
QString nodeBody(const OpenAiCode &code)
{
    Json body = code.body.json;
    if (code.library->output == Output::Vectors && !body.contains(QStringLiteral("encoding_format")))
        body.insert(QStringLiteral("encoding_format"), "float");
    return valueOf(code, body, 0, code.endpoint.form ? nodeFile : std::function<QString(const Hole &)>());
}

QStringList nodeHeader(const OpenAiCode &code)
{
    const bool files = code.body.has(Hole::Kind::File);
    const bool writes = code.library->output == Output::Pictures || code.library->output == Output::Sound;
    QStringList lines{QStringLiteral("// openai 4 or later, Node 18 or later · %1").arg(code.comment()), QStringLiteral("// npm install openai")};
    QStringList used;
    if (files)
        used << (code.endpoint.form ? QStringLiteral("createReadStream") : QStringLiteral("readFileSync"));
    if (writes)
        used << QStringLiteral("writeFileSync");
    if (!used.isEmpty())
        lines << QStringLiteral("import { %1 } from \"node:fs\";").arg(used.join(QStringLiteral(", ")));
    lines << QStringLiteral("import OpenAI from \"openai\";") << QString() << javascriptNeed() << javascriptFiles(code.body) << QStringLiteral("const client = new OpenAI({")
          << QStringLiteral("  baseURL: need(\"OPENAI_BASE_URL\"),")
          << QStringLiteral("  apiKey: process.env.OPENAI_API_KEY || \"none\", // any word where the server wants no key");
    if (code.organization)
        lines << QStringLiteral("  organization: need(\"OPENAI_ORG_ID\"),");
    return lines << QStringLiteral("  maxRetries: 0, // a call is sent once: it may have to be paid") << QStringLiteral("  timeout: %1_000,").arg(code.timeout) << QStringLiteral("});");
}

QStringList nodePrinted(const OpenAiCode &code)
{
    switch (code.library->output) {
    case Output::Chat:
        if (code.stream)
            return {QStringLiteral("for await (const chunk of answer) {"),
                QStringLiteral("  for (const choice of chunk.choices) process.stdout.write(choice.delta?.content ?? \"\");"), QStringLiteral("}"), QStringLiteral("console.log();")};
        return {QStringLiteral("for (const choice of answer.choices) console.log(choice.message.content);")};
    case Output::Vectors:
        return {QStringLiteral("for (const item of answer.data) console.log(JSON.stringify(item.embedding));")};
    case Output::Pictures:
        return {QStringLiteral("answer.data.forEach((image, index) => {"), QStringLiteral("  const file = `image-${index + 1}.png`;"),
            QStringLiteral("  if (image.b64_json) writeFileSync(file, Buffer.from(image.b64_json, \"base64\"));"), QStringLiteral("  console.log(image.url ?? file);"), QStringLiteral("});")};
    case Output::Text:
        return {QStringLiteral("console.log(typeof answer === \"string\" ? answer : answer.text);")};
    case Output::Sound:
        return {QStringLiteral("writeFileSync(%1, Buffer.from(await answer.arrayBuffer()));").arg(javascriptString(code.soundFile())),
            QStringLiteral("console.log(%1);").arg(javascriptString(code.soundFile()))};
    case Output::Json:
        return {QStringLiteral("console.log(JSON.stringify(answer, null, 2));")};
    }
    return {};
}

Snippet javascript(const OpenAiCode &code, const QStringList &lines)
{
    Snippet snippet;
    snippet.text = joined(lines);
    snippet.language = QStringLiteral("javascript");
    snippet.environment = code.environment;
    snippet.files = code.body.files();
    return snippet;
}

QStringList fetchForm(const OpenAiCode &code)
{
    QStringList lines = javascriptFiles(code.body) + QStringList{QStringLiteral("const body = new FormData();")};
    for (const auto &[name, value] : code.fields()) {
        const Hole *hole = code.body.hole(value.toString());
        const QString field = javascriptString(name);
        if (hole && hole->kind == Hole::Kind::File)
            lines << QStringLiteral("body.append(%1, new Blob([readFileSync(%2)]), %2);").arg(field, camel(hole->name));
        else if (hole)
            lines << QStringLiteral("body.append(%1, need(%2));").arg(field, javascriptString(hole->source));
        else
            lines << QStringLiteral("body.append(%1, %2);").arg(field, javascriptString(value.isString() ? value.toString() : jsonLine(value)));
    }
    return lines << QString();
}

QStringList fetchRequest(const OpenAiCode &code)
{
    QStringList lines{QStringLiteral("const key = process.env.OPENAI_API_KEY;"), QStringLiteral("const headers = {")};
    if (!code.endpoint.form)
        lines << QStringLiteral("  \"Content-Type\": \"application/json\",");
    lines << QStringLiteral("  ...(key && { Authorization: \"Bearer \" + key }),");
    if (code.organization)
        lines << QStringLiteral("  \"OpenAI-Organization\": need(\"OPENAI_ORG_ID\"),");
    const QString limit = code.stream ? QString() : QStringLiteral(", signal: AbortSignal.timeout(%1_000)").arg(code.timeout);
    return lines << QStringLiteral("};") << QStringLiteral("const url = need(\"OPENAI_BASE_URL\").replace(/\\/$/, \"\") + %1;").arg(javascriptString(QLatin1Char('/') + code.endpoint.path))
                 << QStringLiteral("const response = await fetch(url, { method: \"POST\", headers, body%1 });").arg(limit)
                 << QStringLiteral("if (!response.ok) throw new Error(\"HTTP \" + response.status + \": \" + (await response.text()));");
}

} // namespace

QString OpenAiNode::whyNot(const SnippetContext &context) const
{
    const QString general = whyNoOpenAiLibrary(context);
    if (!general.isEmpty())
        return general;
    return survivesJavascript(OpenAiCode(context).body.json) ? QString() : QStringLiteral("JavaScript would change a number or a key of the input; fetch sends it as text.");
}

Snippet OpenAiNode::generate(const SnippetContext &context) const
{
    const OpenAiCode code(context);
    QStringList lines = nodeHeader(code);
    if (code.library->output == Output::Json)
        lines << QStringLiteral("const answer = await client.post(%1, { body: %2 });")
                     .arg(javascriptString(QLatin1Char('/') + code.endpoint.path), nodeBody(code));
    else
        lines << QStringLiteral("const answer = await client.%1(%2);").arg(QLatin1String(code.library->node), nodeBody(code));
    Snippet snippet = javascript(code, lines << nodePrinted(code));
    snippet.fileName = QStringLiteral("call.mjs");
    snippet.install = QStringLiteral("npm install openai");
    snippet.run = QStringLiteral("node call.mjs");
    return snippet;
}

QString OpenAiFetch::whyNot(const SnippetContext &context) const
{
    return whyNoOpenAiCode(context);
}

Snippet OpenAiFetch::generate(const SnippetContext &context) const
{
    const OpenAiCode code(context);
    QStringList lines{QStringLiteral("// JavaScript, Node 18 or later, without packages · %1").arg(code.comment())};
    if (code.body.has(Hole::Kind::File))
        lines << QStringLiteral("import { readFileSync } from \"node:fs\";") << QString();
    lines << javascriptNeed() << (code.endpoint.form ? fetchForm(code) : javascriptBody(code.body)) << fetchRequest(code);
    if (code.stream)
        lines << javascriptStreaming(code.library->output == Output::Chat);
    else
        lines << QStringLiteral("process.stdout.write(Buffer.from(await response.arrayBuffer()));");
    Snippet snippet = javascript(code, lines);
    snippet.fileName = QStringLiteral("fetch.mjs");
    snippet.run = QStringLiteral("node fetch.mjs");
    return snippet;
}

} // namespace sluice::detail
