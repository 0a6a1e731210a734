#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/json_text_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"

#include <QtCore/QCoreApplication>

namespace sluice::detail {

QString camel(const QString &name)
{
    QString out;
    for (const QString &part : name.split(QLatin1Char('_'), Qt::SkipEmptyParts))
        out += out.isEmpty() ? part : part.left(1).toUpper() + part.mid(1);
    return out;
}

QString javascriptHole(const Hole &hole)
{
    if (hole.kind == Hole::Kind::Variable)
        return (hole.isJson ? QStringLiteral("JSON.parse(need(%1))") : QStringLiteral("need(%1)")).arg(javascriptString(hole.source));
    const QString bytes = QStringLiteral("readFileSync(%1).toString(\"base64\")").arg(camel(hole.name));
    return hole.prefix.isEmpty() ? bytes : javascriptString(hole.prefix) + QStringLiteral(" + ") + bytes;
}

QStringList javascriptNeed()
{
    return {QStringLiteral("const need = (name) => {"), QStringLiteral("  if (!process.env[name]) throw new Error(name + \" is not set\");"),
        QStringLiteral("  return process.env[name];"), QStringLiteral("};")};
}

namespace {

QStringList header(const Plan &plan)
{
    QStringList lines{QStringLiteral("// JavaScript, Node 18 or later · %1").arg(plan.backend)};
    if (plan.route == Route::Paid)
        lines << QStringLiteral("// Node has no ticket library: sluicectl (Sluice %1) signs the job and pays for it, the request is made here.").arg(plan.version)
              << QStringLiteral("import { execFileSync } from \"node:child_process\";") << QStringLiteral("import { createHash } from \"node:crypto\";")
              << QStringLiteral("import { once } from \"node:events\";");
    else
        lines << QStringLiteral("import { randomUUID } from \"node:crypto\";");
    if (plan.body.has(Hole::Kind::File))
        lines << QStringLiteral("import { readFileSync } from \"node:fs\";");
    if (plan.route == Route::Paid)
        lines << QStringLiteral("import https from \"node:https\";") << QStringLiteral("import net from \"node:net\";") << QStringLiteral("import tls from \"node:tls\";");
    return lines << QString() << javascriptNeed();
}

} // namespace

QStringList javascriptFiles(const Body &body)
{
    QStringList lines;
    for (const Hole &each : body.holes) {
        if (each.kind == Hole::Kind::File)
            lines << QStringLiteral("const %1 = %2;").arg(camel(each.name), javascriptString(each.source));
    }
    return lines;
}

QStringList javascriptStreaming(bool chat)
{
    QStringList lines{QStringLiteral("// True at the end of the stream."), QStringLiteral("const take = (line) => {"),
        QStringLiteral("  if (!line.startsWith(\"data:\")) return false;"), QStringLiteral("  const data = line.slice(5).replace(/^ /, \"\");"),
        QStringLiteral("  if (data === \"[DONE]\") return true;")};
    if (chat)
        lines << QStringLiteral("  const chunk = JSON.parse(data);") << QStringLiteral("  if (chunk.error) throw new Error(chunk.error.message ?? chunk.error);")
              << QStringLiteral("  for (const choice of chunk.choices ?? []) process.stdout.write(choice.delta?.content ?? \"\");");
    else
        lines << QStringLiteral("  console.log(data);");
    lines << QStringLiteral("  return false;") << QStringLiteral("};") << QStringLiteral("const decoder = new TextDecoder();") << QStringLiteral("let rest = \"\";")
          << QStringLiteral("reading: for await (const bytes of response.body) {")
          << QStringLiteral("  const lines = (rest + decoder.decode(bytes, { stream: true })).split(\"\\n\");") << QStringLiteral("  rest = lines.pop();")
          // Leaving the loop closes the connection; the server may keep it open.
          << QStringLiteral("  for (const line of lines) if (take(line.replace(/\\r$/, \"\"))) break reading;") << QStringLiteral("}");
    return chat ? lines << QStringLiteral("console.log();") : lines;
}

QStringList javascriptBody(const Body &body)
{
    QStringList lines = javascriptFiles(body);
    if (survivesJavascript(body.json))
        return lines << QStringLiteral("const input = %1;").arg(javascriptLiteral(body.json, body.substitute(javascriptHole)))
                     << QStringLiteral("const body = JSON.stringify(input);") << QString();
    QStringList parts;
    for (const Body::Piece &piece : body.cut(jsonLine(body.json))) {
        parts << javascriptString(piece.text);
        if (piece.hole && piece.hole->kind == Hole::Kind::File)
            parts << QStringLiteral("readFileSync(%1).toString(\"base64\")").arg(camel(piece.hole->name));
        else if (piece.hole)
            parts << (piece.hole->isJson ? QStringLiteral("need(%1)") : QStringLiteral("JSON.stringify(need(%1))")).arg(javascriptString(piece.hole->source));
    }
    return lines << QStringLiteral("// As text: JavaScript would change a number or a key of it.")
                 << QStringLiteral("const body = %1;").arg(parts.join(QStringLiteral(" +\n  "))) << QString();
}

namespace {

QStringList pinnedFetch()
{
    return {QStringLiteral("// An orchestrator signs its own certificate: its key must be the one that sluicectl knows. fetch() cannot compare keys."),
            QStringLiteral("async function pinnedFetch(address, { signal, body, ...options }) {"),
            QStringLiteral("  const url = new URL(address);"),
            QStringLiteral("  const host = url.hostname.replace(/^\\[|\\]$/g, \"\");"),
            QStringLiteral("  const socket = tls.connect({"),
            QStringLiteral("    host, port: Number(url.port || 443), servername: net.isIP(host) ? \"\" : host, rejectUnauthorized: false,"),
            QStringLiteral("  });"),
            QStringLiteral("  await once(socket, \"secureConnect\", { signal });"),
            QStringLiteral("  const key = socket.getPeerX509Certificate().publicKey.export({ type: \"spki\", format: \"der\" });"),
            QStringLiteral("  if (\"sha256//\" + createHash(\"sha256\").update(key).digest(\"base64\") !== signed.tls_pin) {"),
            QStringLiteral("    socket.destroy();"),
            QStringLiteral("    throw new Error(\"The orchestrator's TLS key changed. Nothing was sent.\");"),
            QStringLiteral("  }"),
            QStringLiteral("  const request = https.request(url, { ...options, signal, createConnection: () => socket });"),
            QStringLiteral("  request.end(body);"),
            QStringLiteral("  const [answer] = await once(request, \"response\");"),
            QStringLiteral("  return { ok: answer.statusCode < 300, status: answer.statusCode, body: answer };"),
            QStringLiteral("}"),
            QString()};
}

QString signArguments(const Plan &plan, const Call &call)
{
    QStringList words{QStringLiteral("sign"), QStringLiteral("--capability"), plan.capability, QStringLiteral("--path"), plan.plainPath,
                      QStringLiteral("--timeout"), QString::number(plan.timeout)};
    if (call.parameters.size() > 0)
        words << QStringLiteral("--parameters") << jsonLine(call.parameters);
    if (call.limits.maxSpendWei)
        words << QStringLiteral("--max-spend") << *call.limits.maxSpendWei;
    words << QStringLiteral("--input") << QStringLiteral("-") << QStringLiteral("--json") << QStringLiteral("--orchestrator");
    QStringList literals;
    for (const QString &word : words)
        literals << javascriptString(word);
    return literals.join(QStringLiteral(", ")) + QStringLiteral(", need(\"LIVEPEER_ORCH_URL\")");
}

QStringList request(const Plan &plan, const Call &call)
{
    const QString limit = plan.stream ? QString() : QStringLiteral(", signal: AbortSignal.timeout(%1_000)").arg(plan.httpTimeout);
    const QString options = QStringLiteral("{ method: \"POST\", headers, body%1 }").arg(limit);
    if (plan.route == Route::Paid) {
        QStringList lines;
        for (const SnippetVariable &variable : plan.environment()) {
            if (variable.name != plan.addressVariable())
                lines << QStringLiteral("need(%1); // for sluicectl").arg(javascriptString(variable.name));
        }
        return lines << QStringLiteral("const signed = JSON.parse(execFileSync(\"sluicectl\", [") << QStringLiteral("  ") + signArguments(plan, call) + QLatin1Char(',')
                     << QStringLiteral("], { encoding: \"utf8\", input: body }));")
                     << QStringLiteral("const headers = { ...signed.headers, \"Content-Type\": \"application/json\" };")
                     << QStringLiteral("const response = await (signed.tls_pin ? pinnedFetch : fetch)(signed.url, %1);").arg(options);
    }
    return {QStringLiteral("const job = { id: randomUUID(), ...%1 };").arg(javascriptLiteral(jobHeader(plan, call))),
            QStringLiteral("const headers = { Livepeer: Buffer.from(JSON.stringify(job)).toString(\"base64\"), \"Content-Type\": \"application/json\" };"),
            QStringLiteral("const url = need(%1).replace(/\\/$/, \"\") + %2;")
                .arg(javascriptString(plan.addressVariable()), javascriptString(QStringLiteral("/process/request/") + plan.path)),
            QStringLiteral("const response = await fetch(url, %1);").arg(options)};
}

QStringList collect(const QString &indent)
{
    return {indent + QStringLiteral("const chunks = [];"), indent + QStringLiteral("for await (const chunk of response.body ?? []) chunks.push(chunk);")};
}

const QLatin1String kHttpError("throw new Error(\"HTTP \" + response.status + \": \" + ");

QStringList readWhole(const Plan &plan)
{
    QStringList lines = collect(QString());
    lines << QStringLiteral("const answer = Buffer.concat(chunks);") << QStringLiteral("if (!response.ok) ") + kHttpError + QStringLiteral("answer);");
    // A gateway that found no orchestrator answers 200 with an empty body (client-sdk.md 3.6).
    if (plan.route == Route::Gateway)
        lines << QStringLiteral("if (answer.length === 0) throw new Error(\"No orchestrator took the job.\");");
    return lines << QStringLiteral("process.stdout.write(answer);");
}

QStringList readEvents()
{
    return QStringList{QStringLiteral("if (!response.ok) {")} + collect(QStringLiteral("  "))
        + QStringList{QStringLiteral("  ") + kHttpError + QStringLiteral("Buffer.concat(chunks));"),
            QStringLiteral("}"),
            QStringLiteral("const decoder = new TextDecoder();"),
            QStringLiteral("// True at the end of the stream."),
            QStringLiteral("const take = (line) => {"),
            QStringLiteral("  if (line === \"event: insufficient balance\") throw new Error(\"The balance ran out.\");"),
            QStringLiteral("  if (!line.startsWith(\"data:\")) return false;"),
            QStringLiteral("  const data = line.slice(5).replace(/^ /, \"\");"),
            QStringLiteral("  if (data === \"[DONE]\") return true;"),
            QStringLiteral("  if (/^\\{\"balance\": ?-?[\\d.]+\\}$/.test(data)) console.error(data); // what is left, no part of the answer"),
            QStringLiteral("  else console.log(data);"),
            QStringLiteral("  return false;"),
            QStringLiteral("};"),
            QStringLiteral("let rest = \"\";"),
            QStringLiteral("let finished = false;"),
            QStringLiteral("reading: for await (const chunk of response.body) {"),
            QStringLiteral("  const lines = (rest + decoder.decode(chunk, { stream: true })).split(\"\\n\");"),
            QStringLiteral("  rest = lines.pop();"),
            QStringLiteral("  for (const line of lines) {"),
            QStringLiteral("    finished = take(line.replace(/\\r$/, \"\"));"),
            // Leaving the loop closes the connection; the server may keep it open.
            QStringLiteral("    if (finished) break reading;"),
            QStringLiteral("  }"),
            QStringLiteral("}"),
            QStringLiteral("if (!finished && rest) take(rest);")};
}

} // namespace

QString JavascriptNode::whyNot(const SnippetContext &context) const
{
    if (context.call.verb == Verb::Live)
        return QCoreApplication::translate("Snippets", "A live job needs a library for its channels, and there is none for Node.");
    return whyNoCode(context);
}

Snippet JavascriptNode::generate(const SnippetContext &context) const
{
    const Plan plan(context);
    QStringList lines = header(plan) + javascriptBody(plan.body);
    if (plan.route == Route::Paid)
        lines << pinnedFetch();
    lines << request(plan, context.call) << (plan.stream ? readEvents() : readWhole(plan));

    Snippet snippet;
    snippet.text = joined(lines);
    snippet.fileName = QStringLiteral("call.mjs");
    snippet.language = QStringLiteral("javascript");
    snippet.run = QStringLiteral("node call.mjs");
    snippet.environment = plan.environment();
    snippet.files = plan.body.files();
    return snippet;
}

} // namespace sluice::detail
