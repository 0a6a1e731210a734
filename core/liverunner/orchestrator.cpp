#include "sluice/liverunner/orchestrator.h"

#include "orchestrator_desks_p.h"

#include "sluice/base/log.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/net/io_thread.h"
#include "sluice/net/origin.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace sluice::liverunner {

namespace {

constexpr qsizetype MaxHealthBytes = 64 * 1024;
const QString ProxyMark = QStringLiteral("{proxy}");

Awaitable<void> notFound(ServerResponse &response)
{
    co_await response.sendText(404, "404 page not found");
}

Awaitable<void> redirect(QByteArray path, QByteArray query, ServerResponse &response)
{
    const QByteArray location = query.isEmpty() ? path : path + '?' + query;
    Headers fields{{"Location", location}};
    co_await response.send(301, std::move(fields), {});
}

/// As Go's router does with paths as they came: no "//", "." or ".." in them.
QByteArray cleaned(const QByteArray &path)
{
    QList<QByteArray> kept;
    const QList<QByteArray> segments = path.split('/');
    for (const QByteArray &segment : segments) {
        if (segment.isEmpty() || segment == ".")
            continue;
        if (segment != "..")
            kept.append(segment);
        else if (!kept.isEmpty())
            kept.removeLast();
    }
    QByteArray clean = '/' + kept.join('/');
    if (clean != "/" && (path.endsWith('/') || path.endsWith("/.") || path.endsWith("/..")))
        clean += '/';
    return clean;
}

QString decoded(const QByteArray &segment)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(segment));
}

/// The path of a request in segments, and what lies behind them.
struct Place {
    QList<QByteArray> segments;
    [[nodiscard]] QString text(qsizetype at) const { return decoded(segments.value(at)); }
    [[nodiscard]] bool is(qsizetype at, const char *word) const { return segments.value(at) == word; }
    /// From that segment on, as it came.
    [[nodiscard]] QByteArray from(qsizetype at) const { return segments.mid(at).join('/'); }
};

} // namespace

/// Everything behind Orchestrator; lives on the I/O thread except where noted.
class Orchestrator::Server : public std::enable_shared_from_this<Orchestrator::Server> {
public:
    Server(Node &node, trickle::Server &channels, Recipient &recipient, OrchestratorOptions options)
        : context(std::make_shared<Context>(node, channels, recipient, std::move(options)))
        , book(std::make_shared<Book>(context))
        , cashier(std::make_shared<Cashier>(context, book))
        , runnerDesk(context, book)
        , callDesk(context, book, cashier)
        , sweeping(node.io().context().get_executor())
        , keeping(node.io().context().get_executor())
        , polling(node.io().context().get_executor())
    {
    }
    void mount(Router &router);             ///< before the node listens
    [[nodiscard]] Expected<void> readTemplate();
    void begin();
    void end();
    void pollHealth();

    const SharedContext context;
    const std::shared_ptr<Book> book;
    const std::shared_ptr<Cashier> cashier;
    bool running = false;

private:
    Awaitable<void> answer(ServerRequest request, ServerResponse &response);
    Awaitable<void> answerApps(Place place, ServerRequest request, ServerResponse &response);
    Awaitable<void> answerProxy(ServerRequest request, ServerResponse &response);
    Awaitable<void> answerDiscovery(ServerRequest request, ServerResponse &response);
    /// False, and answered, unless the method is that one.
    Awaitable<bool> allows(const char *method, const ServerRequest &request, ServerResponse &response);
    [[nodiscard]] bool isProxied(const ServerRequest &request) const;
    Awaitable<void> pollAll();
    void sweepLater();
    void keepLater();
    void pollLater();

    RunnerDesk runnerDesk;
    CallDesk callDesk;
    Alarm sweeping;
    Alarm keeping;
    Alarm polling;
    bool isPolling = false;
};

void Orchestrator::Server::mount(Router &router)
{
    const auto self = shared_from_this();
    router.mountRaw(
        [self](const ServerRequest &request) { return self->isProxied(request); },
        [self](ServerRequest request, ServerResponse &response) { return self->answerProxy(std::move(request), response); });
    router.mountRaw(
        [](const ServerRequest &request) {
            return request.path.startsWith("/apps/") || request.path.startsWith("/runner/") || request.path.startsWith("/runners/");
        },
        [self](ServerRequest request, ServerResponse &response) { return self->answer(std::move(request), response); });
    router.mount("/discovery", [self](ServerRequest request, ServerResponse &response) { return self->answerDiscovery(std::move(request), response); });
    router.mount("/refresh-payment", [self](ServerRequest request, ServerResponse &response) -> Awaitable<void> {
        if (co_await self->allows("POST", request, response))
            co_await self->callDesk.refresh(std::move(request), response);
    });
}

Expected<void> Orchestrator::Server::readTemplate()
{
    QString text = context->options.proxyTemplate;
    if (text.isEmpty())
        text = context->service() + QStringLiteral("/run/") + ProxyMark;
    QString base = text;
    if (base.endsWith(QLatin1Char('/')))
        base.chop(1);
    const bool isLast = base.endsWith(QLatin1Char('/') + ProxyMark) && base.count(ProxyMark) == 1;
    base.chop(isLast ? ProxyMark.size() : 0);
    const QUrl url(base, QUrl::StrictMode);
    const auto origin = Origin::of(url);
    if (!isLast || !origin || url.hasQuery() || url.hasFragment())
        return unexpected(Error(Error::Kind::Config, QStringLiteral("“%1” is no address for proxies.").arg(text))
                              .withAdvice(QStringLiteral("Write an http address with {proxy} as its last segment, like https://host:8935/run/{proxy}.")));
    // The text of the port counts: it is compared with what clients write.
    QString authority = url.authority(QUrl::FullyEncoded);
    context->proxyHost = authority.toLatin1().toLower();
    context->proxyPrefix = url.path(QUrl::FullyEncoded).toLatin1();
    context->proxyBase = base;
    return {};
}

bool Orchestrator::Server::isProxied(const ServerRequest &request) const
{
    const QByteArray &prefix = context->proxyPrefix;
    if (!running || prefix.isEmpty() || !request.path.startsWith(prefix) || request.path.size() == prefix.size())
        return false;
    return headers::value(request.headers, "Host").toLower() == context->proxyHost;
}

Awaitable<bool> Orchestrator::Server::allows(const char *method, const ServerRequest &request, ServerResponse &response)
{
    if (request.method == method)
        co_return true;
    Headers fields{{"Allow", method}, {"Content-Type", "text/plain; charset=utf-8"}, {"X-Content-Type-Options", "nosniff"}};
    co_await response.send(405, std::move(fields), "Method Not Allowed\n");
    co_return false;
}

Awaitable<void> Orchestrator::Server::answer(ServerRequest request, ServerResponse &response)
{
    if (!running) {
        co_await response.sendText(404, "live runners are not supported");
        co_return;
    }
    if (QByteArray clean = cleaned(request.path); clean != request.path) {
        co_await redirect(std::move(clean), request.query, response);
        co_return;
    }
    Place place;
    place.segments = request.path.mid(1).split('/');
    const qsizetype size = place.segments.size();
    if (place.is(0, "apps")) {
        co_await answerApps(std::move(place), std::move(request), response);
    } else if (place.is(0, "runners") && size == 2 && place.is(1, "heartbeat")) {
        if (co_await allows("POST", request, response))
            co_await runnerDesk.heartbeat(std::move(request), response);
    } else if (place.is(0, "runners") && size == 3 && place.is(2, "unregister")) {
        if (co_await allows("POST", request, response))
            co_await runnerDesk.unregister(place.text(1), std::move(request), response);
    } else if (place.is(0, "runner") && size == 5 && place.is(2, "session")
        && (place.is(4, "channels") || place.is(4, "proxy") || place.is(4, "stop"))) {
        co_await runnerDesk.callback(place.text(1), place.text(3), place.text(4), std::move(request), response);
    } else {
        co_await notFound(response);
    }
}

Awaitable<void> Orchestrator::Server::answerApps(Place place, ServerRequest request, ServerResponse &response)
{
    const qsizetype size = place.segments.size();
    const QString route = place.text(1);
    const bool inSession = size >= 5 && place.is(2, "session") && place.is(4, "app");
    const bool once = size >= 3 && place.is(2, "app");
    const qsizetype head = inSession ? 5 : 3; // segments before the app's path
    if ((inSession || once) && size == head) {
        co_await redirect(request.path + '/', request.query, response);
    } else if (inSession || once) {
        QByteArray path = place.from(head);
        if (hasDotSegments(path))
            co_await response.sendText(400, "the path has dot segments");
        else if (inSession)
            co_await callDesk.use(route, place.text(3), std::move(path), std::move(request), response);
        else
            co_await callDesk.callOnce(route, std::move(path), std::move(request), response);
    } else if (size == 3 && place.is(2, "session")) {
        if (co_await allows("POST", request, response))
            co_await callDesk.reserve(route, std::move(request), response);
    } else if (size == 5 && place.is(2, "session") && (place.is(4, "payment") || place.is(4, "stop"))) {
        if (!co_await allows("POST", request, response))
            co_return;
        if (place.is(4, "stop"))
            co_await callDesk.stop(route, place.text(3), std::move(request), response);
        else
            co_await callDesk.pay(route, place.text(3), std::move(request), response);
    } else {
        co_await notFound(response);
    }
}

Awaitable<void> Orchestrator::Server::answerProxy(ServerRequest request, ServerResponse &response)
{
    if (QByteArray clean = cleaned(request.path); clean != request.path) {
        co_await redirect(std::move(clean), request.query, response);
        co_return;
    }
    const QByteArray rest = request.path.mid(context->proxyPrefix.size());
    const qsizetype slash = rest.indexOf('/');
    if (slash < 0) {
        co_await redirect(request.path + '/', request.query, response);
        co_return;
    }
    QByteArray path = rest.mid(slash + 1);
    if (hasDotSegments(path)) {
        co_await response.sendText(400, "the path has dot segments");
        co_return;
    }
    co_await callDesk.throughProxy(decoded(rest.left(slash)), std::move(path), std::move(request), response);
}

Awaitable<void> Orchestrator::Server::answerDiscovery(ServerRequest request, ServerResponse &response)
{
    if (!co_await allows("GET", request, response))
        co_return;
    if (!running) {
        co_await response.sendText(404, "live runners are not supported");
        co_return;
    }
    Json nodes = Json::array();
    nodes.append(book->listed().toJson());
    co_await sendJson(std::move(nodes), response);
}

void Orchestrator::Server::begin()
{
    running = true;
    sweepLater();
    keepLater();
}

void Orchestrator::Server::end()
{
    running = false;
    sweeping.disarm();
    keeping.disarm();
    polling.disarm();
    book->removeAll();
}

void Orchestrator::Server::sweepLater()
{
    sweeping.arm(context->options.sweepPeriod, [this] {
        book->sweep();
        sweepLater();
    });
}

void Orchestrator::Server::keepLater()
{
    keeping.arm(context->options.keepAlive, [this] {
        book->keepAlive();
        keepLater();
    });
}

void Orchestrator::Server::pollLater()
{
    polling.arm(context->options.healthPeriod, [this] { pollHealth(); });
}

void Orchestrator::Server::pollHealth()
{
    if (isPolling || !running)
        return;
    isPolling = true;
    polling.disarm();
    const auto poll = [](std::shared_ptr<Server> self) -> Awaitable<void> {
        co_await self->pollAll();
        self->isPolling = false;
        if (self->running && !self->book->fromFiles().isEmpty())
            self->pollLater();
    };
    boost::asio::co_spawn(context->node.io().context(), poll(shared_from_this()), boost::asio::detached);
}

/// One after the other, so that a slow one makes the round longer and not the load higher.
Awaitable<void> Orchestrator::Server::pollAll()
{
    const auto all = book->fromFiles();
    for (const auto &runner : all) {
        AsioHttpRequest request;
        request.method = "GET";
        request.url = QUrl(runner->file->healthAddress());
        request.tls = nullptr; // what the system's authorities vouch for
        request.connectTimeout = request.headerTimeout = request.totalTimeout = context->options.healthTimeout;
        request.maxBodyBytes = MaxHealthBytes;
        bool healthy = false;
        try {
            const auto stream = co_await asioOpen(std::move(request));
            healthy = stream->status() == runner->file->healthyStatus;
        } catch (const Error &error) {
            qCDebug(logLiveRunner, "health of %s: %s", qUtf8Printable(runner->file->label), qUtf8Printable(error.describe()));
        }
        if (!running)
            co_return;
        book->setHealthy(runner, healthy);
    }
}

Orchestrator::Orchestrator(Node &node, trickle::Server &channels, Recipient &recipient, OrchestratorOptions options)
    : m_server(std::make_shared<Server>(node, channels, recipient, std::move(options)))
{
    m_server->mount(node.router());
}

Orchestrator::~Orchestrator()
{
    stop();
}

void Orchestrator::listIn(Discovery &discovery) const
{
    discovery.tell(QStringLiteral("runners"),
        [server = m_server] { return server->running ? server->book->listed().toJson().value(QStringLiteral("runners")) : Json(); });
}

Expected<void> Orchestrator::start()
{
    return askOn(m_server->context->node.io(), [this]() -> Expected<void> {
        if (auto read = m_server->readTemplate(); !read)
            return read;
        m_server->begin();
        m_started = true;
        return {};
    });
}

void Orchestrator::stop()
{
    if (!std::exchange(m_started, false))
        return; // perhaps there is no node any more
    askOn(m_server->context->node.io(), [this] {
        m_server->end();
        return true;
    });
}

Expected<void> Orchestrator::load(QByteArrayView runnersFile)
{
    const auto entries = parseRunnersFile(runnersFile, m_server->context->isOnChain());
    if (!entries)
        return unexpected(entries.error());
    askOn(m_server->context->node.io(), [&] {
        m_server->book->take(*entries);
        m_server->pollHealth();
        return true;
    });
    return {};
}

void Orchestrator::forgetAll()
{
    askOn(m_server->context->node.io(), [this] {
        m_server->book->removeAll();
        return true;
    });
}

DiscoveredNode Orchestrator::listed() const
{
    return askOn(m_server->context->node.io(), [this] { return m_server->book->listed(); });
}

QStringList Orchestrator::sessions() const
{
    return askOn(m_server->context->node.io(), [this] { return m_server->book->sessionIds(); });
}

} // namespace sluice::liverunner
