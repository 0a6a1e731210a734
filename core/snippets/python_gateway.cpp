#include "sluice/snippets/python_gateway_p.h"

#include "sluice/snippets/literals_p.h"

namespace sluice::detail {

Snippet pythonThroughGateway(const Plan &plan, const Call &call)
{
    QStringList lines{QStringLiteral("# Python 3.8 or later, without packages · %1").arg(plan.backend),
                      QStringLiteral("# (livepeer-gateway 1.0, the published package, reaches orchestrators only.)")};
    lines << QStringLiteral("import base64") << QStringLiteral("import json") << QStringLiteral("import os") << QStringLiteral("import sys")
          << QStringLiteral("import urllib.error") << QStringLiteral("import urllib.request") << QStringLiteral("import uuid");
    if (plan.body.has(Hole::Kind::File))
        lines << QStringLiteral("from pathlib import Path");
    lines << QString();
    for (const Hole &hole : plan.body.holes) {
        if (hole.kind == Hole::Kind::File)
            lines << QStringLiteral("%1 = %2").arg(hole.name.toUpper(), pythonString(hole.source));
    }
    lines << QStringLiteral("payload = ") + pythonLiteral(plan.body.json, plan.body.substitute(pythonHole))
          << QStringLiteral("job = ") + pythonLiteral(jobHeader(plan, call)) << QStringLiteral("job[\"id\"] = str(uuid.uuid4())")
          << QString()
          << QStringLiteral("request = urllib.request.Request(")
          << QStringLiteral("    os.environ[%1].rstrip(\"/\") + %2,").arg(pythonString(plan.addressVariable()), pythonString(QStringLiteral("/process/request/") + plan.path))
          << QStringLiteral("    data=json.dumps(payload).encode(),")
          << QStringLiteral("    headers={\"Content-Type\": \"application/json\", \"Livepeer\": base64.b64encode(json.dumps(job).encode()).decode()},")
          << QStringLiteral(")")
          << QStringLiteral("try:")
          << QStringLiteral("    with urllib.request.urlopen(request, timeout=%1) as response:").arg(plan.httpTimeout)
          << QStringLiteral("        answer = response.read()")
          << QStringLiteral("except urllib.error.HTTPError as error:")
          << QStringLiteral("    sys.exit(f\"HTTP {error.code}: {error.read().decode(errors='replace')}\")")
          << QStringLiteral("if not answer:")
          << QStringLiteral("    sys.exit(\"No orchestrator took the job.\")")
          << QStringLiteral("sys.stdout.buffer.write(answer)");
    Snippet snippet;
    snippet.text = joined(lines);
    snippet.fileName = QStringLiteral("call.py");
    snippet.language = QStringLiteral("python");
    snippet.run = QStringLiteral("python3 call.py");
    snippet.environment = plan.environment();
    snippet.environment << plan.body.variables();
    snippet.files = plan.body.files();
    return snippet;
}

} // namespace sluice::detail
