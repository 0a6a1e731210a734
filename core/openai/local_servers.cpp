#include "sluice/openai/local_servers.h"

#include "keys_p.h"

#include "sluice/base/log.h"

#include <algorithm>

namespace sluice::openai {

namespace {

constexpr std::chrono::milliseconds Patience{2'000};
constexpr std::chrono::milliseconds IdentityPatience{1'000};
constexpr qsizetype MaxListBytes = 1024 * 1024;
constexpr qsizetype MaxIdentityBytes = 256 * 1024;
constexpr qsizetype MostPlaces = 32;
constexpr qsizetype MaxVersion = 40;

const QString Ollama = QStringLiteral("Ollama");
const QString LmStudio = QStringLiteral("LM Studio");
const QString LlamaCpp = QStringLiteral("llama.cpp");
const QString Vllm = QStringLiteral("vLLM");
const QString Sluice = QStringLiteral("Sluice");
const QString Gpt4All = QStringLiteral("GPT4All");

QUrl addressOf(const LocalPlace &place, const QString &path)
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(place.port);
    url.setPath(path);
    return url;
}

/// Whom its models belong to, as each of these servers writes it.
QString productOfOwner(const QString &owner)
{
    if (owner == QLatin1String("library"))
        return Ollama;
    if (owner == QLatin1String("organization_owner"))
        return LmStudio;
    if (owner == QLatin1String("llamacpp"))
        return LlamaCpp;
    if (owner == QLatin1String("vllm"))
        return Vllm;
    return owner == QLatin1String("humanity") ? Gpt4All : QString();
}

/// One place's answer.
struct Look {
    std::optional<LocalServer> server;
    std::optional<Error> other;
};

Error noServer(const QUrl &url, const QString &why)
{
    return Error(Error::Kind::Protocol, QStringLiteral("What answers at %1 is no OpenAI-compatible server: %2").arg(url.authority(), why)).withRequest("GET", url);
}

/// What a status that is no list means.
Look unlisted(const LocalPlace &place, const HttpResponse &response)
{
    Look look;
    const QUrl url = addressOf(place, QStringLiteral("/v1/models"));
    if (response.status == 401 || response.status == 403) {
        LocalServer server;
        server.base = addressOf(place, QStringLiteral("/v1"));
        const LocalIdentity identity = identityIn(place, response.headers, {});
        server.product = identity.product;
        server.certain = identity.certain;
        server.wantsKey = true;
        look.server = server;
    } else if (response.status >= 300 && response.status < 400) {
        look.other = noServer(url, QStringLiteral("it points elsewhere (%1), which is not followed.").arg(response.status));
    } else {
        look.other = noServer(url, QStringLiteral("it answered %1.").arg(response.status));
    }
    return look;
}

HttpRequest requestTo(const QUrl &url, qsizetype most)
{
    HttpRequest request;
    request.url = url;
    request.headers.emplaceBack("Accept", "application/json");
    request.maxBodyBytes = most;
    return request;
}

/// The server's own name, where it tells one: `server` as far as it is known already.
QCoro::Task<void> identify(HttpClient &http, LocalPlace place, std::shared_ptr<LocalServer> server, CallContext context)
{
    const QString path = identityPath(server->product);
    if (path.isEmpty())
        co_return;
    HttpRequest request = requestTo(addressOf(place, path), MaxIdentityBytes);
    std::optional<QString> version;
    try {
        const HttpResponse response = co_await http.send(request, context.within(IdentityPatience));
        version = identityAnswer(server->product, response.status, response.body);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        // It is a server of models all the same; only its name stays what its port or its list says.
        qCDebug(logNet, "%s", qUtf8Printable(error.describe()));
    }
    if (!version)
        co_return;
    server->certain = true;
    server->version = *version;
}

QCoro::Task<Look> lookAt(HttpClient &http, LocalPlace place, CallContext context)
{
    Look look;
    HttpRequest request = requestTo(addressOf(place, QStringLiteral("/v1/models")), MaxListBytes);
    const QUrl url = request.url;
    HttpResponse response;
    try {
        response = co_await http.send(request, context.within(Patience));
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        if (*request.sent)
            look.other = noServer(url, error.message());
    }
    if (look.other || response.status == 0)
        co_return look;
    if (response.status != 200)
        co_return unlisted(place, response);
    const auto models = readModelList(response.body);
    if (!models) {
        look.other = noServer(url, QStringLiteral("its /v1/models is no list of models."));
        co_return look;
    }
    const auto server = std::make_shared<LocalServer>();
    server->base = addressOf(place, QStringLiteral("/v1"));
    const LocalIdentity identity = identityIn(place, response.headers, response.body);
    server->product = identity.product;
    server->certain = identity.certain;
    server->models = *models;
    co_await identify(http, place, server, context);
    look.server = *server;
    co_return look;
}

} // namespace

LocalPlace::LocalPlace(QString usualProduct, quint16 itsPort)
    : product(std::move(usualProduct))
    , port(itsPort)
{
}

QList<LocalPlace> localPlaces()
{
    return {{Ollama, 11434}, {LmStudio, 1234}, {LlamaCpp, 8080}, {Vllm, 8000}, {QStringLiteral("Jan"), 1337}, {Gpt4All, 4891}};
}

Expected<QList<LocalPlace>> localPlacesFrom(const QString &text)
{
    QList<LocalPlace> places;
    const QStringList parts = text.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const qsizetype equals = part.lastIndexOf(QLatin1Char('='));
        bool isNumber = false;
        const int port = part.mid(equals + 1).trimmed().toInt(&isNumber);
        if (!isNumber || port < 1 || port > 65535)
            return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is no port.").arg(part.trimmed().left(100)))
                                  .withAdvice(QStringLiteral("Write numbers from 1 to 65535 with commas between, each with a name or without: 5000, Ollama=11500")));
        places.append(LocalPlace(part.left(std::max<qsizetype>(0, equals)).trimmed(), quint16(port)));
    }
    if (places.isEmpty() || places.size() > MostPlaces)
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("From 1 to %1 ports can be asked, not %2.").arg(MostPlaces).arg(places.size())));
    return places;
}

LocalIdentity identityIn(const LocalPlace &place, const Headers &headers, const QByteArray &body)
{
    LocalIdentity identity;
    identity.product = place.product;
    const QByteArray server = headers::value(headers, "Server").toLower();
    if (server.startsWith("llama.cpp") || server == "sluice") {
        identity.product = server == "sluice" ? Sluice : LlamaCpp;
        identity.certain = true;
        return identity;
    }
    const auto json = Json::parse(body);
    const Json first = json ? json->value(keys::Data).at(0) : Json();
    const QString owner = productOfOwner(first.value(QStringLiteral("owned_by")).toString());
    if (!owner.isEmpty()) {
        identity.product = owner;
        identity.certain = true;
    }
    return identity;
}

QString identityPath(const QString &product)
{
    if (product == Ollama)
        return QStringLiteral("/api/version");
    if (product == LmStudio)
        return QStringLiteral("/api/v0/models");
    if (product == LlamaCpp)
        return QStringLiteral("/props");
    return product == Vllm ? QStringLiteral("/version") : QString();
}

std::optional<QString> identityAnswer(const QString &product, int status, const QByteArray &body)
{
    const auto json = Json::parse(body);
    if (status != 200 || !json || !json->isObject())
        return std::nullopt;
    QString version;
    if (product == LlamaCpp) {
        if (!json->value(QStringLiteral("default_generation_settings")).isObject())
            return std::nullopt;
        version = json->value(QStringLiteral("build_info")).toString();
    } else if (product == LmStudio) {
        const Json models = json->value(keys::Data);
        if (!models.isArray() || (models.size() > 0 && !models.at(0).contains(QStringLiteral("compatibility_type"))))
            return std::nullopt;
    } else {
        version = json->value(QStringLiteral("version")).toString();
        if (version.isEmpty())
            return std::nullopt;
    }
    const bool printable = std::all_of(version.begin(), version.end(), [](QChar c) { return c.isPrint(); });
    return printable ? version.left(MaxVersion) : QString();
}

QCoro::Task<LocalFindings> findLocalServers(HttpClient &http, QList<LocalPlace> places, CallContext context)
{
    std::vector<QCoro::Task<Look>> looks;
    for (const LocalPlace &place : std::as_const(places))
        looks.push_back(lookAt(http, place, context));
    LocalFindings found;
    std::optional<Error> stopped;
    for (QCoro::Task<Look> &one : looks) {
        // Each is waited for, also after a cancellation: it uses what is the caller's.
        try {
            const Look look = co_await one;
            if (look.server)
                found.servers.append(*look.server);
            if (look.other)
                found.others.append(*look.other);
        } catch (const Error &error) {
            stopped = error;
        }
    }
    if (stopped)
        throw *stopped;
    co_return found;
}

} // namespace sluice::openai
