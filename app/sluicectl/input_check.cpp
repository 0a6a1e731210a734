#include "input_check.h"

#include "await.h"
#include "text.h"

#include "sluice/base/schema_validator.h"

namespace sluice::ctl {

QCoro::Task<void> checkInput(Call call, std::shared_ptr<Connection> connection, bool sendsAnyway)
{
    // Apps are called owner/name, and only a listing tells who has them.
    if (sendsAnyway && !(call.backend == Call().backend && call.capability.contains(QLatin1Char('/'))))
        co_return;
    std::optional<CapabilityInfo> info;
    try {
        const QFuture<CapabilityInfo> described = connection->gateway().describe(call.capability);
        info = co_await settled(described);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        // The call itself will tell what is wrong with the network.
    }
    if (sendsAnyway || !info || info->inputSchema.isNull())
        co_return;
    const auto wrong = toError(SchemaValidator(info->inputSchema).validate(call.input));
    if (!wrong)
        co_return;
    Error error = *wrong;
    const QString advice = Text::tr("Nothing was sent. `sluicectl describe %1` shows what it wants; --no-check sends the input as it is.").arg(call.capability);
    throw error.withAdvice(error.advice().isEmpty() ? advice : error.advice() + QLatin1Char(' ') + advice);
}

} // namespace sluice::ctl
