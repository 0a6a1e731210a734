#include "sluice/aigateway/dialect.h"

#include "sluice/aigateway/refusal.h"
#include "sluice/base/log.h"

namespace sluice::aigateway {

namespace {

const QString Path = QStringLiteral("llm");
constexpr std::chrono::seconds AskLimit{10};

QString placeOf(const Client &client)
{
    return client.gateway().toString(QUrl::StripTrailingSlash);
}

} // namespace

std::optional<openai::Dialect> otherDialect(int status, const QByteArray &body)
{
    if (status != 400)
        return std::nullopt;
    if (body.contains("multipart/form-data"))
        return openai::Dialect::Legacy;
    // A form begins with two dashes, which a reader of JSON takes for a number.
    if (body.contains("invalid character '-' in numeric literal"))
        return openai::Dialect::Gateway;
    return std::nullopt;
}

QCoro::Task<LlmSign> Dialects::ask(std::shared_ptr<Client> client, CallContext context)
{
    PipelineRequest question;
    question.path = Path;
    question.contentType = "application/json";
    question.body = "{}";
    const HttpResponse response = co_await client->ask(question, context.within(AskLimit));
    const LlmSign sign = readSign(response.status, response.body);
    if (sign == LlmSign::KeyNeeded || sign == LlmSign::NotThere)
        throw refusedError(response.status, response.body, client->hasKey()).withRequest("POST", client->urlOf(Path));
    if (sign == LlmSign::Gateway)
        remember(*client, openai::Dialect::Gateway);
    if (sign == LlmSign::Legacy)
        remember(*client, openai::Dialect::Legacy);
    co_return sign;
}

QCoro::Task<openai::Dialect> Dialects::of(std::shared_ptr<Client> client, CallContext context)
{
    const QString place = placeOf(*client);
    if (!m_known.contains(place)) {
        try {
            co_await ask(client, context);
        } catch (const Error &error) {
            // The question had no answer; the call itself, which is another matter, may have one.
            if (error.kind() != Error::Kind::Network && error.kind() != Error::Kind::Timeout)
                throw;
            context.check();
            qCDebug(logNet, "Which dialect %s speaks is not known: %s", qUtf8Printable(place), qUtf8Printable(error.message()));
        }
    }
    co_return m_known.value(place, openai::Dialect::Gateway);
}

void Dialects::remember(const Client &client, openai::Dialect dialect)
{
    m_known.insert(placeOf(client), dialect);
}

} // namespace sluice::aigateway
