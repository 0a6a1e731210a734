#include "sluice/openai/client_settings.h"

#include "sluice/net/origin.h"

#include <QtCore/QCoreApplication>

namespace sluice::openai {

namespace {

const QString BaseUrl = QStringLiteral("base_url");
const QString ApiKey = QStringLiteral("api_key");
const QString Organization = QStringLiteral("organization");
const QString StreamUsage = QStringLiteral("stream_usage");

/// The words of the form; translated like the window's.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::openai::ClientSettings)
};

Unexpected<Error> refuse(const QString &message, const QString &advice)
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withField(QLatin1Char('/') + BaseUrl).withAdvice(advice));
}

} // namespace

ClientSettings ClientSettings::from(const BackendSettings &settings)
{
    ClientSettings result;
    QUrl url(settings.text(BaseUrl).trimmed(), QUrl::StrictMode);
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    url.setPath(path, QUrl::StrictMode);
    result.base = url;
    result.key = settings.secret(QLatin1Char('/') + ApiKey);
    result.organization = settings.text(Organization).trimmed();
    result.streamUsage = settings.values.value(StreamUsage).toBool(true);
    return result;
}

Json ClientSettings::schema()
{
    const Json base = settings_schema::address(Words::tr("Base URL"), Words::tr("Up to and with /v1, where the server has it."), QStringLiteral("http://localhost:11434/v1"));
    const Json key = settings_schema::secret(Words::tr("API key"), Words::tr("Stored in the keychain; none for most servers on this machine."), Words::tr("API key"),
        Words::tr("Without it only servers that want none answer."));
    const Json organization = settings_schema::text(Words::tr("Organization"), Words::tr("Of an account with several."));
    const Json usage{{QStringLiteral("type"), QStringLiteral("boolean")}, {QStringLiteral("title"), Words::tr("Ask for token counts of streams")},
        {QStringLiteral("description"), Words::tr("Off for servers that refuse stream_options.")}, {QStringLiteral("default"), true}};
    const Json properties{{BaseUrl, base}, {ApiKey, key}, {Organization, organization}, {StreamUsage, usage}};
    return Json{{QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("title"), Words::tr("OpenAI-compatible server")},
        {QStringLiteral("properties"), properties}, {QStringLiteral("required"), Json::array({Json(BaseUrl)})}};
}

Expected<void> ClientSettings::check(const BackendSettings &settings, bool)
{
    const ClientSettings wanted = from(settings);
    const auto origin = Origin::of(wanted.base);
    if (!origin)
        return refuse(Words::tr("The base URL is no address for HTTP."), Words::tr("Write it whole, e.g. http://localhost:11434/v1"));
    const bool inClear = !origin->isEncrypted() && origin->reach() == Origin::Reach::Public;
    if (inClear && !wanted.key.isEmpty())
        return refuse(Words::tr("The API key would go to %1 in clear text, for everybody on the way to read.").arg(origin->host()),
            Words::tr("Write https:// in front of the address."));
    return {};
}

QUrl ClientSettings::at(const QString &path) const
{
    QUrl url = base;
    url.setPath(base.path(QUrl::FullyEncoded) + QLatin1Char('/') + QString::fromLatin1(QUrl::toPercentEncoding(path, "/:@!$&'()*+,;=")), QUrl::StrictMode);
    return url;
}

} // namespace sluice::openai
