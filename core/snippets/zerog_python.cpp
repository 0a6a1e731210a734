#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"
#include "sluice/snippets/zerog_code_p.h"

namespace sluice::detail {

namespace {

QStringList header(const ZerogCode &code)
{
    const bool files = code.body.has(Hole::Kind::File);
    QStringList lines{QStringLiteral("# requests 2.20 or later (Python 3.8 or later) · %1").arg(code.comment()), QStringLiteral("# pip install requests")};
    if (files)
        lines << QStringLiteral("import base64");
    if (code.stream || !code.chat || code.body.readsJson())
        lines << QStringLiteral("import json");
    lines << QStringLiteral("import os") << QStringLiteral("import sys");
    if (files)
        lines << QStringLiteral("from pathlib import Path");
    return lines << QString() << QStringLiteral("import requests") << QString() << pythonFiles(code.body);
}

QStringList printed(const ZerogCode &code)
{
    if (!code.chat)
        return {QStringLiteral("    print(json.dumps(response.json(), indent=2, ensure_ascii=False))")};
    return {QStringLiteral("    for choice in response.json()[\"choices\"]:"), QStringLiteral("        print(choice[\"message\"][\"content\"])")};
}

/// The answer's text may come without a charset, and is UTF-8 all the same.
QStringList streamed(const ZerogCode &code)
{
    QStringList lines{QStringLiteral("    for line in response.iter_lines():"), QStringLiteral("        if not line.startswith(b\"data:\"):"), QStringLiteral("            continue"),
        QStringLiteral("        data = line[5:].strip()"), QStringLiteral("        if data == b\"[DONE]\":"), QStringLiteral("            break")};
    if (!code.chat)
        return lines << QStringLiteral("        print(data.decode(), flush=True)");
    return lines << QStringLiteral("        chunk = json.loads(data)") << QStringLiteral("        if chunk.get(\"error\"):") << QStringLiteral("            sys.exit(f\"The service: {chunk['error']}\")")
                 << QStringLiteral("        for choice in chunk.get(\"choices\") or []:") << QStringLiteral("            print((choice.get(\"delta\") or {}).get(\"content\") or \"\", end=\"\", flush=True)")
                 << QStringLiteral("    print()");
}

} // namespace

QString ZerogPython::whyNot(const SnippetContext &context) const
{
    return whyNoZerogCode(context);
}

Snippet ZerogPython::generate(const SnippetContext &context) const
{
    const ZerogCode code(context);
    QStringList lines = header(code);
    lines << QStringLiteral("url = os.environ[\"%1\"].rstrip(\"/\") + %2").arg(QLatin1String(ZerogAddress), pythonString(code.path))
          << QStringLiteral("payload = ") + pythonLiteral(code.body.json, code.body.substitute(pythonHole)) << QStringLiteral("try:")
          // Between two pieces of a stream a model may take its time.
          << QStringLiteral("    response = requests.post(url, json=payload, timeout=(10, %1), allow_redirects=False%2)")
                 .arg(code.stream ? QStringLiteral("None") : QString::number(code.timeout), code.stream ? QStringLiteral(", stream=True") : QString())
          << QStringLiteral("    if response.status_code != 200:") << QStringLiteral("        sys.exit(f\"HTTP {response.status_code}: {response.text}\")")
          << (code.stream ? streamed(code) : printed(code)) << QStringLiteral("except requests.RequestException as error:") << QStringLiteral("    sys.exit(f\"The user agent: {error}\")");
    Snippet snippet = code.snippet(lines, "call.py", "python", "python3 call.py");
    snippet.install = QStringLiteral("pip install requests");
    return snippet;
}

} // namespace sluice::detail
