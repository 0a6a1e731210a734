#include "sluice/snippets/live_p.h"

#include "sluice/snippets/json_text_p.h"

namespace sluice::detail {

namespace {

/// Between two looks at the balance; debits come every 23 s (byoc.md 5.4).
constexpr int kPaymentSeconds = 20;

QString signCommand(const Plan &plan, const Call &call)
{
    QString command = QStringLiteral("sluicectl sign --live --capability %1 --timeout %2").arg(shellWord(plan.capability), QString::number(plan.timeout));
    if (call.parameters.size() > 0)
        command += QStringLiteral(" --parameters ") + shellWord(jsonLine(call.parameters));
    if (call.limits.maxSpendWei)
        command += QStringLiteral(" --max-spend ") + shellWord(*call.limits.maxSpendWei);
    return command + QStringLiteral(" --input - --orchestrator \"$LIVEPEER_ORCH_URL\" --json \"$@\"");
}

/// Without ticket parameters no signature is needed (byoc.md 1.4).
QStringList unsignedJob(const Plan &plan, const Call &call)
{
    Json parameters = call.parameters.isObject() ? call.parameters : Json::object();
    for (const char *flag : {"enable_video_ingress", "enable_video_egress", "enable_data_output"}) {
        if (!parameters.contains(QLatin1String(flag)))
            parameters.insert(QLatin1String(flag), true);
    }
    Json job = jobHeader(plan, call);
    job.insert(QStringLiteral("parameters"), jsonLine(parameters));
    job.remove(QStringLiteral("request"));
    const QString rest = jsonLine(job).mid(1);
    return {QStringLiteral("id=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')"),
            QStringLiteral("job='{\"id\":\"'$id'\",\"request\":\"{\\\"stream_id\\\":\\\"'$id'\\\"}\",'") + shellWord(rest),
            QStringLiteral("header=$(printf '%s' \"$job\" | base64 | tr -d '\\n')"),
            QStringLiteral("base=${LIVEPEER_ORCH_URL%/}/ai/stream"),
            QStringLiteral("payment="), QStringLiteral("pin=")};
}

QStringList signedJob(const Plan &plan, const Call &call)
{
    return {QStringLiteral("sign() { body | %1; }").arg(signCommand(plan, call)),
            QStringLiteral("signed=$(sign)"),
            QStringLiteral("field() { sed -n 's/.*\"'\"$1\"'\": *\"\\([^\"]*\\)\".*/\\1/p' <<<\"${2:-$signed}\"; }"),
            QStringLiteral("id=$(field stream_id)"), QStringLiteral("base=$(field url)"), QStringLiteral("base=${base%/start}"),
            QStringLiteral("header=$(field Livepeer)"), QStringLiteral("payment=$(field Livepeer-Payment)"),
            QStringLiteral("pin=$(field tls_pin)  # an orchestrator signs its own certificate: its key must be the one that sluicectl knows")};
}

QStringList payingLoop()
{
    return {QStringLiteral("# Pays ahead while the job runs: a signature costs tickets only when the balance wants them."),
            QStringLiteral("pay() {"),
            QStringLiteral("  local more payment"),
            QStringLiteral("  more=$(sign --stream-id \"$id\")"),
            QStringLiteral("  payment=$(field Livepeer-Payment \"$more\")"),
            QStringLiteral("  [ -z \"$payment\" ] || post payment --header \"Livepeer-Payment: $payment\" </dev/null"),
            QStringLiteral("}"),
            QStringLiteral("while sleep %1; do pay || break; done &").arg(kPaymentSeconds),
            QStringLiteral("payer=$!"),
            QStringLiteral("trap 'kill \"$payer\" 2>/dev/null || :; printf \"{}\" | post stop' EXIT"), QString()};
}

} // namespace

bool isLiveVideo(const Call &call)
{
    return call.verb == Verb::Live && call.backend == QLatin1String("lv2v");
}

QStringList liveCurl(const Plan &plan, const Call &call)
{
    const bool paid = plan.route == Route::Paid;
    QStringList lines = paid ? signedJob(plan, call) : unsignedJob(plan, call);
    lines << QString() << QStringLiteral("post() { # ROUTE [curl options], the body on standard input")
          << QStringLiteral("  curl --fail-with-body --silent --show-error --max-time %1 \"$base/$1\" \\").arg(plan.httpTimeout)
          << QStringLiteral("    --header \"Livepeer: $header\" ${pin:+--insecure --pinnedpubkey \"$pin\"} \\")
          << QStringLiteral("    --header 'Content-Type: application/json' --data-binary @- \"${@:2}\"") << QStringLiteral("}") << QString()
          << QStringLiteral("{ printf '{\"params\":'; body; printf '}'; } | post start --dump-header - ${payment:+--header \"Livepeer-Payment: $payment\"}")
          << QStringLiteral("trap 'printf \"{}\" | post stop' EXIT") << QString()
          << QStringLiteral("# The headers above name the channels: write MPEG-TS to X-Publish-Url and read X-Subscribe-Url, e.g. with")
          << QStringLiteral("# `sluicectl trickle publish URL` and `sluicectl trickle subscribe URL`.") << QString();
    if (paid)
        lines += payingLoop();
    return lines << QStringLiteral("# Each line of standard input changes parameters, e.g. {\"strength\": 2}; its end stops the job.")
                 << QStringLiteral("while IFS= read -r line; do") << QStringLiteral("  printf '%s' \"$line\" | post update") << QStringLiteral("done");
}

QStringList liveCppIncludes(const CapabilityInfo::LiveChannels &channels)
{
    if (channels.raw)
        return {};
    return {QStringLiteral("media/frame.h"), QStringLiteral("media/test_pattern.h")};
}

QStringList liveCpp(const CapabilityInfo::LiveChannels &channels)
{
    QStringList lines{QStringLiteral("    using sluice::LiveSession;"),
                      QStringLiteral("    const std::unique_ptr<LiveSession> session = gateway.live(call);"),
                      QStringLiteral("    QObject::connect(session.get(), &LiveSession::data, &app,"),
                      QStringLiteral("        [](const sluice::Json &record) { std::puts(record.dump().constData()); });"),
                      QStringLiteral("    QObject::connect(session.get(), &LiveSession::failed, &app, [](const sluice::Error &error) {"),
                      QStringLiteral("        std::fprintf(stderr, \"%s\\n\", qPrintable(error.describe()));"), QStringLiteral("    });")};
    if (channels.raw)
        lines << QStringLiteral("    session->setRawHandler([](const QByteArray &bytes, qint64, bool) {")
              << QStringLiteral("        std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stdout);") << QStringLiteral("    });");
    else
        lines << QStringLiteral("    // Called on the decoder's thread. A file instead of the pattern is sluice::media::FileSource.")
              << QStringLiteral("    session->setFrameHandler([](const sluice::media::Frame &frame) {")
              << QStringLiteral("        std::printf(\"%d x %d\\n\", frame.width(), frame.height());") << QStringLiteral("    });")
              << QStringLiteral("    session->publish(std::make_shared<sluice::media::TestPatternSource>());");
    lines << QStringLiteral("    QObject::connect(session.get(), &LiveSession::stateChanged, &app, [&](LiveSession::State state) {")
          << QStringLiteral("        if (state == LiveSession::State::Ready) {");
    if (channels.raw)
        lines << QStringLiteral("            session->writeRaw(\"one segment\\n\");");
    return lines << QStringLiteral("            // While it runs, session->update(parameters) changes what it does.")
                 << QStringLiteral("            QTimer::singleShot(10'000, session.get(), [&] { session->close(); });")
                 << QStringLiteral("        } else if (state == LiveSession::State::Closed || state == LiveSession::State::Failed) {")
                 << QStringLiteral("            finish(state == LiveSession::State::Closed ? 0 : 1);") << QStringLiteral("        }") << QStringLiteral("    });");
}

QStringList livePreview(const Plan &plan, const Call &call)
{
    const QString model = call.model.isEmpty() ? QString() : QStringLiteral(", model=") + pythonString(call.model);
    return {QString(), QStringLiteral("async def main():"),
            QStringLiteral("    async with gateway.live(%1%2, params=payload) as session:").arg(pythonString(plan.capability), model),
            QStringLiteral("        published = session.publish(fps=30)  # await published.write_frame(frame), av.VideoFrame"),
            QStringLiteral("        output = session.subscribe()         # async for frame in output.frames()"),
            QStringLiteral("        if session.control:"),
            QStringLiteral("            await session.control.write(payload)  # changes parameters while it runs"),
            QStringLiteral("        if session.events:"),
            QStringLiteral("            async for event in session.events():"),
            QStringLiteral("                print(event, flush=True)"), QString(), QStringLiteral("asyncio.run(main())")};
}

} // namespace sluice::detail
