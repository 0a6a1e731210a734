#include "await.h"
#include "call_check.h"
#include "call_options.h"
#include "commands.h"
#include "connection.h"
#include "render.h"
#include "text.h"

namespace sluice::ctl {

namespace {

Json toJson(const Gateway::SignedRequest &request)
{
    Json headers = Json::object();
    for (const auto &[name, value] : request.headers)
        headers.insert(QString::fromLatin1(name), QString::fromLatin1(value));
    Json json{{QStringLiteral("url"), request.url.toString(QUrl::FullyEncoded)}, {QStringLiteral("headers"), headers}};
    if (!request.streamId.isEmpty())
        json.insert(QStringLiteral("stream_id"), request.streamId);
    if (!request.tlsPin.isEmpty())
        json.insert(QStringLiteral("tls_pin"), request.tlsPin);
    return json;
}

QString curlHeaders(const Gateway::SignedRequest &request)
{
    QString text = QStringLiteral("%1\n").arg(request.url.toString(QUrl::FullyEncoded));
    for (const auto &[name, value] : request.headers)
        text += QStringLiteral("%1: %2\n").arg(QString::fromLatin1(name), QString::fromLatin1(value));
    return text;
}

} // namespace

QCoro::Task<int> signCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("sign"), QStringLiteral("--capability NAME --input JSON|@FILE|- [options]"),
        Text::tr("Prints the address and the headers of a call, signed and paid, for a tool that makes the HTTP request itself.\n"
                 "The body to send is the input. The tickets count as spent, whether the request is made or not."));
    line.addOption({QStringLiteral("capability")}, Text::tr("The capability to call."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("stream")}, Text::tr("Sign for a stream: its default path instead of run's."));
    line.addOption({QStringLiteral("live")},
        Text::tr("Sign for a live job: the address is that of its start; the same headers, without the payment, serve\n"
                 "update, payment and stop beside it. The body of start is {\"params\": INPUT}."));
    line.addOption({QStringLiteral("stream-id")}, Text::tr("The live job that is to be paid for; default: a new one."), QStringLiteral("ID"));
    addCallOptions(line);
    Connection::addOptions(line);
    line.addJson();
    line.addExample(QStringLiteral("sluicectl sign --capability text-analysis --input '{\"text\":\"hi\"}' --orchestrator https://127.0.0.1:8935 --json"),
        Text::tr("{\"url\": …, \"headers\": {\"Livepeer\": …, \"Livepeer-Payment\": …}}, with the key of SLUICE_SENDER_KEY."));
    if (const auto code = line.parse(arguments, 0, 1))
        co_return *code;
    Verb verb = line.has(QStringLiteral("stream")) ? Verb::Stream : Verb::Run;
    if (line.has(QStringLiteral("live")))
        verb = Verb::Live;
    else if (line.has(QStringLiteral("stream-id")))
        co_return line.refuse(Text::tr("--stream-id goes with --live."));
    const QString capability = line.has(QStringLiteral("capability")) ? line.value(QStringLiteral("capability")) : line.arguments().value(0);
    if (capability.isEmpty())
        co_return line.refuse(Text::tr("--capability is missing."));
    Call call = callFrom(line, verb);
    call.capability = capability;
    const auto connection = co_await Connection::open(&line, openUserData());
    call.profile = connection->profileName();
    const CheckedCall checked{call, true};
    if (!line.has(QStringLiteral("no-check")))
        co_await checkCall(checked, connection);
    const Gateway::SignedRequest request = co_await settled(connection->gateway().sign(call, line.value(QStringLiteral("stream-id"))));
    co_await connection->close();
    writeOut(line.json() ? toJson(request).dump() + '\n' : curlHeaders(request).toUtf8());
    writeErr(paymentLine(request.payment));
    co_return ExitOk;
}

} // namespace sluice::ctl
