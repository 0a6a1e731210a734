// Whatever a peer sends is refused with words, or is written again as it was read.
#include "sluice/llmworker/message.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::llmworker;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const auto message = parseClientMessage(text)) {
        const QByteArray again = std::visit([](const auto &one) { return one.toJson().dump(); }, *message);
        const auto read = parseClientMessage(again);
        require(read && *read == *message);
    } else {
        require(!message.error().message().isEmpty());
    }
    if (const auto message = ServerMessage::parse(text); message && !message->jobId.isNull()) {
        const auto read = ServerMessage::parse(message->dump());
        require(read && read->kind == message->kind && read->jobId == message->jobId && read->message == message->message);
    }
    return 0;
}
