// A stream of any dialect means the same however the network cuts it, and has exactly one end, which is its last event. The short way for
// pieces that are alike writes what the long one does.
#include "sluice/openai/alike_pieces_p.h"
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
QByteArray read(QByteArrayView stream, qsizetype step, std::uint8_t choice, bool shortWay = false)
{
    AnswerIdentity identity;
    identity.id = QStringLiteral("chatcmpl-1");
    identity.created = 1;
    const auto dialect = Dialect(choice % 3);
    StreamTransform transform(requestFor(choice), dialect, identity, choice & 16 ? Mapping::Compat : Mapping::Semantic);
    if (choice & 32)
        transform.begin(choice & 64 ? 500 : 200, choice & 128 ? "application/json" : "text/event-stream");
    const auto face = choice & 2 && !(choice & 16) ? completionsFace() : choice & 16 ? compatFace() : chatCompletionsFace();
    AlikePieces alike(requestFor(choice), dialect, transform, *face);
    QByteArray sent;
    int ends = 0;
    const auto take = [&](const QList<ChatEvent> &events) {
        for (ChatEvent event : events) {
            if (ends > 0)
                std::abort();
            ends += event.isEnd() ? 1 : 0;
            if (event.chunk.toText() != event.chunk.toJson().dump())
                std::abort();
            if (event.mapping == Mapping::Compat)
                event.chunk.created = 1;
            sent += face->event(event);
            if (event.isEnd())
                sent += "\nend " + QByteArray::number(int(event.kind)) + ' ' + event.error.message.toUtf8();
        }
    };
    for (qsizetype at = 0; at < stream.size(); at += step) {
        QByteArrayView bytes = stream.sliced(at, std::min(step, stream.size() - at));
        if (shortWay && !transform.ended())
            sent += alike.take(bytes);
        const auto events = transform.feed(bytes);
        if (shortWay && !bytes.isEmpty())
            alike.learn(bytes, events);
        take(events);
    }
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
    for (const qsizetype step : {qsizetype(2 + data[1] % 200), std::max<qsizetype>(1, stream.size())}) {
        if (read(stream, step, data[0], true) != whole)
            std::abort();
    }
    return 0;
}
