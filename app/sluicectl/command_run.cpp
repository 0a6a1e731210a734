#include "await.h"
#include "call_options.h"
#include "commands.h"
#include "connection.h"
#include "interrupt.h"
#include "render.h"
#include "text.h"

#include <QtCore/QSaveFile>
#include <QtCore/QStringDecoder>

#include <unistd.h>

namespace sluice::ctl {

namespace {

CommandLine runLine()
{
    CommandLine line(QStringLiteral("run"), QStringLiteral("NAME --input JSON|@FILE|- [options]"),
        Text::tr("Calls a capability once, pays for it, and prints its answer. What it cost goes to standard error."));
    addCallOptions(line);
    line.addOption({QStringLiteral("o"), QStringLiteral("out")}, Text::tr("Write the answer's bytes to a file."), QStringLiteral("FILE"));
    Connection::addOptions(line);
    line.addJson();
    line.addExample(QStringLiteral("sluicectl run text-analysis --input '{\"text\":\"A fine day.\"}'"),
        Text::tr("On the current profile; a fresh machine starts its own sandbox for the call."));
    line.addExample(QStringLiteral("sluicectl run image-filter --input '{\"filter\":\"edges\"}' --file image=photo.jpg --out edges.png"),
        Text::tr("A file in, a file out."));
    line.addExample(QStringLiteral("echo '{\"text\":\"hi\"}' | sluicectl run text-analysis --input - --json"),
        Text::tr("For scripts: one JSON document with the answer, the tickets and the timeline."));
    line.addExample(QStringLiteral("sluicectl run NAME --input @in.json --orchestrator https://host:8935 --key key.txt --max-spend 5000000000"),
        Text::tr("Against an orchestrator of your choice, with a limit on what it may cost."));
    return line;
}

void saveTo(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        throw Error(Error::Kind::Storage, Text::tr("%1 cannot be written: %2.").arg(path, file.errorString()));
}

void printContent(const RunResult &result)
{
    if (result.isJson) {
        writeOut(result.json.dump(::isatty(STDOUT_FILENO) ? 2 : -1) + '\n');
        return;
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(result.content);
    if (decoder.hasError() && ::isatty(STDOUT_FILENO)) {
        writeErr(Text::tr("The answer is %1 bytes of %2, not shown on a terminal; use --out FILE.")
                     .arg(result.content.size())
                     .arg(QString::fromLatin1(result.contentType)));
        return;
    }
    writeOut(result.content);
    if (!decoder.hasError() && !text.endsWith(QLatin1Char('\n')) && ::isatty(STDOUT_FILENO))
        writeOut("\n");
}

} // namespace

QCoro::Task<int> runCommand(QStringList arguments)
{
    CommandLine line = runLine();
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    Call call = callFrom(line, Verb::Run);
    const QString out = line.value(QStringLiteral("out"));

    const auto connection = co_await Connection::open(&line, openUserData());
    call.profile = connection->profileName();
    QFuture<RunResult> future = connection->gateway().run(call);
    QObject::connect(&Interrupt::instance(), &Interrupt::interrupted, &connection->gateway(), [future]() mutable { future.cancel(); });
    RunResult result;
    std::optional<Error> failure;
    try {
        result = co_await settled(future);
    } catch (const Error &error) {
        failure = error;
    }
    if (failure && failure->kind() == Error::Kind::Canceled)
        failure = cancelledError(connection->data());
    co_await connection->close();
    if (failure)
        throw *failure;

    if (!out.isEmpty())
        saveTo(out, result.content);
    if (line.json()) {
        writeOut(toJson(result).dump() + '\n');
        co_return ExitOk;
    }
    if (out.isEmpty())
        printContent(result);
    writeErr(Text::tr("%1 %2 from %3: %4.")
                 .arg(QString::number(result.status), QString::fromLatin1(result.contentType), result.servedBy.host(),
                     paymentLine(result.payment)));
    co_return ExitOk;
}

} // namespace sluice::ctl
