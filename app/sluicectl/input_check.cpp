#include "input_check.h"

#include "await.h"
#include "text.h"

#include "sluice/base/schema_validator.h"

namespace sluice::ctl {

QCoro::Task<void> checkInput(Call call, std::shared_ptr<Connection> connection, bool sendsAnyway)
{
    if (sendsAnyway)
        co_return;
    std::optional<CapabilityInfo> info;
    try {
        const bool byName = call.backend.isEmpty() || call.backend == Call().backend;
        const QFuture<CapabilityInfo> described = byName ? connection->gateway().describe(call.capability) : connection->gateway().describe(call.id());
        info = co_await settled(described);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        // The call itself will tell what is wrong with the network.
    }
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
