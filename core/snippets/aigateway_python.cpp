#include "sluice/snippets/aigateway_code_p.h"
#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/literals_p.h"
#include "sluice/snippets/plan_p.h"

namespace sluice::detail {

namespace {

using Output = AiGatewayCode::Output;

QStringList header(const AiGatewayCode &code)
{
    const bool form = code.sent.form || code.older;
    const bool paths = code.output == Output::Media || code.has(Hole::Kind::File);
    QStringList lines{QStringLiteral("# Python 3.8 or later, without packages · %1").arg(code.comment())};
    if (!code.unsent.isEmpty())
        lines << QStringLiteral("# ") + code.unsentComment();
    if (code.filesInText())
        lines << QStringLiteral("import base64");
    lines << QStringLiteral("import json") << QStringLiteral("import os") << QStringLiteral("import sys");
    if (code.sent.async)
        lines << QStringLiteral("import time");
    lines << QStringLiteral("import urllib.error") << QStringLiteral("import urllib.request");
    if (form)
        lines << QStringLiteral("import uuid");
    if (paths)
        lines << QStringLiteral("from pathlib import Path");
    lines << QStringLiteral("from urllib.parse import %1").arg(code.output == Output::Media ? QStringLiteral("urljoin, urlsplit") : QStringLiteral("urlsplit"));
    return lines << QString();
}

QStringList sending(const AiGatewayCode &code)
{
    QStringList lines;
    QStringList named;
    for (const Body *body : {&code.body, code.older ? &*code.older : nullptr}) {
        for (const Hole &hole : body ? body->holes : QList<Hole>()) {
            const QString line = QStringLiteral("%1 = %2").arg(hole.name.toUpper(), pythonString(hole.source));
            if (hole.kind == Hole::Kind::File && !named.contains(line))
                named << line;
        }
    }
    lines << named << QStringLiteral("GATEWAY = os.environ[\"LIVEPEER_AI_GATEWAY_URL\"].rstrip(\"/\")")
          << QStringLiteral("KEY = os.environ.get(\"LIVEPEER_AI_GATEWAY_KEY\")") << QStringLiteral("ORIGIN = \"{0.scheme}://{0.netloc}/\".format(urlsplit(GATEWAY))") << QString()
          << QString() << QStringLiteral("def opened(url, data=None, headers={}):") << QStringLiteral("    request = urllib.request.Request(url, data=data, headers=headers)")
          << QStringLiteral("    if KEY and url.startswith(ORIGIN):  # nobody else sees the key")
          << QStringLiteral("        request.add_unredirected_header(\"Authorization\", \"Bearer \" + KEY)")
          << QStringLiteral("    return urllib.request.urlopen(request, timeout=%1)").arg(code.timeout) << QString() << QString();
    if (code.sent.form || code.older)
        lines << QStringLiteral("def form(parts):") << QStringLiteral("    boundary = uuid.uuid4().hex") << QStringLiteral("    data = b\"\"")
              << QStringLiteral("    for head, value in parts:")
              << QStringLiteral("        data += f\"--{boundary}\\r\\nContent-Disposition: form-data; {head}\\r\\n\\r\\n\".encode() + value + b\"\\r\\n\"")
              << QStringLiteral("    return data + f\"--{boundary}--\\r\\n\".encode(), \"multipart/form-data; boundary=\" + boundary") << QString() << QString();
    return lines;
}

QString fieldValue(const AiGatewayCode::FormField &field)
{
    if (field.file)
        return QStringLiteral("Path(%1).read_bytes()").arg(field.hole->name.toUpper());
    if (!field.hole)
        return pythonString(field.text) + QStringLiteral(".encode()");
    if (field.hole->kind == Hole::Kind::Variable)
        return QStringLiteral("os.environ[%1].encode()").arg(pythonString(field.hole->source));
    return QStringLiteral("(%1).encode()").arg(pythonHole(*field.hole));
}

/// `data, kind = …`: a form's fields in the order of sending.
QStringList formLines(const AiGatewayCode &code, const Body &body, const QString &indent)
{
    QStringList lines{indent + QStringLiteral("data, kind = form([")};
    for (const AiGatewayCode::FormField &field : code.fields(body))
        lines << indent + QStringLiteral("    (%1, %2),").arg(pythonString(field.head()), fieldValue(field));
    return lines << indent + QStringLiteral("])");
}

QStringList jsonLines(const Body &body, const QString &indent)
{
    return {indent + QStringLiteral("payload = ") + pythonLiteral(body.json, body.substitute(pythonHole), int(indent.size() / 4)),
        indent + QStringLiteral("data, kind = json.dumps(payload).encode(), \"application/json\"")};
}

QStringList request(const AiGatewayCode &code)
{
    if (code.sent.form)
        return formLines(code, code.body, QString());
    if (!code.older)
        return jsonLines(code.body, QString());
    return QStringList{QStringLiteral("def takes_form():"), QStringLiteral("    \"\"\"As gateways up to 0.8.2 do. They refuse this before anything is done or paid.\"\"\""),
               QStringLiteral("    try:"), QStringLiteral("        with opened(GATEWAY + \"/llm\", b\"{}\", {\"Content-Type\": \"application/json\"}):"),
               QStringLiteral("            return False"), QStringLiteral("    except urllib.error.HTTPError as error:"),
               QStringLiteral("        return error.code == 400 and b\"multipart/form-data\" in error.read()"), QStringLiteral("    except OSError as error:"),
               QStringLiteral("        sys.exit(str(error))"), QString(), QString(), QStringLiteral("if takes_form():")}
        + formLines(code, *code.older, QStringLiteral("    ")) + QStringList{QStringLiteral("else:")} + jsonLines(code.body, QStringLiteral("    "));
}

const QString Whole = QStringLiteral("        answer = json.load(response)");

QStringList streamed()
{
    return {QStringLiteral("        finished = response.headers.get_content_type() == \"application/json\"  # it does not stream"),
        QStringLiteral("        if finished:"), QStringLiteral("            print(text_of(json.load(response)))"), QStringLiteral("        for line in response:"),
        QStringLiteral("            data = line[5:].strip() if line.startswith(b\"data:\") else b\"\""), QStringLiteral("            if data == b\"[DONE]\":"),
        QStringLiteral("                finished = True"), QStringLiteral("            elif data:"), QStringLiteral("                event = json.loads(data)"),
        QStringLiteral("                print(text_of(event), end=\"\", flush=True)"),
        QStringLiteral("                finished = event.get(\"done\") or any(one.get(\"finish_reason\") for one in event.get(\"choices\") or [])"),
        QStringLiteral("            if finished:"), QStringLiteral("                break"), QStringLiteral("    print()"), QStringLiteral("    if not finished:"),
        QStringLiteral("        sys.exit(\"The answer broke off.\")")};
}

/// Of an answer or an event, in either dialect.
QStringList textOf()
{
    return {QStringLiteral("def text_of(said):"), QStringLiteral("    if said.get(\"error\"):"), QStringLiteral("        sys.exit(f\"The gateway: {said['error']}\")"),
        QStringLiteral("    if said.get(\"done\"):  # its text is a mark"), QStringLiteral("        return \"\""),
        QStringLiteral("    text = said.get(\"response\") or said.get(\"chunk\") or \"\""), QStringLiteral("    for choice in said.get(\"choices\") or []:"),
        QStringLiteral("        text += (choice.get(\"message\") or choice.get(\"delta\") or {}).get(\"content\") or \"\""), QStringLiteral("    return text"), QString(), QString()};
}

QStringList waited(const AiGatewayCode &code)
{
    return {QStringLiteral("    job = answer.get(\"request_id\")"), QStringLiteral("    until = time.monotonic() + %1").arg(code.timeout),
        QStringLiteral("    while job and \"result\" not in answer:"), QStringLiteral("        if time.monotonic() > until:"), QStringLiteral("            sys.exit(\"The job takes too long.\")"),
        QStringLiteral("        time.sleep(1)"),
        QStringLiteral("        with opened(GATEWAY + %1, json.dumps({\"request_id\": job}).encode(), {\"Content-Type\": \"application/json\"}) as response:")
            .arg(pythonString(QLatin1Char('/') + code.sent.path + QStringLiteral("/result"))),
        QStringLiteral("            answer = json.load(response)"), QStringLiteral("    answer = answer.get(\"result\", answer)"), QStringLiteral("    if answer.get(\"error\"):"),
        QStringLiteral("        sys.exit(f\"The gateway: {answer['error']}\")")};
}

QStringList saved(const AiGatewayCode &code)
{
    const bool one = code.list.isEmpty();
    const QString indent(one ? 4 : 8, QLatin1Char(' '));
    QStringList lines;
    if (!one)
        lines << QStringLiteral("    for number, made in enumerate(answer[%1], 1):").arg(pythonString(code.list));
    lines << indent + QStringLiteral("url = urljoin(ORIGIN, %1[\"url\"])").arg(one ? QStringLiteral("answer[\"audio\"]") : QStringLiteral("made"))
          << indent + QStringLiteral("if not url.startswith((\"http://\", \"https://\", \"data:\")):") << indent + QStringLiteral("    sys.exit(\"The gateway names no file.\")")
          << indent + QStringLiteral("with opened(url) as file:")
          << indent + QStringLiteral("    Path(%1).write_bytes(file.read())").arg(one ? pythonString(code.mediaName) : QLatin1Char('f') + pythonString(code.mediaName.arg(QStringLiteral("{number}"))))
          << indent + QStringLiteral("print(%1)").arg(one ? pythonString(code.mediaName) : QLatin1Char('f') + pythonString(code.mediaName.arg(QStringLiteral("{number}"))));
    return lines;
}

QStringList read(const AiGatewayCode &code)
{
    switch (code.output) {
    case Output::Chat:
        if (code.stream)
            return streamed();
        return {Whole, QStringLiteral("    if not answer.get(\"response\") and not answer.get(\"choices\"):"), QStringLiteral("        sys.exit(f\"The answer has no text: {answer}\")"),
            QStringLiteral("    print(text_of(answer))")};
    case Output::Media: return QStringList{Whole} + (code.sent.async ? waited(code) : QStringList()) + saved(code);
    case Output::Text: return {Whole, QStringLiteral("    print(answer[\"text\"])")};
    case Output::Json: return {Whole, QStringLiteral("    print(json.dumps(answer, ensure_ascii=False, indent=2))")};
    }
    return {};
}

} // namespace

QString AiGatewayPython::whyNot(const SnippetContext &context) const
{
    return whyNoAiGatewayCode(context);
}

Snippet AiGatewayPython::generate(const SnippetContext &context) const
{
    const AiGatewayCode code(context);
    QStringList lines = header(code) + sending(code);
    if (code.output == Output::Chat)
        lines << textOf();
    QString kind = QStringLiteral("\"Content-Type\": kind");
    if (code.sent.async)
        kind += QStringLiteral(", \"Prefer\": \"respond-async\"");
    lines << request(code) << QStringLiteral("try:")
          << QStringLiteral("    with opened(GATEWAY + %1, data, {%2}) as response:").arg(pythonString(QLatin1Char('/') + code.sent.path), kind) << read(code)
          << QStringLiteral("except urllib.error.HTTPError as error:") << QStringLiteral("    sys.exit(f\"HTTP {error.code}: {error.read().decode(errors='replace')}\")")
          << QStringLiteral("except OSError as error:") << QStringLiteral("    sys.exit(str(error))")
          << QStringLiteral("except (AttributeError, KeyError, TypeError, ValueError) as error:") << QStringLiteral("    sys.exit(f\"The gateway's answer is none: {error!r}\")");
    Snippet snippet;
    snippet.text = joined(lines);
    snippet.fileName = QStringLiteral("call.py");
    snippet.language = QStringLiteral("python");
    snippet.run = QStringLiteral("python3 call.py");
    snippet.environment = code.environment;
    snippet.files = code.files();
    return snippet;
}

} // namespace sluice::detail
