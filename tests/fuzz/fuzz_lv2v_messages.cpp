// What an orchestrator and a client of live video send each other: reading never crashes, what is read encodes to what reads the
// same, and a start's answer holds nothing but channels' addresses.

#include "sluice/livepeer/messages.h"
#include "sluice/lv2v/wire.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::lv2v;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void answers(QByteArrayView input)
{
    const QUrl origin(QStringLiteral("https://o.example:8935"));
    const auto answer = StartAnswer::parse(input, origin);
    if (!answer)
        return;
    require(!answer->manifestId.isEmpty());
    for (const QUrl *url : {&answer->publish, &answer->subscribe, &answer->control, &answer->events}) {
        const bool http = url->scheme() == QLatin1String("http") || url->scheme() == QLatin1String("https");
        require(url->isEmpty() || (http && !url->host().isEmpty() && url->userInfo().isEmpty()));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto info = decodeInfo(input)) {
        const auto again = decodeInfo(encodeInfo(*info));
        require(again && *again == *info);
        static_cast<void>(serviceUrl(info->transcoder));
        if (info->price)
            static_cast<void>(perSecond(*info->price));
    }
    if (auto result = decodePaymentResult(input); result && *result) {
        auto again = decodePaymentResult(encodePaymentResult(**result));
        require(again && *again);
        (*result)->raw.clear(); // the bytes themselves may be written in several ways
        (*again)->raw.clear();
        require(*again == *result);
    }
    if (const auto segment = decodeSegment(input)) {
        const auto again = decodeSegment(encodeSegment(*segment));
        require(again && *again == *segment);
        static_cast<void>(segment->signingBytes());
    }
    if (const auto request = decodeInfoRequest(input); request && request->address) {
        const auto again = decodeInfoRequest(encodeInfoRequest(*request));
        require(again && *again == *request);
    }
    answers(input);
    if (const auto json = Json::parse(input)) {
        if (const auto request = StartRequest::fromJson(*json))
            require(*StartRequest::fromJson(request->toJson()) == *request);
    }
    return 0;
}
