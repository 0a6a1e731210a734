// Whatever a peer sends as a header, a token or a list: a value or an error, and what was accepted survives its own form.
#include "sluice/byoc/wire.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::byoc;

namespace {

template <typename T> void mustSurvive(const Expected<T> &parsed)
{
    if (!parsed)
        return;
    const auto again = T::fromJson(parsed->toJson());
    if (!again || !(*again == *parsed))
        std::abort();
}

void readAll(QByteArrayView text)
{
    mustSurvive(JobHeader::fromHeader(text));
    mustSurvive(TokenCredentials::fromHeader(text));
    const auto json = Json::parse(text);
    if (json) {
        mustSurvive(JobHeader::fromJson(*json));
        mustSurvive(CapabilityRegistration::fromJson(*json));
    }
    if (const auto job = JobHeader::fromHeader(text)) {
        if (const auto signature = decodeSignature(job->sig); signature && signature->size() > 512)
            std::abort();
        if (const auto message = job->v1SigningBytes(); message && message->size() < 36)
            std::abort();
    }
    mustSurvive(JobToken::parse(text));
    if (const auto listing = parseListing(text)) {
        for (const ListedCapability &capability : *listing) {
            if (capability.name.isEmpty() || capability.priceScaling < 1)
                std::abort();
        }
    }
    if (const auto found = parseDiscovery(text)) {
        for (const DiscoveredOrchestrator &orchestrator : *found) {
            if (orchestrator.address.isEmpty())
                std::abort();
        }
    }
    if (const auto outcomes = parseOutcomes(text)) {
        for (const TicketOutcome &outcome : *outcomes) {
            if (outcome.recipientRandHash.size() != 32)
                std::abort();
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(reinterpret_cast<const char *>(data), qsizetype(size));
    readAll(text);
    // The same bytes inside the base64 that headers travel in.
    readAll(text.toByteArray().toBase64());
    return 0;
}
