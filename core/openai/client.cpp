#include "sluice/openai/client.h"

#include "sluice/base/log.h"
#include "sluice/net/error_body.h"

#include <QtCore/QDateTime>
#include <QtCore/QRegularExpression>

#include <charconv>

namespace sluice::openai {

namespace {

constexpr qsizetype MaxListBytes = 8 * 1024 * 1024;
constexpr qsizetype MaxErrorBytes = 64 * 1024;
constexpr std::chrono::seconds ErrorPatience{5};

/// "messages[0].content" or "messages.0.content", as servers name a place, as a JSON pointer.
QString pointerOf(QString place)
{
    place.replace(QLatin1Char('['), QLatin1Char('.')).remove(QLatin1Char(']'));
    return QLatin1Char('/') + place.replace(QLatin1Char('.'), QLatin1Char('/'));
}

/// "20 s", "until Wed, 21 Oct 2026 07:28:00 GMT"; empty when nothing is said.
QString waitIn(const Headers &headers)
{
    const auto number = [&](const char *name) {
        const QByteArray text = headers::value(headers, name).trimmed();
        double value = -1;
        const auto read = std::from_chars(text.constData(), text.constData() + text.size(), value);
        return read.ec == std::errc() && read.ptr == text.constData() + text.size() ? value : -1;
    };
    if (const double ms = number("retry-after-ms"); ms >= 0)
        return QStringLiteral("%1 s").arg(ms / 1000);
    if (const double seconds = number("retry-after"); seconds >= 0)
        return QStringLiteral("%1 s").arg(seconds);
    const QString date = QString::fromLatin1(headers::value(headers, "retry-after").trimmed().left(40));
    const QString zoned = QString(date).replace(QLatin1String("GMT"), QLatin1String("+0000")); // HTTP's dates are in no other zone
    return QDateTime::fromString(zoned, Qt::RFC2822Date).isValid() ? QStringLiteral("until ") + date : QString();
}

Error::Kind kindOf(int status, const ApiError &said)
{
    const bool spent = status == 402 || said.code == QStringLiteral("insufficient_quota") || said.type == QLatin1String("insufficient_quota");
    return spent ? Error::Kind::InsufficientBalance : Error::Kind::Http;
}

/// What stays of an error's body while it is read: nobody waits long for it.
QCoro::Task<QByteArray> shortBody(std::shared_ptr<HttpStream> stream)
{
    QByteArray body;
    const QDeadlineTimer limit(ErrorPatience);
    try {
        while (body.size() < MaxErrorBytes) {
            const QByteArray bytes = co_await stream->read(limit);
            if (bytes.isEmpty())
                co_return body;
            body += bytes;
        }
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        // The status tells of the failure; what came of its words is shown.
        qCDebug(logNet, "An error's body was cut short: %s", qUtf8Printable(error.message()));
    }
    stream->close();
    co_return body;
}

} // namespace

Client::Client(HttpClient &http, ClientSettings settings, const CallTiming &timing)
    : m_http(http)
    , m_settings(std::move(settings))
    , m_timing(timing)
{
    if (!m_settings.key.isEmpty())
        m_mask.add(m_settings.key);
}

HttpRequest Client::requestTo(const QUrl &url) const
{
    HttpRequest request;
    request.url = url;
    request.trust = TlsTrust::policyFor(url);
    request.connectTimeout = m_timing.connectTimeout;
    if (!m_settings.key.isEmpty())
        request.headers.emplaceBack("Authorization", "Bearer " + m_settings.key.expose().toByteArray());
    if (!m_settings.organization.isEmpty())
        request.headers.emplaceBack("OpenAI-Organization", m_settings.organization.toUtf8());
    return request;
}

bool Client::isVersioned() const
{
    static const QRegularExpression version(QStringLiteral("/v[0-9]+[a-z0-9]*$"));
    return version.match(m_settings.base.path()).hasMatch();
}

QCoro::Task<bool> Client::listsBelowV1(CallContext context)
{
    if (isVersioned())
        co_return false;
    HttpRequest request = requestTo(m_settings.at(QStringLiteral("v1/models")));
    request.maxBodyBytes = MaxListBytes;
    const HttpResponse response = co_await m_http.send(request, context);
    co_return response.status == 200 && readModelList(response.body).hasValue();
}

QCoro::Task<std::optional<QList<ListedModel>>> Client::models(CallContext context)
{
    const CallContext bounded = context.within(m_timing.discoveryTimeout);
    HttpRequest request = requestTo(m_settings.at(QStringLiteral("models")));
    request.maxBodyBytes = MaxListBytes;
    const QUrl url = request.url;
    const HttpResponse response = co_await m_http.send(request, bounded);
    const bool none = response.status == 404 || response.status == 405 || response.status == 501;
    if (response.status != 200 && !none)
        throw refused("GET", url, response.status, response.headers, response.body);
    const auto list = readModelList(response.body);
    if (list && !none)
        co_return std::optional(*list);
    const bool below = co_await listsBelowV1(bounded);
    if (below)
        throw Error(Error::Kind::Config, QStringLiteral("The server at %1 has its API under /v1.").arg(url.host()))
            .withAdvice(QStringLiteral("Write %1/v1 as the profile's base URL.").arg(m_settings.base.toString(QUrl::RemoveQuery)))
            .withRequest("GET", url);
    if (!none)
        throw Error(Error::Kind::Protocol, QStringLiteral("What answers at %1 is no OpenAI-compatible server: it has no list of models.").arg(url.host()))
            .withAdvice(QStringLiteral("Most servers' base URL ends in /v1.")).withRequest("GET", url);
    co_return std::nullopt;
}

QCoro::Task<std::shared_ptr<HttpStream>> Client::send(ClientRequest call, CallContext context)
{
    HttpRequest request = requestTo(m_settings.at(call.path));
    request.method = "POST";
    request.headers.emplaceBack("Content-Type", call.contentType);
    request.headers.emplaceBack("Accept", call.accept);
    request.body = call.body;
    request.answerTimeout = call.answerTimeout;
    if (call.answerTimeout.count() > 0)
        request.connectTimeout = std::min(request.connectTimeout, call.answerTimeout);
    const QUrl url = request.url;
    const std::shared_ptr<HttpStream> stream = co_await m_http.open(request, context);
    if (stream->status() >= 200 && stream->status() <= 299)
        co_return stream;
    const QByteArray body = co_await shortBody(stream);
    throw refused("POST", url, stream->status(), stream->headers(), body);
}

Error Client::refused(const QByteArray &method, const QUrl &url, int status, const Headers &headers, const QByteArray &body) const
{
    const ApiError said = readApiError(status, body);
    const ErrorBody read = readErrorBody(body);
    Error error(kindOf(status, said), QStringLiteral("%1 answered %2: %3").arg(url.host()).arg(status).arg(said.message));
    error.withAdvice(adviceFor(status, said, headers)).withHttp(status, read.page ? said.message.toUtf8() : body);
    error.withField(said.param ? pointerOf(*said.param) : read.field);
    return m_mask.in(error.withRequest(method, url));
}

std::optional<Error> Client::pageInstead(const QUrl &url, const QByteArray &body) const
{
    if (!body.left(1024).trimmed().startsWith('<'))
        return std::nullopt;
    const ErrorBody read = readErrorBody(body);
    if (!read.page)
        return std::nullopt;
    Error error(Error::Kind::Protocol, QStringLiteral("%1 answered with a web page instead of OpenAI's API: “%2”.").arg(url.host(), read.text));
    error.withAdvice(isVersioned() ? QStringLiteral("Check the profile's base URL, and whether one must sign in there or on this network first.")
                                   : QStringLiteral("Check the profile's base URL, which ends in /v1 at most servers, and whether one must sign in there or on this network first."));
    return hidden(error, url);
}

Error Client::failed(const QUrl &url, const ApiError &said) const
{
    Error error(kindOf(0, said), QStringLiteral("%1 failed: %2").arg(url.host(), said.message));
    error.withAdvice(QStringLiteral("What came so far is kept."));
    return hidden(error, url);
}

Error Client::hidden(Error error, const QUrl &url) const
{
    if (error.url().isEmpty())
        error.withRequest("POST", url);
    return m_mask.in(error);
}

QString Client::adviceFor(int status, const ApiError &said, const Headers &headers) const
{
    const QString wait = waitIn(headers);
    const bool ofModel = said.code == QStringLiteral("model_not_found") || said.message.contains(QLatin1String("model"), Qt::CaseInsensitive);
    if (said.message.contains(QLatin1String("stream_options")))
        return QStringLiteral("Switch off the token counts of streams in the profile: this server refuses stream_options.");
    switch (status) {
    case 401:
    case 403:
        return m_settings.key.isEmpty() ? QStringLiteral("The server wants an API key: give it in the profile.") : QStringLiteral("Check the profile's API key and what it may do.");
    case 404:
        if (ofModel || isVersioned())
            return QStringLiteral("Refresh the list of capabilities: the server may not have this model, or not for this path.");
        return QStringLiteral("Most servers' base URL ends in /v1; the profile's is %1.").arg(m_settings.base.toString(QUrl::RemoveQuery));
    case 429:
        return wait.isEmpty() ? QStringLiteral("Wait a little, or look at the account's limits.") : QStringLiteral("The server asks to wait: %1.").arg(wait);
    default:
        break;
    }
    if (status >= 300 && status < 400)
        return QStringLiteral("Redirects are not followed: write the address itself as the profile's base URL.");
    if (!wait.isEmpty())
        return QStringLiteral("The server asks to wait: %1.").arg(wait);
    return status >= 500 ? QStringLiteral("Nothing is sent again by itself; trying again may help.") : QString();
}

} // namespace sluice::openai
