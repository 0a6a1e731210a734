#include "input_check.h"

#include "await.h"
#include "interrupt.h"
#include "text.h"

#include "sluice/base/async.h"
#include "sluice/base/schema_validator.h"

namespace sluice::ctl {

QCoro::Task<void> checkInput(Call call, std::shared_ptr<Connection> connection, bool sendsAnyway)
{
    if (sendsAnyway)
        co_return;
    std::optional<CapabilityInfo> info;
    bool late = false;
    try {
        const bool byName = call.backend.isEmpty() || call.backend == Call().backend;
        QFuture<CapabilityInfo> described = byName ? connection->gateway().describe(call.capability) : connection->gateway().describe(call.id());
        // An answer that is due by then cannot come any more when the network has not even said what it wants.
        const QFuture<void> inTime = atMost(QFuture<void>(described), call.timeout);
        const QFuture<void> waited = endOrInterruption(inTime);
        co_await waited;
        late = !described.isFinished() && !Interrupt::instance().happened();
        if (late)
            described.cancel();
        else
            info = co_await settled(described);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        // The call itself will tell what is wrong with the network.
    }
    if (late)
        throw Error(Error::Kind::Timeout, Text::tr("The network did not answer in time: not within %1 s.").arg(call.timeout.count()))
            .withAdvice(Text::tr("Nothing was sent. Give it more time with --timeout, or see whether it runs."));
    if (!info || info->inputSchema.isNull())
        co_return;
    const auto wrong = toError(SchemaValidator(info->inputSchema).validate(call.input));
    if (!wrong)
        co_return;
    Error error = *wrong;
    const QString advice = Text::tr("Nothing was sent. `sluicectl describe %1` shows what it wants; --no-check sends the input as it is.").arg(call.capability);
    throw error.withAdvice(error.advice().isEmpty() ? advice : error.advice() + QLatin1Char(' ') + advice);
}

} // namespace sluice::ctl
