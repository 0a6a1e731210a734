#include "sluice/openai/api_error.h"

#include "keys_p.h"

#include "sluice/net/error_body.h"

namespace sluice::openai {

namespace {

const QString InvalidRequest = QStringLiteral("invalid_request_error");
constexpr Json::Limits ErrorLimits{256 * 1024, 16};

QString typeOf(int status)
{
    if (status == 429)
        return QStringLiteral("rate_limit_error");
    return status >= 400 && status < 500 ? InvalidRequest : QStringLiteral("server_error");
}

/// Of a text or, as some servers have it, a number.
std::optional<QString> wordOf(const Json &json)
{
    if (json.isNumber())
        return QString::fromLatin1(json.numberText());
    return json.isString() && !json.toString().isEmpty() ? std::optional(json.toString()) : std::nullopt;
}

/// A gateway cuts its message from a longer one and leaves the mark between the two.
QString trimmed(QString message)
{
    if (message.startsWith(QLatin1String(": ")))
        message.remove(0, 2);
    return message.trimmed();
}

} // namespace

ApiError ApiError::invalidRequest(QString message, std::optional<QString> param)
{
    ApiError error;
    error.status = 400;
    error.type = InvalidRequest;
    error.message = std::move(message);
    error.param = std::move(param);
    return error;
}

ApiError ApiError::badGateway(QString message)
{
    ApiError error;
    error.status = 502;
    error.message = std::move(message);
    return error;
}

ApiError ApiError::fromUpstream(int status, const QByteArray &body, const QByteArray &retryAfter, bool openAiServer)
{
    ApiError error = readApiError(status, body);
    error.retryAfter = retryAfter;
    const bool pathIsWrong = status == 404 && !openAiServer;
    // The caller can mend its request, its model or its haste; our key, our address and all else it cannot.
    const bool callers = status == 400 || status == 404 || status == 409 || status == 413 || status == 422 || status == 429 || status == 503;
    if (callers && !pathIsWrong)
        return error;
    error.status = 502;
    error.type = typeOf(502);
    if (status == 401 || status == 403)
        error.message = QStringLiteral("The upstream refused this server's own key (%1): %2").arg(status).arg(error.message);
    else if (pathIsWrong)
        error.message = QStringLiteral("The upstream has no such path (404): %1").arg(error.message);
    return error;
}

Json ApiError::toJson() const
{
    const auto orNull = [](const std::optional<QString> &text) { return text ? Json(*text) : Json(); };
    const Json error{{keys::Message, message}, {keys::Type, type}, {keys::Param, orNull(param)}, {keys::Code, orNull(code)}};
    return Json{{keys::Error, error}};
}

ApiError readApiError(int status, const QByteArray &body)
{
    ApiError read;
    read.status = status;
    read.type = typeOf(status);
    const auto json = Json::parse(body, ErrorLimits);
    if (json) {
        const Json error = (json->isArray() ? json->at(0) : *json).value(keys::Error);
        read.type = wordOf(error.value(keys::Type)).value_or(read.type);
        read.code = wordOf(error.value(keys::Code));
        read.param = wordOf(error.value(keys::Param));
    }
    const ErrorBody said = readErrorBody(body);
    // JSON that has no words of its own, such as `{}` or null, is no message.
    const bool silent = json && (!json->isObject() || json->size() == 0) && !json->isString();
    read.message = silent && !json->isArray() ? QString() : trimmed(said.text);
    if (json && json->isString())
        read.message = trimmed(json->toString().left(500));
    if (read.message.isEmpty())
        read.message = QStringLiteral("The server answered %1 and said nothing more.").arg(status);
    return read;
}

std::optional<ApiError> errorIn(const Json &json)
{
    const Json error = json.value(keys::Error);
    if (!error.isObject() && !error.isString())
        return std::nullopt;
    return readApiError(502, Json{{keys::Error, error}}.dump());
}

} // namespace sluice::openai
