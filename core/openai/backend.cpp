#include "sluice/openai/backend.h"

#include "backend_p.h"
#include "keys_p.h"

#include "sluice/backend/backend_services.h"
#include "sluice/net/multipart_form.h"

#include <algorithm>

namespace sluice::openai {

namespace {

const QString SchemaOrigin = QStringLiteral("OpenAI's API");

CapabilityInfo infoOf(const ListedModel &model, const ClientSettings &settings)
{
    const CapabilityId id{BackendId, model.id, QString()};
    CapabilityInfo info = CapabilityInfo::unlisted(id);
    const Endpoint endpoint = Endpoint::of(model.id);
    info.listed = true;
    info.description = model.description;
    info.path = endpoint.path;
    info.verbs = endpoint.verbs();
    info.inputSchema = endpoint.inputSchema();
    info.outputSchema = endpoint.outputSchema();
    info.examples = endpoint.examples();
    info.schemaOrigin = SchemaOrigin;
    info.orchestrators = {settings.base};
    info.seenAt = QDateTime::currentDateTimeUtc();
    return info;
}

Expected<ClientRequest> requestFor(const BackendCall &call, const Endpoint &endpoint, const ClientSettings &settings)
{
    ClientRequest request;
    request.path = endpoint.path;
    request.answerTimeout = call.call.timeout;
    if (call.call.verb == Verb::Stream)
        request.accept = "text/event-stream";
    else if (endpoint.kind != Endpoint::Kind::Chat)
        request.accept = "*/*"; // sound, subtitles
    const auto body = requestBody(call.call, endpoint, settings.streamUsage);
    if (!body)
        return unexpected(body.error());
    if (!endpoint.form) {
        request.body = body->dump();
        return request;
    }
    const auto form = requestForm(*body);
    if (!form)
        return unexpected(form.error());
    request.contentType = form->contentType();
    request.body = form->body();
    return request;
}

bool isEventStream(const QByteArray &contentType)
{
    return contentType.toLower().startsWith("text/event-stream");
}

/// Reads to the end; what came so far is in `received`, also after an error.
QCoro::Task<void> readWhole(AnswerReading reading, std::shared_ptr<QByteArray> received)
{
    if (const QByteArray packed = reading.stream->unknownEncoding(); !packed.isEmpty())
        throw Error(Error::Kind::Protocol, QStringLiteral("The answer is packed with \"%1\", though nobody asked for it, and cannot be unpacked here.").arg(QString::fromLatin1(packed.left(40))));
    for (;;) {
        const QByteArray bytes = co_await reading.stream->read();
        if (bytes.isEmpty())
            co_return;
        if (received->size() + bytes.size() > reading.maxBytes) {
            reading.stream->close();
            throw Error(Error::Kind::TooLarge, QStringLiteral("The answer is larger than the %1 bytes that this call accepts.").arg(reading.maxBytes))
                .withAdvice(QStringLiteral("Raise the call's limit for answers."));
        }
        *received += bytes;
    }
}

/// Throws for a 200 that is no answer (openai.md 4.2, 6).
void checkAnswer(const AnswerReading &reading, const QByteArray &content)
{
    if (content.trimmed().isEmpty())
        throw Error(Error::Kind::Protocol, QStringLiteral("The server answered %1 with nothing in it.").arg(reading.stream->status()));
    if (const auto page = reading.client->pageInstead(reading.url, content))
        throw Error(*page);
    if (!content.trimmed().startsWith('{'))
        return;
    const auto json = Json::parse(content);
    if (!json)
        return;
    if (const auto said = errorIn(*json))
        throw reading.client->failed(reading.url, *said);
    if (reading.endpoint.kind == Endpoint::Kind::Chat && json->value(keys::Choices).items().isEmpty())
        throw Error(Error::Kind::Protocol, QStringLiteral("The server's answer has no text: its `choices` are missing or empty."));
}

class OpenAiBackend final : public Backend {
public:
    OpenAiBackend(BackendServices &services, const BackendSettings &settings)
        : m_client(std::make_shared<Client>(services.http(), ClientSettings::from(settings), services.timing()))
        , m_idle(services.timing().streamIdleTimeout)
    {
        if (const auto checked = ClientSettings::check(settings, false); !checked)
            m_fault = Error(Error::Kind::Config, checked.error().message()).withAdvice(checked.error().advice());
    }

    [[nodiscard]] QString id() const override { return BackendId; }
    [[nodiscard]] std::optional<Error> refusal(const Call &call) const override
    {
        if (m_fault)
            return m_fault;
        return call.verb == Verb::Live ? std::optional(noSuchVerb(call)) : std::nullopt;
    }
    QCoro::Task<BackendListing> list(QStringList named, CallContext context) override;
    QCoro::Task<QList<CapabilityInfo>> quoted(QList<CapabilityInfo> infos, CallContext context) override;
    QCoro::Task<QList<CapabilityInfo>> lookUp(QString name, CallContext context) override;
    QCoro::Task<RunResult> run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override;
    QCoro::Task<std::shared_ptr<EventSource>> stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override;

private:
    QCoro::Task<AnswerReading> submit(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context);

    std::shared_ptr<Client> m_client;
    std::chrono::milliseconds m_idle;
    std::optional<Error> m_fault;
};

QCoro::Task<BackendListing> OpenAiBackend::list(QStringList, CallContext context)
{
    if (m_fault)
        throw Error(*m_fault);
    const auto models = co_await m_client->models(context);
    BackendListing listing;
    listing.reached = {m_client->settings().base};
    // Never a whole list: many servers answer to names that they do not list.
    for (const ListedModel &model : models.value_or(QList<ListedModel>()))
        listing.capabilities.append(infoOf(model, m_client->settings()));
    co_return listing;
}

/// Asks nobody: what a person named has its schema by its path.
QCoro::Task<QList<CapabilityInfo>> OpenAiBackend::quoted(QList<CapabilityInfo> infos, CallContext)
{
    for (CapabilityInfo &info : infos) {
        const Endpoint endpoint = Endpoint::of(info.name, info.path);
        if (info.path.isEmpty())
            info.path = endpoint.path;
        if (!info.inputSchema.isNull() && info.schemaOrigin != SchemaOrigin)
            continue; // the person's own
        info.inputSchema = endpoint.inputSchema();
        info.outputSchema = endpoint.outputSchema();
        info.schemaOrigin = info.inputSchema.isNull() ? QString() : SchemaOrigin;
    }
    co_return infos;
}

QCoro::Task<QList<CapabilityInfo>> OpenAiBackend::lookUp(QString name, CallContext)
{
    ListedModel model;
    model.id = name;
    QList<CapabilityInfo> infos{infoOf(model, m_client->settings())};
    infos.first().listed = false;
    co_return infos;
}

QCoro::Task<AnswerReading> OpenAiBackend::submit(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    AnswerReading reading;
    reading.client = m_client;
    reading.sink = sink;
    reading.endpoint = Endpoint::of(call.call, call.info);
    reading.url = m_client->settings().at(reading.endpoint.path);
    reading.maxBytes = call.call.limits.maxAnswerBytes;
    reading.idle = m_idle;
    const ClientRequest request = orThrow(requestFor(call, reading.endpoint, m_client->settings()));
    reading.stream = co_await m_client->send(request, context);
    sink->servedBy(m_client->settings().base);
    co_return reading;
}

QCoro::Task<RunResult> OpenAiBackend::run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    const CallContext bounded = context.within(call.call.timeout);
    const AnswerReading reading = co_await submit(call, sink, bounded);
    RunResult result;
    result.status = reading.stream->status();
    result.headers = reading.stream->headers();
    result.contentType = headers::value(result.headers, "Content-Type");
    result.servedBy = m_client->settings().base;
    result.askedAt = reading.url.adjusted(QUrl::RemoveQuery);
    const auto received = std::make_shared<QByteArray>();
    try {
        co_await readWhole(reading, received);
        checkAnswer(reading, *received);
    } catch (const Error &error) {
        sink->keepReceived(result.contentType, *received);
        throw m_client->hidden(error, reading.url);
    }
    result.content = *received;
    if (isEventStream(result.contentType)) {
        result.notes.append(QStringLiteral("The answer came as a stream of events, though it was not asked for as one."));
        sink->note(result.notes.last());
    }
    co_return result;
}

QCoro::Task<std::shared_ptr<EventSource>> OpenAiBackend::stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    const AnswerReading reading = co_await submit(call, sink, context);
    co_return makeEventSource(reading);
}

} // namespace

BackendKind backendKind()
{
    BackendKind kind;
    kind.id = BackendId;
    kind.title = QStringLiteral("OpenAI-compatible");
    kind.settingsSchema = ClientSettings::schema();
    kind.check = &ClientSettings::check;
    kind.make = [](BackendServices &services, const BackendSettings &settings) { return std::make_unique<OpenAiBackend>(services, settings); };
    return kind;
}

} // namespace sluice::openai
