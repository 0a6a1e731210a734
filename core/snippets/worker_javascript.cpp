#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"
#include "sluice/snippets/worker_code_p.h"

namespace sluice::detail {

QString WorkerJavascript::whyNot(const SnippetContext &context) const
{
    return whyNoWorkerCode(context);
}

Snippet WorkerJavascript::generate(const SnippetContext &context) const
{
    const WorkerCode code(context);
    QStringList lines{QStringLiteral("// JavaScript, Node 18 or later or a browser · %1").arg(code.comment),
        QStringLiteral("// Browsers and Node 22 have WebSocket. Node 18 (Debian 12) and 20 have none: npm install ws")};
    if (code.body.has(Hole::Kind::File))
        lines << QStringLiteral("import { readFileSync } from \"node:fs\";");
    lines << QStringLiteral("const Socket = globalThis.WebSocket ?? (await import(\"ws\")).default;") << QString() << javascriptNeed() << javascriptBody(code.body)
          << QStringLiteral("const inPage = typeof document !== \"undefined\";") << QStringLiteral("const print = (text) => (inPage ? document.body.append(text) : process.stdout.write(text));")
          << QStringLiteral("// A page has no environment: put the address in its place there.")
          << QStringLiteral("const worker = new Socket(inPage ? %1 : need(\"%2\"));")
                 .arg(javascriptString(code.address.isEmpty() ? QStringLiteral("ws://localhost:8001/ws/") : code.address), QLatin1String(WorkerAddress))
          << QStringLiteral("const problem = await new Promise((end) => {") << QStringLiteral("  let job;")
          << QStringLiteral("  setTimeout(() => end(\"The job takes too long.\"), %1_000).unref?.();").arg(code.timeout)
          << QStringLiteral("  worker.onopen = () => worker.send(body);") << QStringLiteral("  worker.onmessage = ({ data }) => {") << QStringLiteral("    const said = JSON.parse(data);")
          << QStringLiteral("    if (said.type === \"resp_add\") job = said.job_id;")
          << QStringLiteral("    else if (!job || said.job_id !== job) return; // of another job, or of a kind that this code does not know")
          << (code.tellsStreams ? QStringList{QStringLiteral("    else if (said.type === \"stream\") print(said.event === \"begun\" && said.stream > 1 ? \"\\n\" : said.message ?? \"\"); // those before the last")}
                                : QStringList())
          << QStringLiteral("    else if (said.type === \"running\") print(said.message);")
          << QStringLiteral("    else if (said.type === \"failed\") end(\"The job failed: \" + said.message);") << QStringLiteral("    else if (said.type === \"done\") end();")
          << QStringLiteral("  };") << QStringLiteral("  worker.onerror = ({ message }) => end(\"No connection: \" + (message || \"it was refused, or it broke\"));")
          << QStringLiteral("  worker.onclose = () => end(\"The worker ended the connection before the job was done.\");") << QStringLiteral("});") << QStringLiteral("print(\"\\n\");")
          << QStringLiteral("worker.close();") << QStringLiteral("if (problem) throw new Error(problem);");
    Snippet snippet = code.snippet(lines, "call.mjs", "javascript", QStringLiteral("node call.mjs"));
    snippet.install = QStringLiteral("npm install ws");
    return snippet;
}

} // namespace sluice::detail
