#include "sluice/llmworker/backend_settings.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace sluice::llmworker {

namespace {

const QString Url = QStringLiteral("url");
const QString Templates = QStringLiteral("templates");

/// The words of the form; translated like the window's.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::llmworker::WorkerSettings)
};

} // namespace

WorkerSettings WorkerSettings::from(const BackendSettings &settings)
{
    WorkerSettings result;
    result.url = QUrl(settings.text(Url).trimmed(), QUrl::StrictMode);
    result.here = QUrl(settings.text(QLatin1String(HereUrl)), QUrl::StrictMode);
    result.hereKey = settings.secret(QLatin1String(HereKey));
    for (const Json::Member &member : settings.values.value(Templates).members()) {
        if (const auto assistant = Assistant::fromJson(member.second))
            result.templates.insert(member.first, *assistant);
    }
    return result;
}

Json WorkerSettings::schema()
{
    const Json url = settings_schema::address(Words::tr("Address"), Words::tr("Of the worker's websocket; it ends in /ws/. Assistants that only ask what the profile has itself need none."), QStringLiteral("ws://localhost:8001/ws/"));
    const Json templates{{QStringLiteral("type"), "object"}, {QStringLiteral("title"), Words::tr("Assistants")},
        {QStringLiteral("description"), Words::tr("Templates by name: each is a capability.")}, {QStringLiteral("default"), Json::object()}};
    const Json properties{{Url, url}, {Templates, templates}};
    return Json{{QStringLiteral("type"), "object"}, {QStringLiteral("title"), Words::tr("LLM worker")}, {QStringLiteral("properties"), properties}};
}

Expected<void> WorkerSettings::check(const BackendSettings &settings, bool)
{
    const QString address = settings.text(Url).trimmed();
    const QUrl url(address, QUrl::StrictMode);
    if (!address.isEmpty() && (!url.isValid() || url.host().isEmpty() || (url.scheme() != QLatin1String("ws") && url.scheme() != QLatin1String("wss"))))
        return unexpected(Error(Error::Kind::InvalidInput, Words::tr("The address is none of a websocket."))
                              .withField(QLatin1Char('/') + Url)
                              .withAdvice(Words::tr("Write it whole, e.g. ws://localhost:8001/ws/")));
    const Json templates = settings.values.value(Templates);
    if (!templates.isNull() && !templates.isObject())
        return unexpected(Error(Error::Kind::InvalidInput, Words::tr("The assistants are an object of templates by name.")).withField(QLatin1Char('/') + Templates));
    for (const Json::Member &member : templates.members()) {
        const auto assistant = Assistant::fromJson(member.second);
        if (!assistant) {
            Error error = assistant.error();
            return unexpected(error.withField(QStringLiteral("/templates/") + member.first + error.field()));
        }
        if (address.isEmpty() && !asksProfileOnly(*assistant))
            return unexpected(Error(Error::Kind::InvalidInput, Words::tr("The assistant “%1” asks more than this profile's own capabilities, and there is no worker.").arg(member.first))
                                  .withField(QLatin1Char('/') + Url)
                                  .withAdvice(Words::tr("Give a worker's address, or let all its streams ask the provider “local”.")));
    }
    if (address.isEmpty() && templates.members().isEmpty())
        return unexpected(Error(Error::Kind::InvalidInput, Words::tr("There is neither a worker nor an assistant.")).withField(QLatin1Char('/') + Url)
                              .withAdvice(Words::tr("Write the address whole, e.g. ws://localhost:8001/ws/")));
    return {};
}

bool asksProfileOnly(const Assistant &assistant)
{
    const auto isLocal = [](const Step &step) {
        const auto *stream = std::get_if<Stream>(&step);
        return stream && stream->provider == QLatin1String("local");
    };
    return !assistant.streams.isEmpty() && std::all_of(assistant.streams.begin(), assistant.streams.end(), isLocal);
}

QString descriptionOf(const Assistant &assistant)
{
    return assistant.others.value(QStringLiteral("meta")).value(QStringLiteral("description")).toString();
}

} // namespace sluice::llmworker
