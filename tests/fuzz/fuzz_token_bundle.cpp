// Token bundles and ticket parameters as strangers hand them out: reading never crashes, and what is read writes
// itself back to what reads the same.

#include "sluice/base/bytes.h"
#include "sluice/payments/sdk_token.h"
#include "sluice/payments/ticket_params.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    for (const QByteArray &token : {input.toByteArray(), bytes::toBase64(input)}) {
        const auto parsed = SdkToken::parse(token);
        if (parsed && parsed->orchestrators && parsed->orchestrators->contains(QString()))
            std::abort();
        if (!parsed && !parsed.error().message().startsWith(QLatin1String("Invalid token: ")))
            std::abort();
    }
    const auto json = Json::parse(input, Json::Limits{1 << 16, 16});
    if (!json)
        return 0;
    if (const auto params = TicketParams::fromJson(*json)) {
        const auto again = TicketParams::fromJson(params->toJson());
        if (!again || !(*again == *params))
            std::abort();
        (void)params->expectedValue();
    }
    if (const auto price = priceFromJson(*json)) {
        const auto again = priceFromJson(priceToJson(*price));
        if (!again || !(*again == *price))
            std::abort();
    }
    return 0;
}
