// An OpenAI client on one side, a Livepeer gateway's /llm on the other, and no socket in sight: what the gateway is to be sent goes to
// standard error, what it answers comes from standard input, and what the client gets goes to standard output.
//
//     openai_transform '{"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}]}' < answer-of-the-gateway
#include <sluice/openai/stream_transform.h>
#include <sluice/openai/transform.h>

#include <cstdio>

using namespace sluice::openai;

static void write(std::FILE *file, const QByteArray &text)
{
    std::fwrite(text.constData(), 1, std::size_t(text.size()), file);
    std::fflush(file);
}

static QByteArray read()
{
    char buffer[7]; // so few that every event comes in pieces
    return {buffer, qsizetype(std::fread(buffer, 1, sizeof buffer, stdin))};
}

static int refused(const ApiError &error)
{
    write(stdout, error.toJson().dump() + '\n');
    return 1;
}

int main(int argc, char **argv)
{
    const auto request = ChatRequest::parse(argc > 1 ? argv[1] : "");
    if (!request)
        return refused(request.error());
    const auto form = transformRequest(*request, Mapping::Semantic);
    if (!form)
        return refused(form.error());
    const auto fields = form->fields();
    for (const auto &[name, value] : fields)
        write(stderr, name + '=' + value + '\n');

    const AnswerIdentity identity = AnswerIdentity::fresh(request->model);
    if (!request->stream) {
        UpstreamAnswer upstream;
        for (QByteArray bytes = read(); !bytes.isEmpty(); bytes = read())
            upstream.body += bytes;
        const auto answer = transformAnswer(*request, upstream, Dialect::Legacy, identity);
        if (!answer)
            return refused(answer.error());
        write(stdout, answer->toJson().dump() + '\n');
        return 0;
    }
    StreamTransform transform(*request, Dialect::Legacy, identity);
    ChatEvent::Kind last = ChatEvent::Kind::Chunk;
    while (!transform.ended()) {
        const QByteArray bytes = read();
        const QList<ChatEvent> events = bytes.isEmpty() ? transform.finish() : transform.feed(bytes);
        for (const ChatEvent &event : events) {
            write(stdout, event.sse());
            last = event.kind;
        }
    }
    return last == ChatEvent::Kind::Complete ? 0 : 1;
}
