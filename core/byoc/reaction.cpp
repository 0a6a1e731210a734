#include "sluice/byoc/reaction.h"

#include <algorithm>

namespace sluice::byoc {

Reaction reactionTo(int status, QByteArrayView body, bool fromWorker)
{
    if (status >= 200 && status < 300)
        return Reaction::Deliver;
    const bool clientError = status >= 400 && status < 500;
    if (clientError && !fromWorker) {
        const QByteArray text = body.first(std::min<qsizetype>(body.size(), 2000)).toByteArray();
        if (text.contains("TicketParams expired"))
            return Reaction::NewToken;
        if (text.trimmed().startsWith("Insufficient balance"))
            return Reaction::TopUp;
        // /ai/stream/start says with 400 what a batch job is told with 503 (byoc.md 5.3).
        if (text.startsWith("No capacity available"))
            return Reaction::NextOrchestrator;
        if (text.contains("Could not verify job creds") || status == 403)
            return Reaction::OtherSignature;
    }
    if (status >= 500 || status == 408 || status == 429)
        return Reaction::NextOrchestrator;
    return Reaction::Final;
}

} // namespace sluice::byoc
