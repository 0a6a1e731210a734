#include "sluice/snippets/aigateway_code_p.h"
#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/literals_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"

namespace sluice::detail {

namespace {

using Output = AiGatewayCode::Output;

QStringList header(const AiGatewayCode &code)
{
    QStringList lines{QStringLiteral("// JavaScript, Node 18 or later, without packages · %1").arg(code.comment())};
    if (!code.unsent.isEmpty())
        lines << QStringLiteral("// ") + code.unsentComment();
    if (code.sent.form || code.older)
        lines << QStringLiteral("import { randomUUID } from \"node:crypto\";");
    QStringList used;
    if (code.has(Hole::Kind::File))
        used << QStringLiteral("readFileSync");
    if (code.output == Output::Media)
        used << QStringLiteral("writeFileSync");
    if (!used.isEmpty())
        lines << QStringLiteral("import { %1 } from \"node:fs\";").arg(used.join(QStringLiteral(", ")));
    return lines << QString() << javascriptNeed();
}

QStringList sending(const AiGatewayCode &code)
{
    QStringList lines{QStringLiteral("const gateway = need(\"LIVEPEER_AI_GATEWAY_URL\").replace(/\\/$/, \"\");"), QStringLiteral("const key = process.env.LIVEPEER_AI_GATEWAY_KEY;"),
        QStringLiteral("const authorization = key ? { Authorization: \"Bearer \" + key } : {};")};
    if (!code.stream)
        lines << QStringLiteral("const signal = AbortSignal.timeout(%1_000);").arg(code.timeout);
    lines << QStringLiteral("const post = (path, body, headers = {}) =>")
          << QStringLiteral("  fetch(gateway + path, { method: \"POST\", headers: { ...authorization, ...headers }, body%1 });").arg(code.stream ? QString() : QStringLiteral(", signal"))
          << QStringLiteral("const json = { \"Content-Type\": \"application/json\" };") << QStringLiteral("const refused = async (answer) => {")
          << QStringLiteral("  if (!answer.ok) throw new Error(\"HTTP \" + answer.status + \": \" + (await answer.text()));") << QStringLiteral("};") << QString();
    return lines;
}

QString fieldValue(const AiGatewayCode::FormField &field)
{
    if (field.file)
        return QStringLiteral("readFileSync(%1)").arg(camel(field.hole->name));
    if (!field.hole)
        return javascriptString(field.text);
    if (field.hole->kind == Hole::Kind::Variable)
        return QStringLiteral("need(%1)").arg(javascriptString(field.hole->source));
    return javascriptHole(*field.hole);
}

/// FormData would write the line ends of a text anew.
QStringList formFunction()
{
    return {QStringLiteral("const form = (parts) => {"), QStringLiteral("  const boundary = randomUUID();"),
        QStringLiteral("  const pieces = parts.flatMap(([head, value]) => [`--${boundary}\\r\\nContent-Disposition: form-data; ${head}\\r\\n\\r\\n`, value, \"\\r\\n\"]);"),
        QStringLiteral("  const bytes = [...pieces, `--${boundary}--\\r\\n`].map((piece) => Buffer.from(piece));"),
        QStringLiteral("  return [Buffer.concat(bytes), { \"Content-Type\": \"multipart/form-data; boundary=\" + boundary }];"), QStringLiteral("};")};
}

/// `form([…])`: a form's fields in the order of sending.
QStringList formLines(const AiGatewayCode &code, const Body &body, const QString &start, const QString &indent, const QString &end)
{
    QStringList lines{start + QStringLiteral("form([")};
    for (const AiGatewayCode::FormField &field : code.fields(body))
        lines << indent + QStringLiteral("  [%1, %2],").arg(javascriptString(field.head()), fieldValue(field));
    return lines << indent + QStringLiteral("])") + end;
}

QStringList request(const AiGatewayCode &code)
{
    const QString path = javascriptString(QLatin1Char('/') + code.sent.path);
    if (code.sent.form)
        return formFunction() + javascriptFiles(code.body) + formLines(code, code.body, QStringLiteral("const [body, type] = "), QString(), QStringLiteral(";"))
            + QStringList{QStringLiteral("const response = await post(%1, body, %2);")
                              .arg(path, code.sent.async ? QStringLiteral("{ ...type, Prefer: \"respond-async\" }") : QStringLiteral("type"))};
    if (!code.older)
        return javascriptBody(code.body) + QStringList{QStringLiteral("const response = await post(%1, body, json);").arg(path)};
    return javascriptBody(code.body) + QStringList{QStringLiteral("// What gateways up to 0.8.2 take instead.")} + formFunction() + javascriptFiles(*code.older)
        + formLines(code, *code.older, QStringLiteral("const older = () =>\n  "), QStringLiteral("  "), QStringLiteral(";"))
        + QStringList{QStringLiteral("// They refuse this before anything is done or paid."), QStringLiteral("const asked = await post(%1, \"{}\", json);").arg(path),
            QStringLiteral("const takesForm = (await asked.text()).includes(\"multipart/form-data\") && asked.status === 400;"),
            QStringLiteral("const response = await post(%1, ...(takesForm ? older() : [body, json]));").arg(path)};
}

/// Of an answer or an event, in either dialect.
QStringList textOf()
{
    return {QStringLiteral("const textOf = (said) => {"), QStringLiteral("  if (said.error) throw new Error(said.error.message ?? JSON.stringify(said.error));"),
        QStringLiteral("  if (said.done) return \"\"; // its text is a mark"),
        QStringLiteral("  const choices = (said.choices ?? []).map((choice) => (choice.message ?? choice.delta)?.content ?? \"\");"),
        QStringLiteral("  return (said.response ?? said.chunk ?? \"\") + choices.join(\"\");"), QStringLiteral("};")};
}

QStringList streamed()
{
    return {QStringLiteral("let finished = (response.headers.get(\"content-type\") ?? \"\").startsWith(\"application/json\"); // it does not stream"),
        QStringLiteral("if (finished) process.stdout.write(textOf(await response.json()));"), QStringLiteral("const take = (line) => {"),
        QStringLiteral("  const data = line.startsWith(\"data:\") ? line.slice(5).trim() : \"\";"), QStringLiteral("  if (!data) return false;"),
        QStringLiteral("  if (data === \"[DONE]\") return true;"), QStringLiteral("  const event = JSON.parse(data);"), QStringLiteral("  process.stdout.write(textOf(event));"),
        QStringLiteral("  return event.done || (event.choices ?? []).some((choice) => choice.finish_reason);"), QStringLiteral("};"), QStringLiteral("const decoder = new TextDecoder();"),
        QStringLiteral("let rest = \"\";"), QStringLiteral("if (!finished) {"), QStringLiteral("  reading: for await (const bytes of response.body) {"),
        QStringLiteral("    const lines = (rest + decoder.decode(bytes, { stream: true })).split(\"\\n\");"), QStringLiteral("    rest = lines.pop();"),
        // Leaving the loop closes the connection; the gateway may keep it open.
        QStringLiteral("    for (const line of lines) {"), QStringLiteral("      finished = take(line);"), QStringLiteral("      if (finished) break reading;"), QStringLiteral("    }"),
        QStringLiteral("  }"), QStringLiteral("}"), QStringLiteral("finished ||= take(rest);"), QStringLiteral("console.log();"),
        QStringLiteral("if (!finished) throw new Error(\"The answer broke off.\");")};
}

QStringList waited(const AiGatewayCode &code)
{
    return {QStringLiteral("const id = answer.request_id;"), QStringLiteral("while (id && !answer.result) {"), QStringLiteral("  await new Promise((over) => setTimeout(over, 1000));"),
        QStringLiteral("  const asked = await post(%1, JSON.stringify({ request_id: id }), json);").arg(javascriptString(QLatin1Char('/') + code.sent.path + QStringLiteral("/result"))),
        QStringLiteral("  await refused(asked);"), QStringLiteral("  answer = await asked.json();"), QStringLiteral("}"), QStringLiteral("answer = answer.result ?? answer;"),
        QStringLiteral("if (answer.error) throw new Error(answer.error.message ?? JSON.stringify(answer.error));")};
}

QStringList saved(const AiGatewayCode &code)
{
    const bool one = code.list.isEmpty();
    QStringList lines{QStringLiteral("const origin = new URL(gateway).origin;"), QStringLiteral("const save = async (address, name) => {"),
        QStringLiteral("  const url = new URL(address, origin);"), QStringLiteral("  // Nobody else sees the key."),
        QStringLiteral("  const file = await fetch(url, { headers: url.origin === origin ? authorization : {}, signal });"), QStringLiteral("  await refused(file);"),
        QStringLiteral("  writeFileSync(name, Buffer.from(await file.arrayBuffer()));"), QStringLiteral("  console.log(name);"), QStringLiteral("};")};
    if (one)
        return lines << QStringLiteral("await save(answer.audio.url, %1);").arg(javascriptString(code.mediaName));
    return lines << QStringLiteral("for (const [index, made] of answer.%1.entries()) await save(made.url, `%2`);").arg(code.list, code.mediaName.arg(QStringLiteral("${index + 1}")));
}

QStringList read(const AiGatewayCode &code)
{
    const QString whole = QStringLiteral("%1 answer = await response.json();").arg(code.sent.async ? QStringLiteral("let") : QStringLiteral("const"));
    switch (code.output) {
    case Output::Chat:
        if (code.stream)
            return streamed();
        return {whole, QStringLiteral("if (!answer.response && !answer.choices?.length) throw new Error(\"The answer has no text: \" + JSON.stringify(answer));"),
            QStringLiteral("console.log(textOf(answer));")};
    case Output::Media: return QStringList{whole} + (code.sent.async ? waited(code) : QStringList()) + saved(code);
    case Output::Text: return {whole, QStringLiteral("console.log(answer.text);")};
    case Output::Json: return {whole, QStringLiteral("console.log(JSON.stringify(answer, null, 2));")};
    }
    return {};
}

} // namespace

QString AiGatewayFetch::whyNot(const SnippetContext &context) const
{
    return whyNoAiGatewayCode(context);
}

Snippet AiGatewayFetch::generate(const SnippetContext &context) const
{
    const AiGatewayCode code(context);
    QStringList lines = header(code) + sending(code) + request(code) + QStringList{QStringLiteral("await refused(response);")};
    if (code.output == Output::Chat)
        lines << textOf();
    Snippet snippet;
    snippet.text = joined(lines << read(code));
    snippet.fileName = QStringLiteral("fetch.mjs");
    snippet.language = QStringLiteral("javascript");
    snippet.run = QStringLiteral("node fetch.mjs");
    snippet.environment = code.environment;
    snippet.files = code.files();
    return snippet;
}

} // namespace sluice::detail
