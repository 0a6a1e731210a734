// Whatever a client sends is refused with a status and words, or can be passed on in every form.
#include "sluice/openai/compat.h"
#include "sluice/openai/transform.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::openai;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkForm(const LegacyForm &form)
{
    require(!form.fields().isEmpty());
    if (form.history)
        require(Json::parse(form.history->toUtf8()).hasValue());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView body(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const auto request = ChatRequest::parse(body)) {
        require(!request->model.isEmpty() && !request->messages.isEmpty() && request->n >= 1 && request->n <= 128);
        const auto again = ChatRequest::parse(request->raw.dump());
        require(again && again->raw == request->raw && again->messages == request->messages);
        const auto form = transformRequest(*request);
        require(form || (form.error().status == 400 && form.error().param));
        if (form)
            checkForm(*form);
        if (const auto json = transformToGateway(*request))
            require(Json::parse(json->dump()).hasValue());
    } else {
        require((request.error().status == 400 || request.error().status == 413) && !request.error().message.isEmpty());
    }
    if (const auto request = compat::parseRequest(body)) {
        const auto form = transformRequest(*request, Mapping::Compat);
        require(form.hasValue());
        checkForm(*form);
    } else {
        require(request.error().status == 400 || request.error().status == 500);
    }
    return 0;
}
