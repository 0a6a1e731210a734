#include "backend_p.h"

#include "sluice/aigateway/sent_call.h"
#include "sluice/base/file_text.h"

namespace sluice::aigateway {

namespace {

/// What the result's content is: the one file, or the JSON with all of them in it.
void putFiles(RunResult &result, const PipelineAnswer &answer)
{
    if (result.files.size() == 1) {
        result.contentType = result.files.first().contentType;
        result.content = result.files.first().content;
        result.json = answer.json;
        return;
    }
    Json whole = answer.json;
    for (const ResultFile &file : result.files)
        whole = whole.replaced(file.pointer, dataUri(file.contentType, file.content));
    result.contentType = "application/json";
    result.content = whole.dump();
}

/// Soon, because a gateway keeps them for a short time only.
QCoro::Task<QList<ResultFile>> fetched(std::shared_ptr<Client> client, PipelineAnswer answer, qsizetype maxBytes, CallContext context)
{
    QList<ResultFile> files;
    for (const MediaReference &reference : answer.media) {
        const MediaFile file = co_await client->fetch(reference.url, maxBytes, context);
        maxBytes -= file.content.size();
        files.append({reference.pointer, file.contentType, file.content, file.url});
    }
    co_return files;
}

QCoro::Task<PipelineAnswer> answerOf(std::shared_ptr<Client> client, const Pipeline *pipeline, int status, QByteArray body, CallContext context)
{
    if (status != 202) {
        const PipelineAnswer answer = orThrow(readAnswer(*pipeline, body));
        co_return answer;
    }
    const QString id = orThrow(readRequestId(body));
    const Json result = co_await client->resultOf(pipeline->name + QStringLiteral("/result"), id, context);
    const PipelineAnswer answer = orThrow(readAnswer(*pipeline, result));
    co_return answer;
}

} // namespace

QCoro::Task<RunResult> runPipeline(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    const Pipeline *pipeline = pipelineOf(call.call.capability);
    const SentCall sent = orThrow(sentFor(call.call, call.info, openai::Dialect::Gateway));
    const PipelineRequest request = orThrow(sent.written());
    const CallContext whole = context.within(call.call.timeout);
    const qsizetype bound = call.call.limits.maxAnswerBytes;
    Headers further{{"Accept", "application/json"}};
    if (sent.async)
        further.emplaceBack("Prefer", "respond-async");
    const auto stream = co_await access->client->open(request, further, whole);
    sink->servedBy(access->client->gateway());
    RunResult result;
    result.status = stream->status();
    result.headers = stream->headers();
    result.servedBy = access->client->gateway();
    result.askedAt = access->client->urlOf(request.path);
    const auto received = std::make_shared<QByteArray>();
    try {
        const QByteArray body = co_await access->client->bodyOf(stream, request, bound, received);
        const PipelineAnswer answer = co_await answerOf(access->client, pipeline, result.status, body, whole);
        *received = answer.json.dump();
        result.contentType = "application/json";
        result.content = body;
        if (!answer.media.isEmpty()) {
            result.files = co_await fetched(access->client, answer, bound, whole);
            putFiles(result, answer);
        }
    } catch (Error &error) {
        // It was paid for, and may name a file that is there for a little longer.
        if (!received->isEmpty())
            sink->keepReceived("application/json", *received);
        if (error.url().isEmpty())
            error.withRequest("POST", result.askedAt);
        throw error;
    }
    co_return result;
}

} // namespace sluice::aigateway
