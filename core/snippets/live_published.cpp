#include "sluice/snippets/live_p.h"

#include "sluice/snippets/literals_p.h"

namespace sluice::detail {

namespace {

QStringList opening(const Body &body)
{
    QStringList lines{QStringLiteral("# livepeer-gateway 1.0 (Python 3.12 or later) · live-video-to-video, directly to an orchestrator"),
            QStringLiteral("# pip install \"livepeer-gateway>=1.0.0\""),
            QStringLiteral("# Usage: python3 live.py [VIDEO]    without a video, ten seconds of grey that grows brighter"),
            QStringLiteral("import asyncio")};
    if (body.has(Hole::Kind::File))
        lines << QStringLiteral("import base64");
    if (body.readsJson())
        lines << QStringLiteral("import json");
    lines << QStringLiteral("import os") << QStringLiteral("import sys") << QStringLiteral("from fractions import Fraction");
    if (body.has(Hole::Kind::File))
        lines << QStringLiteral("from pathlib import Path");
    lines << QString() << QStringLiteral("import av") << QStringLiteral("from livepeer_gateway.errors import LivepeerGatewayError")
          << QStringLiteral("from livepeer_gateway.lv2v import StartJobRequest, start_lv2v")
          << QStringLiteral("from livepeer_gateway.media_publish import MediaPublishConfig, VideoOutputConfig") << QString();
    for (const Hole &hole : body.holes) {
        if (hole.kind == Hole::Kind::File)
            lines << QStringLiteral("%1 = %2").arg(hole.name.toUpper(), pythonString(hole.source));
    }
    return lines;
}

QStringList pictures()
{
    return {QStringLiteral("def pictures():"), QStringLiteral("    if len(sys.argv) > 1:"),
            QStringLiteral("        with av.open(sys.argv[1]) as video:"), QStringLiteral("            yield from video.decode(video=0)"),
            QStringLiteral("        return"), QStringLiteral("    for number in range(300):"),
            QStringLiteral("        picture = av.VideoFrame(640, 480, \"rgb24\")"),
            QStringLiteral("        picture.planes[0].update(bytes([number % 256]) * picture.planes[0].buffer_size)"),
            QStringLiteral("        picture.pts, picture.time_base = number, Fraction(1, 30)"), QStringLiteral("        yield picture"), QString(),
            QStringLiteral("async def show(job):"), QStringLiteral("    async for picture in job.media_output().frames():"),
            QStringLiteral("        if picture.kind == \"video\":"),
            QStringLiteral("            print(f\"{picture.width} x {picture.height}\", flush=True)"), QString()};
}

QString starting(bool token)
{
    if (token)
        return QStringLiteral("    job = start_lv2v(None, request, token=os.environ[\"LIVEPEER_TOKEN\"])");
    return QStringLiteral("    signer_auth = os.environ.get(\"LIVEPEER_SIGNER_AUTH\")\n"
                          "    job = start_lv2v(\n"
                          "        os.environ[\"LIVEPEER_ORCH_URL\"],\n"
                          "        request,\n"
                          "        signer_url=os.environ.get(\"LIVEPEER_SIGNER_URL\"),\n"
                          "        signer_headers={\"Authorization\": signer_auth} if signer_auth else None,\n"
                          "    )");
}

QStringList running()
{
    return {QStringLiteral("    showing = asyncio.create_task(show(job))"), QStringLiteral("    try:"),
            QStringLiteral("        media = job.start_media(MediaPublishConfig(tracks=[VideoOutputConfig(fps=30)]))"),
            QStringLiteral("        for picture in pictures():"), QStringLiteral("            await media.write_frame(picture)"),
            QStringLiteral("            await asyncio.sleep(1 / 30)"),
            QStringLiteral("        # Meanwhile, await job.control.write(params) changes them, and job.events() tells what happens."),
            QStringLiteral("        await asyncio.sleep(2)  # for what is still on its way"), QStringLiteral("    finally:"),
            QStringLiteral("        showing.cancel()"), QStringLiteral("        await job.close()"), QString(), QStringLiteral("try:"),
            QStringLiteral("    asyncio.run(main())"), QStringLiteral("except LivepeerGatewayError as error:"),
            QStringLiteral("    sys.exit(f\"livepeer: {error}\")")};
}

} // namespace

Snippet livePublished(const Plan &plan, const Call &call)
{
    const bool token = plan.route == Route::Paid && plan.payer == Payer::Token;
    const QString model = pythonString(call.model.isEmpty() ? QStringLiteral("noop") : call.model);
    QStringList lines = opening(plan.body);
    lines << QStringLiteral("params = ") + pythonLiteral(plan.body.json, plan.body.substitute(pythonHole)) << QString() << pictures()
          << QStringLiteral("async def main():") << QStringLiteral("    request = StartJobRequest(model_id=%1, params=params)").arg(model) << starting(token)
          << running();
    Snippet snippet;
    snippet.text = joined(lines);
    snippet.fileName = QStringLiteral("live.py");
    snippet.language = QStringLiteral("python");
    snippet.install = QStringLiteral("pip install \"livepeer-gateway>=1.0.0\"");
    snippet.run = QStringLiteral("python3 live.py");
    if (token)
        snippet.environment << tokenVariable();
    else
        snippet.environment << SnippetVariable{plan.addressVariable(), QStringLiteral("The orchestrator's address, e.g. https://localhost:8935."), plan.address, true, false}
                            << signerVariable(plan.route == Route::Paid) << signerAuthVariable();
    snippet.environment << plan.body.variables();
    snippet.files = plan.body.files();
    return snippet;
}

} // namespace sluice::detail
