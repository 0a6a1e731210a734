// What is passed on of a stream is the same however the network cuts it, and ends with what the upstream or a failure says; the routes beside
// chats refuse what they cannot take.
#include "sluice/openai/chat_face.h"
#include "sluice/openai/media_forms_p.h"
#include "sluice/openai/passed_stream_p.h"

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

QByteArray passed(QByteArrayView stream, qsizetype step, const QByteArray &route, bool cut)
{
    PassedStream pass(route);
    QByteArray on;
    for (qsizetype at = 0; at < stream.size() && !pass.ended(); at += step)
        on += pass.feed(stream.sliced(at, std::min(step, stream.size() - at)));
    on += pass.finish(cut);
    require(pass.ended());
    return on;
}

/// Where a stream ends early, how much of what came at once behind its end goes along is a matter of the cut.
void checkStream(QByteArrayView stream, std::uint8_t choice)
{
    static const QList<QByteArray> routes{"/completions", "/responses", "/audio/speech", "/llm"};
    const QByteArray route = routes.at(choice % 4);
    const bool cut = choice & 4;
    const QByteArray bytewise = passed(stream, 1, route, cut);
    const QByteArray whole = passed(stream, std::max<qsizetype>(1, stream.size()), route, cut);
    require(whole.startsWith(bytewise.left(std::min(bytewise.size(), whole.size()))) || bytewise.contains("\"error\""));
    require(passed(stream, 1, route, cut) == bytewise);
}

void checkRequests(const QByteArray &body)
{
    for (const auto &face : {completionsFace(), responsesFace()}) {
        const auto request = face->request(QByteArrayView(body));
        require(request ? !request->messages.isEmpty() : request.error().status == 400 || request.error().status == 413);
    }
    for (const char *type : {"application/json", "multipart/form-data; boundary=b"}) {
        const media::Incoming incoming({{"Content-Type", type}}, body);
        if (const auto made = media::imageGeneration(incoming, false); !made)
            require(made.error().status == 400 && !made.error().message.isEmpty());
        if (const auto made = media::imageEdit(incoming, true); !made)
            require(made.error().status == 400 && !made.error().message.isEmpty());
        if (const auto made = media::transcription(incoming); !made)
            require(made.error().status == 400 && !made.error().message.isEmpty());
        if (const auto made = media::speech(incoming); !made)
            require(made.error().status == 400 && !made.error().message.isEmpty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView rest(reinterpret_cast<const char *>(data + 1), qsizetype(size) - 1);
    if (data[0] & 128)
        checkRequests(rest.toByteArray());
    else
        checkStream(rest, data[0]);
    return 0;
}
