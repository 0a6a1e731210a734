#include "sluice/gateway/schema_source.h"

#include "sluice/base/task.h"
#include "sluice/backend/user_data.h"
#include "sluice/net/http_client.h"

#include <algorithm>
#include <array>

namespace sluice::schema_source {

namespace {

constexpr std::chrono::milliseconds Patience{10'000};

Unexpected<Error> refuse(const QString &message, const QString &advice = {})
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withAdvice(advice));
}

/// The schema of a POST's body, or null when it takes none as JSON.
Json bodySchema(const Json &operations)
{
    const Json content = operations.value(QStringLiteral("post")).value(QStringLiteral("requestBody")).value(QStringLiteral("content"));
    return content.value(QStringLiteral("application/json")).value(QStringLiteral("schema"));
}

Expected<Json> fromOpenApi(const Json &document, const QString &path)
{
    QList<std::pair<QString, Json>> found;
    const Json paths = document.value(QStringLiteral("paths"));
    for (const auto &[route, operations] : paths.members()) {
        const Json schema = bodySchema(operations);
        if (schema.isObject())
            found.append({route, schema});
    }
    const auto wanted = std::find_if(found.begin(), found.end(), [&](const auto &one) { return one.first == QLatin1Char('/') + path; });
    if (wanted == found.end() && found.size() != 1) {
        QStringList routes;
        for (const auto &[route, schema] : found)
            routes.append(route.mid(1));
        if (routes.isEmpty())
            return refuse(QStringLiteral("This OpenAPI description has no POST that takes JSON."));
        return refuse(QStringLiteral("This OpenAPI description has %1 POST routes; the path says which one is meant.").arg(routes.size()),
            QStringLiteral("The path is one of: %1.").arg(routes.mid(0, 10).join(QStringLiteral(", "))));
    }
    Json schema = wanted == found.end() ? found.first().second : wanted->second;
    // Its references lead into the document, so that the part they mean comes along under the same pointer.
    const Json components = document.value(QStringLiteral("components")).value(QStringLiteral("schemas"));
    if (components.isObject())
        schema.insert(QStringLiteral("components"), Json{{QStringLiteral("schemas"), components}});
    return schema;
}

bool isSchema(const Json &json)
{
    static constexpr std::array<const char *, 14> words{"type", "properties", "$ref", "$schema", "anyOf", "oneOf", "allOf", "enum", "const",
        "items", "required", "$defs", "definitions", "additionalProperties"};
    return std::any_of(words.begin(), words.end(), [&](const char *word) { return json.contains(QLatin1String(word)); });
}

/// What a fetch needs for as long as it runs.
struct Fetcher {
    explicit Fetcher(std::shared_ptr<UserData> userData)
        : data(std::move(userData))
        , trust(data->pins())
        , http(trust)
    {
    }
    std::shared_ptr<UserData> data;
    TlsTrust trust;
    HttpClient http;
};

QCoro::Task<Json> fetched(std::shared_ptr<Fetcher> fetcher, QUrl address, QString path, CallContext context)
{
    HttpRequest request;
    request.url = address;
    request.headers = {{"Accept", "application/schema+json, application/json"}};
    request.trust = TlsTrust::policyFor(address);
    request.maxBodyBytes = MaxBytes;
    const HttpResponse response = co_await fetcher->http.send(request, context.within(Patience));
    if (response.status != 200) {
        const QByteArray elsewhere = headers::value(response.headers, "Location");
        throw Error(Error::Kind::Http, QStringLiteral("The address answered %1 instead of a schema.").arg(response.status))
            .withAdvice(elsewhere.isEmpty() ? QStringLiteral("Open it in a browser to see what stands there.")
                                            : QStringLiteral("It points to %1; give that address.").arg(QString::fromUtf8(elsewhere.left(300))))
            .withRequest("GET", address).withHttp(response.status, response.body);
    }
    auto schema = schemaIn(response.body, path);
    if (!schema)
        throw Error(schema.error()).withRequest("GET", address);
    co_return *schema;
}

} // namespace

Expected<Json> schemaIn(QByteArrayView document, const QString &path)
{
    const auto json = Json::parse(document, {MaxBytes, 44});
    if (!json)
        return unexpected(json.error());
    if (!json->isObject())
        return refuse(QStringLiteral("A JSON Schema is an object."), QStringLiteral("It looks like {\"type\": \"object\", \"properties\": {…}}."));
    if (json->value(QStringLiteral("paths")).isObject() && (json->contains(QStringLiteral("openapi")) || json->contains(QStringLiteral("swagger"))))
        return fromOpenApi(*json, path);
    if (json->value(QStringLiteral("input_schema")).isObject())
        return json->value(QStringLiteral("input_schema"));
    if (json->size() > 0 && !isSchema(*json))
        return refuse(QStringLiteral("This is JSON, but no JSON Schema: it says nothing of a type or of properties."),
            QStringLiteral("An input to try belongs into the example; a schema looks like {\"type\": \"object\", \"properties\": {…}}."));
    return *json;
}

QFuture<Json> fetch(const QUrl &address, const QString &path, std::shared_ptr<UserData> data)
{
    CancelSource source;
    CallContext context;
    context.cancel = source.token();
    const auto fetcher = std::make_shared<Fetcher>(data ? std::move(data) : UserData::inMemory());
    return toFuture(fetched(fetcher, address, path, context), source);
}

} // namespace sluice::schema_source
