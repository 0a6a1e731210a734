#include "output.h"
#include "render.h"
#include "text.h"

#include "sluice/gateway/json_forms.h"

namespace sluice::ctl {

void printError(const Error &error, bool json)
{
    if (json && !Output::instance().failure()) {
        writeOut(Json{{QStringLiteral("type"), QStringLiteral("error")}, {QStringLiteral("ok"), false}, {QStringLiteral("error"), errorToJson(error)}}.dump() + '\n');
        return;
    }
    writeErr(Text::tr("Error: %1").arg(error.describe()));
    if (error.paymentSent())
        writeErr(Text::tr("Tickets had left before it failed: the payment may be spent."));
}

} // namespace sluice::ctl
