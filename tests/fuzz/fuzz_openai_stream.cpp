// A stream of any dialect means the same however the network cuts it, and has exactly one end, which is its last event.
#include "sluice/openai/stream_transform.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::openai;

namespace {

ChatRequest requestFor(std::uint8_t choice)
{
    const QByteArray stop = choice & 4 ? R"(,"stop":["lo","\n\n"])" : "";
    const QByteArray usage = choice & 8 ? R"(,"stream_options":{"include_usage":true})" : "";
    const auto request = ChatRequest::parse(R"({"model":"m","messages":[{"role":"user","content":"x"}])" + stop + usage + "}");
    if (!request)
        std::abort();
    return *request;
}

/// What is sent, with the end's kind behind it. The original's chunks tell the time, which goes on.
QByteArray read(QByteArrayView stream, qsizetype step, std::uint8_t choice)
{
    AnswerIdentity identity;
    identity.id = QStringLiteral("chatcmpl-1");
    identity.created = 1;
    const auto dialect = Dialect(choice % 3);
    StreamTransform transform(requestFor(choice), dialect, identity, choice & 16 ? Mapping::Compat : Mapping::Semantic);
    if (choice & 32)
        transform.begin(choice & 64 ? 500 : 200, choice & 128 ? "application/json" : "text/event-stream");
    QByteArray sent;
    int ends = 0;
    const auto take = [&](const QList<ChatEvent> &events) {
        for (ChatEvent event : events) {
            if (ends > 0)
                std::abort();
            ends += event.isEnd() ? 1 : 0;
            if (event.mapping == Mapping::Compat)
                event.chunk.created = 1;
            sent += event.sse();
            if (event.isEnd())
                sent += "\nend " + QByteArray::number(int(event.kind)) + ' ' + event.error.message.toUtf8();
        }
    };
    for (qsizetype at = 0; at < stream.size(); at += step)
        take(transform.feed(stream.sliced(at, std::min(step, stream.size() - at))));
    take(transform.finish());
    if (ends != 1 || !transform.ended())
        std::abort();
    return sent;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const QByteArrayView stream(reinterpret_cast<const char *>(data + 2), qsizetype(size) - 2);
    const QByteArray whole = read(stream, std::max<qsizetype>(1, stream.size()), data[0]);
    if (read(stream, 1, data[0]) != whole || read(stream, 2 + data[1] % 30, data[0]) != whole)
        std::abort();
    return 0;
}
