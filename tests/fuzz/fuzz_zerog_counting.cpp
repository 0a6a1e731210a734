// Bodies and answers: the body that is sent on is stable and countable, and an answer is counted the same however it is cut.
#include "sluice/zerog/counting.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::zerog;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

struct Outcome {
    QByteArray bytes;
    std::optional<U256> count;
    bool failed = false;
    bool operator==(const Outcome &) const = default;
};

Outcome relayed(ServiceType type, const Headers &headers, QByteArrayView answer, qsizetype step)
{
    AnswerCounter::Limits limits;
    limits.maxAnswerBytes = 1 << 20;
    AnswerCounter counter(type, 200, headers, limits);
    Outcome outcome;
    int completions = 0;
    const auto take = [&](const Expected<QList<AnswerCounter::Piece>> &pieces) {
        outcome.failed = outcome.failed || !pieces;
        if (!pieces) {
            require(!pieces.error().message().isEmpty());
            return;
        }
        for (const AnswerCounter::Piece &piece : *pieces) {
            outcome.bytes += piece.bytes;
            completions += piece.completes;
            require(!piece.completes || counter.outputCount());
        }
    };
    for (qsizetype at = 0; at < answer.size() && !outcome.failed; at += step)
        take(counter.feed(answer.sliced(at, std::min(step, answer.size() - at))));
    if (!outcome.failed)
        take(counter.finish());
    outcome.count = counter.outputCount();
    require(completions <= 1 && (completions == 1) == outcome.count.has_value());
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView text(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    if (const auto body = forwardedBody(text)) {
        const auto again = forwardedBody(*body);
        require(again && *again == *body);
        require(inputCount(ServiceType::Storage, *body).hasValue());
        const auto words = inputCount(ServiceType::Chatbot, *body);
        require(words || !words.error().message().isEmpty());
    }
    static const Headers kinds[] = {{{"Content-Type", "application/json"}}, {{"Content-Type", "text/event-stream"}}, {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}},
        {{"Content-Type", "text/event-stream"}, {"Content-Encoding", "br"}}, {{"Content-Type", "application/json"}, {"Content-Encoding", "br"}}};
    const Headers &headers = kinds[data[0] % 5];
    for (const ServiceType type : {ServiceType::Chatbot, ServiceType::Storage}) {
        const Outcome whole = relayed(type, headers, text, std::max<qsizetype>(text.size(), 1));
        const Outcome cut = relayed(type, headers, text, 1 + data[0] / 5);
        require(whole == cut || (whole.failed && cut.failed));
    }
    return 0;
}
