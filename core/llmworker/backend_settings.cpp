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
    const Json url = settings_schema::address(Words::tr("Address"), Words::tr("Of the worker's websocket; it ends in /ws/."), QStringLiteral("ws://localhost:8001/ws/"));
    const Json templates{{QStringLiteral("type"), "object"}, {QStringLiteral("title"), Words::tr("Assistants")},
        {QStringLiteral("description"), Words::tr("Templates by name: each is a capability.")}, {QStringLiteral("default"), Json::object()}};
    const Json properties{{Url, url}, {Templates, templates}};
    return Json{{QStringLiteral("type"), "object"}, {QStringLiteral("title"), Words::tr("LLM worker")}, {QStringLiteral("properties"), properties},
        {QStringLiteral("required"), Json::array({Json(Url)})}};
}

Expected<void> WorkerSettings::check(const BackendSettings &settings, bool)
{
    const QUrl url(settings.text(Url).trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != QLatin1String("ws") && url.scheme() != QLatin1String("wss")))
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
    }
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
