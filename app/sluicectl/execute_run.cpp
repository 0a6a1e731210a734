#include "await.h"
#include "execution.h"
#include "interrupt.h"
#include "render.h"
#include "text.h"

#include <QtCore/QSaveFile>
#include <QtCore/QStringDecoder>

#include <unistd.h>

namespace sluice::ctl {

namespace {

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

QCoro::Task<int> executeRun(Call call, std::shared_ptr<Connection> connection, Presentation presentation)
{
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

    if (!presentation.outFile.isEmpty())
        saveTo(presentation.outFile, result.content);
    if (presentation.json) {
        writeOut(toJson(result).dump() + '\n');
        co_return ExitOk;
    }
    if (presentation.outFile.isEmpty())
        printContent(result);
    writeErr(Text::tr("%1 %2 from %3: %4.")
                 .arg(QString::number(result.status), QString::fromLatin1(result.contentType), result.servedBy.host(),
                     paymentLine(result.payment)));
    co_return ExitOk;
}

QCoro::Task<int> execute(Call call, std::shared_ptr<Connection> connection, Presentation presentation)
{
    return call.verb == Verb::Stream ? executeStream(std::move(call), std::move(connection), std::move(presentation))
                                     : executeRun(std::move(call), std::move(connection), std::move(presentation));
}

} // namespace sluice::ctl
