#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"
#include "sluice/snippets/worker_code_p.h"

namespace sluice::detail {

namespace {

QStringList header(const WorkerCode &code)
{
    QStringList lines{QStringLiteral("# websockets 10 or later (Python 3.8 or later) · %1").arg(code.comment), QStringLiteral("# pip install websockets"),
        QStringLiteral("import asyncio")};
    const bool files = code.body.has(Hole::Kind::File);
    if (files)
        lines << QStringLiteral("import base64");
    lines << QStringLiteral("import json") << QStringLiteral("import os") << QStringLiteral("import sys");
    if (files)
        lines << QStringLiteral("from pathlib import Path");
    lines << QString() << QStringLiteral("import websockets") << QString();
    return lines << pythonFiles(code.body);
}

} // namespace

QString WorkerPython::whyNot(const SnippetContext &context) const
{
    return whyNoWorkerCode(context);
}

Snippet WorkerPython::generate(const SnippetContext &context) const
{
    const WorkerCode code(context);
    QStringList lines = header(code);
    lines << QStringLiteral("ADD = ") + pythonLiteral(code.body.json, code.body.substitute(pythonHole)) << QString() << QString()
          << QStringLiteral("async def call():") << QStringLiteral("    \"\"\"Prints the answer as it comes; gives what went wrong, or nothing.\"\"\"")
          << QStringLiteral("    async with websockets.connect(os.environ[\"%1\"], max_size=None) as worker:").arg(QLatin1String(WorkerAddress))
          << QStringLiteral("        await worker.send(json.dumps(ADD))") << QStringLiteral("        job = None") << QStringLiteral("        async for text in worker:")
          << QStringLiteral("            said = json.loads(text)") << QStringLiteral("            kind = said.get(\"type\")")
          << QStringLiteral("            if kind == \"resp_add\" and said.get(\"id\") == ADD[\"id\"]:") << QStringLiteral("                job = said[\"job_id\"]")
          << QStringLiteral("            elif job is None or said.get(\"job_id\") != job:") << QStringLiteral("                continue  # of another job, or of a kind that this code does not know")
          << (code.tellsStreams ? QStringList{QStringLiteral("            elif kind == \"stream\":  # of those before the last, each on lines of its own"),
                                      QStringLiteral("                begins = said[\"event\"] == \"begun\" and said[\"stream\"] > 1"),
                                      QStringLiteral("                print(\"\\n\" if begins else said.get(\"message\", \"\"), end=\"\", flush=True)")}
                                : QStringList())
          << QStringLiteral("            elif kind == \"running\":") << QStringLiteral("                print(said[\"message\"], end=\"\", flush=True)")
          << QStringLiteral("            elif kind == \"failed\":") << QStringLiteral("                return f\"\\nThe job failed: {said['message']}\"")
          << QStringLiteral("            elif kind == \"done\":") << QStringLiteral("                print()") << QStringLiteral("                return None")
          << QStringLiteral("    return \"\\nThe worker ended the connection before the job was done.\"") << QString() << QString() << QStringLiteral("try:")
          << QStringLiteral("    problem = asyncio.run(asyncio.wait_for(call(), %1))").arg(code.timeout) << QStringLiteral("except asyncio.TimeoutError:")
          << QStringLiteral("    problem = \"\\nThe job takes too long.\"") << QStringLiteral("except (OSError, websockets.WebSocketException) as error:")
          << QStringLiteral("    problem = f\"\\nThe worker: {error}\"") << QStringLiteral("sys.exit(problem)");
    Snippet snippet = code.snippet(lines, "call.py", "python", QStringLiteral("python3 call.py"));
    snippet.install = QStringLiteral("pip install websockets");
    return snippet;
}

} // namespace sluice::detail
