#include "await.h"
#include "call_check.h"
#include "call_options.h"
#include "commands.h"
#include "execute_live.h"
#include "text.h"

#include <QtCore/QRegularExpression>

namespace sluice::ctl {

namespace {

CommandLine liveLine()
{
    CommandLine line(QStringLiteral("live"), QStringLiteral("NAME --source camera|pattern|FILE [options]"),
        Text::tr("Opens a live job: sends video (or lines) to a capability as it is made and takes what comes back, until Ctrl-C.\n"
                 "Pays ahead while it runs. Data records go to standard output, everything else to standard error."));
    line.addOption({QStringLiteral("s"), QStringLiteral("source")},
        Text::tr("camera, camera:NAME, pattern (a test picture with a clock), a video file, or a picture to stand in for a camera.\n"
                 "Without it standard input is sent, to capabilities that take no video."),
        QStringLiteral("SOURCE"));
    line.addOption({QStringLiteral("seconds")}, Text::tr("End after this time; a file is repeated until then."), QStringLiteral("N"));
    line.addOption({QStringLiteral("o"), QStringLiteral("out")}, Text::tr("Write what comes back to this file: MPEG-TS, or bytes as they are."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("set")}, Text::tr("One parameter of the job, e.g. filter=edges; a JSON value where it is one.\nMay be repeated."),
        QStringLiteral("KEY=VALUE"));
    line.addOption({QStringLiteral("i"), QStringLiteral("input")}, Text::tr("All parameters as a JSON object, @FILE, or -."), QStringLiteral("JSON|@FILE"));
    line.addOption({QStringLiteral("model")}, Text::tr("Model, where the capability has several."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("size")}, Text::tr("Picture size of camera and pattern; default 640x480."), QStringLiteral("WxH"));
    line.addOption({QStringLiteral("fps")}, Text::tr("Pictures per second; default 30. A video file keeps its own rate up to this, by default up to 60."), QStringLiteral("N"));
    line.addOption({QStringLiteral("bitrate")}, Text::tr("Kilobits per second; default: constant quality."), QStringLiteral("KBPS"));
    line.addOption({QStringLiteral("segment")}, Text::tr("Milliseconds of video in one segment; default 1000."), QStringLiteral("MS"));
    line.addOption({QStringLiteral("raw")}, Text::tr("Treat it as no video, whatever the network's listing says."));
    line.addOption({QStringLiteral("segment-lines")}, Text::tr("Lines of standard input in one segment; default: those that come within an eighth of a second."), QStringLiteral("N"));
    line.addOption({QStringLiteral("parameters")}, Text::tr("The job's own `parameters`, a JSON object."), QStringLiteral("JSON|@FILE"));
    line.addOption({QStringLiteral("t"), QStringLiteral("timeout")}, Text::tr("Seconds that the worker may take to accept the job; default 60."), QStringLiteral("S"));
    line.addOption({QStringLiteral("max-spend")}, Text::tr("Largest expected value of tickets that this job may send, as \"0.01 ETH\" or a number of wei."), QStringLiteral("AMOUNT"));
    addMaxPriceOption(line);
    addNoCheckOption(line);
    Connection::addOptions(line);
    line.addJson();
    line.addNote(Text::tr("With --json the last line holds the measurements: latency_ms {p50, p95}, first_frame_ms, frames_in (captured), frames_out\n"
                          "(came back), dropped, paid_wei. Lines before it: ready, event, data, output, warning."));
    line.addExample(QStringLiteral("sluicectl live noop --source pattern --seconds 10 --json"), Text::tr("How fast is the network?"));
    line.addExample(QStringLiteral("sluicectl live video-filter --source camera --set filter=edges --out edges.ts"), Text::tr("Your camera, drawn; ends with Ctrl-C."));
    line.addExample(QStringLiteral("tail -f server.log | sluicectl live log-tail"), Text::tr("Lines in, records out."));
    return line;
}

Json valueOf(const QString &text)
{
    const auto json = Json::parse(text.toUtf8());
    return json ? *json : Json(text);
}

Json parametersOf(const CommandLine &line)
{
    Json parameters = Json::object();
    if (line.has(QStringLiteral("input"))) {
        const auto given = Json::parse(readArgument(line.value(QStringLiteral("input")), QStringLiteral("input")));
        if (!given || !given->isObject())
            throw Error(Error::Kind::InvalidInput, Text::tr("--input is not a JSON object."))
                .withAdvice(Text::tr("Quote it for the shell, e.g. --input '{\"filter\":\"edges\"}'."));
        parameters = *given;
    }
    const QStringList settings = line.values(QStringLiteral("set"));
    for (const QString &setting : settings) {
        const qsizetype equals = setting.indexOf(QLatin1Char('='));
        if (equals < 1)
            throw Error(Error::Kind::InvalidInput, Text::tr("--set \"%1\" does not read KEY=VALUE.").arg(setting));
        parameters.insert(setting.left(equals), valueOf(setting.mid(equals + 1)));
    }
    return parameters;
}

LiveWishes wishesOf(const CommandLine &line)
{
    LiveWishes wishes;
    wishes.json = line.json();
    wishes.source = line.value(QStringLiteral("source"));
    wishes.outFile = line.value(QStringLiteral("out"));
    wishes.raw = line.has(QStringLiteral("raw"));
    wishes.duration = std::chrono::seconds(line.number(QStringLiteral("seconds"), 0, 1, 7 * 24 * 3600));
    wishes.publish.framesPerSecond = double(line.number(QStringLiteral("fps"), 30, 1, 240));
    if (line.has(QStringLiteral("fps")))
        wishes.maxFramesPerSecond = wishes.publish.framesPerSecond;
    wishes.publish.bitrateKbps = int(line.number(QStringLiteral("bitrate"), 0, 10, 1'000'000));
    wishes.publish.segmentDuration = std::chrono::milliseconds(line.number(QStringLiteral("segment"), 1000, 100, 60'000));
    wishes.linesPerSegment = line.number(QStringLiteral("segment-lines"), 0, 1, 1'000'000);
    if (line.has(QStringLiteral("size"))) {
        static const QRegularExpression form(QStringLiteral("^([1-9][0-9]{1,3})x([1-9][0-9]{1,3})$"));
        const QRegularExpressionMatch match = form.match(line.value(QStringLiteral("size")));
        if (!match.hasMatch())
            throw Error(Error::Kind::InvalidInput, Text::tr("--size \"%1\" does not read WIDTHxHEIGHT, e.g. 1280x720.").arg(line.value(QStringLiteral("size"))));
        wishes.width = match.captured(1).toInt();
        wishes.height = match.captured(2).toInt();
    }
    return wishes;
}

} // namespace

QCoro::Task<int> liveCommand(QStringList arguments)
{
    CommandLine line = liveLine();
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    LiveWishes wishes = wishesOf(line);
    Call call = callWithout(line, Verb::Live);
    call.input = parametersOf(line);
    call.model = line.value(QStringLiteral("model"));
    const auto connection = co_await Connection::open(&line, openUserData());
    call.profile = connection->profileName();
    std::optional<CapabilityInfo> info;
    try {
        info = co_await settled(connection->gateway().describe(call.capability));
    } catch (const Error &error) {
        if (!wishes.raw || error.kind() == Error::Kind::Canceled)
            throw;
    }
    const CheckedCall checked{call, false};
    if (info && !line.has(QStringLiteral("no-check")))
        co_await checkDescribed(checked, *info, connection);
    // What the network does not list is taken for video.
    wishes.raw = wishes.raw || (info && info->live.raw);
    if (!wishes.raw && wishes.source.isEmpty()) {
        co_await connection->close();
        co_return line.refuse(Text::tr("%1 takes video; say where it comes from with --source camera, --source pattern or --source FILE.").arg(call.capability));
    }
    if (wishes.raw && !wishes.source.isEmpty()) {
        co_await connection->close();
        co_return line.refuse(Text::tr("%1 takes no video but what stands on standard input; leave --source out.").arg(call.capability));
    }
    QCoro::Task<int> running = executeLive(std::move(call), connection, std::move(wishes));
    co_return co_await running;
}

} // namespace sluice::ctl
