#include "sluice/openai/http_upstream.h"

#include "kept_connections_p.h"

#include "sluice/base/log.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/net/origin_policy.h"
#include "sluice/openai/llm_sign.h"

#include <boost/asio/this_coro.hpp>

#include <array>

namespace sluice::openai {

namespace {

using boost::asio::awaitable;

constexpr qsizetype MaxListBytes = 8 * 1024 * 1024;

/// What a caller may have sent along that is the upstream's to know.
constexpr std::array<const char *, 2> PassedOn{"Content-Type", "Prefer"};

class HttpReply final : public UpstreamReply {
public:
    HttpReply(std::unique_ptr<AsioExchange> exchange, std::chrono::milliseconds patience, std::shared_ptr<KeptConnections> kept)
        : m_exchange(std::move(exchange))
        , m_patience(patience)
        , m_kept(std::move(kept))
    {
    }
    /// A connection whose answer was read to its end goes to the next request.
    ~HttpReply() override { m_kept->put(std::move(m_exchange)); }
    HttpReply(const HttpReply &) = delete;
    HttpReply &operator=(const HttpReply &) = delete;
    [[nodiscard]] int status() const override { return m_exchange->status(); }
    [[nodiscard]] const Headers &headers() const override { return m_exchange->headers(); }
    awaitable<QByteArray> read() override
    {
        m_exchange->limit(m_patience); // for the next piece
        return m_exchange->read();
    }
    void close() override { m_exchange->close(); }

private:
    std::unique_ptr<AsioExchange> m_exchange;
    const std::chrono::milliseconds m_patience;
    const std::shared_ptr<KeptConnections> m_kept;
};

/// What went wrong on the way, as our own caller is told it.
ApiError failureOf(const Error &error)
{
    ApiError told = ApiError::badGateway(QStringLiteral("The upstream could not be asked: %1").arg(error.message()));
    if (error.kind() == Error::Kind::Timeout)
        told.message = QStringLiteral("The upstream did not answer in time: %1").arg(error.message());
    return told;
}

QList<Model> modelsIn(const Json &list)
{
    QList<Model> models;
    const QList<Json> items = list.value(QStringLiteral("data")).items();
    for (const Json &item : items) {
        Model model;
        model.id = item.value(QStringLiteral("id")).toString();
        if (model.id.isEmpty())
            continue;
        model.created = item.value(QStringLiteral("created")).toInt64().value_or(0);
        model.ownedBy = item.value(QStringLiteral("owned_by")).toString();
        model.extra = item;
        models.append(model);
    }
    return models;
}

/// The models of its chat: those are what lists of models are asked for, and nothing in the list would tell that another is none.
QList<Model> modelsOfGateway(const QByteArray &body)
{
    QList<Model> models;
    const auto json = Json::parse(body);
    const QList<Json> pipelines = json ? json->items() : QList<Json>();
    for (const Json &pipeline : pipelines) {
        Model model;
        model.id = pipeline.value(QStringLiteral("model_id")).toString();
        model.ownedBy = pipeline.value(QStringLiteral("name")).toString();
        if (!model.id.isEmpty() && model.ownedBy == QLatin1String("llm"))
            models.append(model);
    }
    return models;
}

class HttpUpstream final : public Upstream {
public:
    explicit HttpUpstream(HttpUpstreamOptions options)
        : m_options(std::move(options))
        , m_dialect(m_options.isOpenAi ? std::optional(Dialect::OpenAi) : m_options.dialect)
    {
        QString path = m_options.base.path();
        while (path.endsWith(QLatin1Char('/')))
            path.chop(1);
        if (m_options.isOpenAi && path.isEmpty())
            path += QStringLiteral("/v1");
        m_options.base.setPath(path);
    }

    awaitable<Expected<Dialect, UpstreamFailure>> dialect(QString) override
    {
        if (m_dialect)
            co_return *m_dialect;
        const auto found = co_await probe();
        if (!found)
            co_return unexpected(found.error());
        m_dialect = *found;
        co_return *found;
    }

    awaitable<Expected<std::shared_ptr<UpstreamReply>, UpstreamFailure>> send(UpstreamRequest request) override
    {
        const auto place = placeOf(request);
        if (!place)
            co_return unexpected(UpstreamFailure(failureOf(place.error()), false));
        AsioHttpRequest wire = wireRequest(request, *place);
        const bool away = request.fromOrigin; // it may be another host
        std::unique_ptr<AsioExchange> exchange;
        if (!away)
            exchange = m_kept->take();
        const bool connected = exchange != nullptr;
        if (!connected) {
            const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
            exchange = std::make_unique<AsioExchange>(executor, wire.url, wire.tls, AsioAnswerBounds());
        }
        std::optional<Error> failure;
        bool accepted = false;
        try {
            if (!connected)
                co_await exchange->connect(m_options.connectTimeout);
            accepted = true; // from here on some of it may have arrived
            if (away)
                co_await exchange->send(wire.method, wire.url, wire.headers, std::move(wire.body), m_options.answerTimeout);
            else
                co_await exchange->sendOneOfMany(wire.method, wire.url, wire.headers, std::move(wire.body), m_options.answerTimeout);
            co_await exchange->receiveHead(m_options.answerTimeout);
        } catch (const Error &error) {
            failure = error;
        }
        if (!failure) {
            const std::shared_ptr<UpstreamReply> reply = std::make_shared<HttpReply>(std::move(exchange), m_options.answerTimeout, m_kept);
            co_return reply;
        }
        if (failure->kind() == Error::Kind::Canceled)
            throw *failure;
        qCInfo(logNet, "%s: %s", qUtf8Printable(request.requestId), qUtf8Printable(failure->describe()));
        ApiError told = failureOf(*failure);
        if (!accepted)
            told.status = 503;
        co_return unexpected(UpstreamFailure(told, accepted));
    }

    awaitable<Expected<QList<Model>, UpstreamFailure>> models() override
    {
        UpstreamRequest request;
        request.method = "GET";
        // A gateway has no such list; ours tells what it offers (sluice-extensions.md 1.1).
        request.path = m_options.isOpenAi ? "/models" : "/capabilities";
        AsioHttpRequest wire = wireRequest(request, orThrow(placeOf(request)));
        wire.maxBodyBytes = MaxListBytes;
        std::optional<Error> failure;
        AsioHttpResponse response;
        try {
            response = co_await asioSend(std::move(wire));
        } catch (const Error &error) {
            failure = error;
        }
        if (failure)
            co_return unexpected(UpstreamFailure(failureOf(*failure), false));
        if (!m_options.isOpenAi)
            co_return response.status == 200 ? modelsOfGateway(response.body) : QList<Model>();
        if (response.status != 200)
            co_return unexpected(UpstreamFailure(ApiError::fromUpstream(response.status, response.body, {}, true), false));
        const auto json = Json::parse(response.body);
        if (!json)
            co_return unexpected(UpstreamFailure(ApiError::badGateway(QStringLiteral("The upstream's list of models is no JSON.")), false));
        co_return modelsIn(*json);
    }

    void rest() override { m_kept->clear(); }

    [[nodiscard]] QString title() const override
    {
        const QString what = m_options.isOpenAi ? QStringLiteral("OpenAI-compatible server ") : QStringLiteral("AI gateway ");
        return what + m_options.base.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::StripTrailingSlash);
    }

private:
    /// Where a request goes; nothing for an address that the upstream must not send this program to.
    [[nodiscard]] Expected<QUrl> placeOf(const UpstreamRequest &request) const
    {
        const qsizetype mark = request.path.indexOf('?');
        QByteArray path = mark < 0 ? request.path : request.path.left(mark);
        if (path == "/llm" && m_dialect == Dialect::Legacy)
            path = m_options.legacyPath;
        if (request.fromOrigin) {
            const QUrl there = m_options.base.resolved(QUrl(QString::fromUtf8(request.path), QUrl::TolerantMode));
            const auto origin = Origin::of(m_options.base);
            if (!origin)
                return unexpected(origin.error());
            if (const auto may = OriginPolicy(*origin).check(there, OriginPolicy::Scope::AnyHost, QStringLiteral("media address")); !may)
                return unexpected(may.error());
            return there;
        }
        QUrl url = m_options.base;
        url.setPath(m_options.base.path() + QString::fromUtf8(path), QUrl::TolerantMode);
        if (mark >= 0)
            url.setQuery(QString::fromUtf8(request.path.mid(mark + 1)), QUrl::TolerantMode);
        return url;
    }

    [[nodiscard]] AsioHttpRequest wireRequest(const UpstreamRequest &request, const QUrl &place) const
    {
        AsioHttpRequest wire;
        wire.method = request.method;
        wire.url = place;
        for (const char *name : PassedOn) {
            if (const QByteArray value = headers::value(request.headers, name); !value.isEmpty())
                headers::set(wire.headers, name, value);
        }
        headers::set(wire.headers, "Accept", "application/json, text/event-stream;q=0.9, */*;q=0.1");
        const bool same = !request.fromOrigin || (place.scheme() == m_options.base.scheme() && place.authority() == m_options.base.authority());
        if (!m_options.apiKey.isEmpty() && same)
            headers::set(wire.headers, "Authorization", "Bearer " + m_options.apiKey.expose().toByteArray());
        wire.body = request.body;
        wire.tls = nullptr; // the system's authorities
        wire.connectTimeout = m_options.connectTimeout;
        wire.headerTimeout = m_options.answerTimeout;
        return wire;
    }

    /// openai.md 5: a body that no gateway works on.
    awaitable<Expected<Dialect, UpstreamFailure>> probe()
    {
        UpstreamRequest question;
        question.path = "/llm";
        question.headers = headers::contentType("application/json");
        question.body = "{}";
        AsioHttpRequest wire = wireRequest(question, orThrow(placeOf(question)));
        wire.headerTimeout = std::chrono::seconds(10);
        wire.maxBodyBytes = 64 * 1024;
        std::optional<Error> failure;
        AsioHttpResponse response;
        try {
            response = co_await asioSend(std::move(wire));
        } catch (const Error &error) {
            failure = error;
        }
        if (failure) {
            ApiError told = failureOf(*failure);
            told.status = 503;
            co_return unexpected(UpstreamFailure(told, false));
        }
        const LlmSign sign = readSign(response.status, response.body);
        if (sign == LlmSign::Legacy)
            co_return Dialect::Legacy;
        if (sign == LlmSign::KeyNeeded)
            co_return unexpected(UpstreamFailure(ApiError::fromUpstream(response.status, response.body, {}, false), false));
        if (sign == LlmSign::NotThere) {
            if (m_options.legacyPath != "/llm")
                co_return Dialect::Legacy;
            const QString said = QStringLiteral("%1 has no /llm: it is no AI gateway, or its routes are off. For an OpenAI-compatible server, use --upstream.")
                                     .arg(title());
            co_return unexpected(UpstreamFailure(ApiError::badGateway(said), false));
        }
        co_return Dialect::Gateway;
    }

    HttpUpstreamOptions m_options;
    std::optional<Dialect> m_dialect;
    const std::shared_ptr<KeptConnections> m_kept = std::make_shared<KeptConnections>();
};

} // namespace

std::unique_ptr<Upstream> makeHttpUpstream(HttpUpstreamOptions options)
{
    return std::make_unique<HttpUpstream>(std::move(options));
}

} // namespace sluice::openai
