#include "sluice/signer/server.h"

#include "payment_desk_p.h"

#include "sluice/base/log.h"
#include "sluice/net/host_guard.h"
#include "sluice/net/work_aside.h"
#include "sluice/payments/balance_text.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QUrlQuery>

namespace sluice::signer {

using boost::asio::awaitable;
using livepeer::SignerPayment;

namespace {

constexpr char JsonType[] = "application/json";
constexpr std::chrono::seconds ListAge{60};
constexpr std::chrono::milliseconds ListTimeout{3'000};
constexpr qsizetype MaxListBytes = 4 * 1024 * 1024;
constexpr char AuthIdHeader[] = "Signer-Auth-Id";

QString freshId()
{
    QByteArray id(16, Qt::Uninitialized);
    QRandomGenerator::system()->generate(id.begin(), id.end());
    return QString::fromLatin1(id.toHex());
}

/// What comes behind "Bearer", or nothing.
std::optional<QByteArray> bearerIn(const Headers &fields)
{
    const QByteArray said = headers::value(fields, "Authorization");
    const qsizetype blank = said.indexOf(' ');
    if (blank < 0 || said.left(blank).toLower() != "bearer")
        return std::nullopt;
    return said.mid(blank + 1).trimmed();
}

/// On other threads, however few bytes there are: signing takes longer than reading.
template <typename Work> auto asideAlways(Work work)
{
    return aside(MaxBytesOnIoThread + 1, std::move(work));
}

/// Another discovery service's list, asked for when it is needed and kept for a minute; an old one stays where a new one cannot be had.
/// On the I/O thread.
class OrchestratorList {
public:
    OrchestratorList(QUrl url, std::shared_ptr<AsioTls> tls)
        : m_url(std::move(url))
        , m_tls(std::move(tls))
    {
    }
    [[nodiscard]] bool isThere() const { return !m_url.isEmpty(); }

    awaitable<std::optional<Json>> entries()
    {
        if (!m_list || m_age.hasExpired(std::chrono::milliseconds(ListAge).count()))
            co_await refresh();
        co_return std::as_const(m_list);
    }

private:
    awaitable<void> refresh()
    {
        AsioHttpRequest request;
        request.method = "GET";
        request.url = m_url;
        request.tls = m_tls;
        request.connectTimeout = ListTimeout;
        request.headerTimeout = ListTimeout;
        request.totalTimeout = ListTimeout;
        request.maxBodyBytes = MaxListBytes;
        QString failure;
        try {
            const AsioHttpResponse answer = co_await asioSend(request);
            const auto json = Json::parse(answer.body, {MaxListBytes, 32});
            if (answer.status >= 200 && answer.status < 300 && json && json->isArray()) {
                m_list = *json;
                m_age.start();
                co_return;
            }
            failure = QStringLiteral("it answered %1").arg(answer.status);
        } catch (const Error &error) {
            failure = error.message();
        }
        qCWarning(logPayments, "The list of orchestrators could not be had from %s: %s", qUtf8Printable(m_url.toString()), qUtf8Printable(failure));
    }

    QUrl m_url;
    std::shared_ptr<AsioTls> m_tls;
    std::optional<Json> m_list;
    QElapsedTimer m_age;
};

/// Whether this signer would sign for what a runner asks, as far as the list tells (client-sdk.md 3.3).
bool isAffordable(const Json &runner, const PriceCeilings &ceilings)
{
    static const QMap<QString, QString> types{{QStringLiteral("seconds"), QStringLiteral("live")}, {QStringLiteral("720p-pixel-seconds"), QStringLiteral("lv2v")},
        {QStringLiteral("fixed"), QStringLiteral("fixed")}};
    const Json price = runner.value(QStringLiteral("price_info"));
    auto ceiling = ceilings.constFind(types.value(price.value(QStringLiteral("unit")).toString(), QStringLiteral("live")));
    if (ceiling == ceilings.cend())
        ceiling = ceilings.constFind(QString());
    const auto asked = balance_text::parse(price.value(QStringLiteral("price")).numberText());
    return ceiling == ceilings.cend() || !asked || *asked <= *ceiling;
}

/// Without the runners that are dearer, nor an orchestrator that had no others.
std::optional<Json> withinCeilings(const Json &entry, const PriceCeilings &ceilings)
{
    const Json runners = entry.value(QStringLiteral("runners"));
    if (runners.size() == 0)
        return entry;
    Json kept = Json::array();
    for (const Json &runner : runners.items()) {
        if (isAffordable(runner, ceilings))
            kept.append(runner);
    }
    if (kept.size() == 0)
        return std::nullopt;
    Json changed = entry;
    changed.insert(QStringLiteral("runners"), kept);
    return changed;
}

Json offering(const Json &entries, const QStringList &wanted, const PriceCeilings &ceilings)
{
    Json kept = Json::array();
    for (const Json &entry : entries.items()) {
        const Json offered = entry.value(QStringLiteral("capabilities"));
        const QList<Json> names = offered.items();
        const auto fits = [&](const Json &name) { return wanted.contains(name.toString()); };
        if (!wanted.isEmpty() && std::none_of(names.begin(), names.end(), fits))
            continue;
        if (const auto affordable = withinCeilings(entry, ceilings))
            kept.append(*affordable);
    }
    return kept;
}

} // namespace

class Server::Impl {
public:
    Impl(IoThread &io, PrivateKey ownKey, ServerOptions chosen, std::shared_ptr<BudgetBook> itsBook)
        : key(std::move(ownKey))
        , options(std::move(chosen))
        , book(std::move(itsBook))
        , desk(key, book, states)
        , list(options.discovery, options.discoveryTls)
        , server(io, httpOptions(options), [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); })
    {
    }

    [[nodiscard]] Expected<void> check() const
    {
        if (!isLoopbackAddress(options.address) && options.callers.isEmpty() && options.webhook.url.isEmpty())
            return unexpected(Error(Error::Kind::Config,
                QStringLiteral("A signer at %1 can be reached by others, and nothing would tell who may spend with its key.").arg(options.address))
                                  .withAdvice(QStringLiteral("Give it callers' keys (--api-key-env) or a webhook that decides, or listen on 127.0.0.1.")));
        if (!options.webhook.url.isEmpty() && options.webhook.url.scheme() != QLatin1String("https") && !isLoopbackAddress(options.webhook.url.host()))
            return unexpected(Error(Error::Kind::Config, QStringLiteral("The webhook %1 would be told callers' credentials over plain HTTP.").arg(options.webhook.url.toString()))
                                  .withAdvice(QStringLiteral("Use its https address.")));
        return {};
    }

    PrivateKey key;
    ServerOptions options;
    std::shared_ptr<BudgetBook> book;
    StateMemory states;
    TermsMemory terms;
    PaymentDesk desk;
    OrchestratorList list;
    HttpServer server; // last: its handlers use the others

private:
    static HttpServerOptions httpOptions(const ServerOptions &options)
    {
        HttpServerOptions http;
        http.address = options.address;
        http.port = options.port;
        http.hosts = options.hosts;
        http.maxBodyBytes = livepeer::MaxSignerRequestBytes;
        http.refusal = [](const RefusedRequest &refused) {
            return std::pair(headers::contentType(JsonType), livepeer::signerErrorBody(QString::fromUtf8(refused.sentence)));
        };
        // Credentials are looked at before a body is taken.
        http.streamsBody = [](const ServerRequest &) { return true; };
        return http;
    }

    awaitable<void> handle(ServerRequest request, ServerResponse &response);
    awaitable<void> refuseWith(Refusal refusal, ServerResponse &response, Headers more = {});
    awaitable<void> answerJson(QByteArray body, ServerResponse &response);
    awaitable<void> servePayment(ServerRequest request, QString caller, ServerResponse &response);
    awaitable<void> serveJob(ServerRequest request, ServerResponse &response);
    awaitable<void> serveList(ServerRequest request, ServerResponse &response);
    awaitable<Expected<Plan, Refusal>> planFor(QByteArray body);
    awaitable<std::optional<Refusal>> authorize(Plan *plan, QString *caller, Headers fields);

    [[nodiscard]] std::optional<QString> callerOf(const Headers &fields) const;
    [[nodiscard]] Moment moment() const;
    [[nodiscard]] BudgetBook::Entry entryFor(const Plan &plan, const QString &caller) const
    {
        return {caller, plan.state.stateId, plan.state.sequenceNumber, plan.cost, options.cap};
    }
    [[nodiscard]] std::optional<Refusal> refusalOf(const BudgetBook::Answer &answer, const BudgetBook::Entry &entry) const;
    [[nodiscard]] bool asksWebhook() const { return !options.webhook.url.isEmpty(); }
};

Moment Server::Impl::moment() const
{
    Moment moment;
    // The wall clock says when, to the millisecond; two calls within one are told apart by their order alone, which is enough for a fee.
    moment.nanoseconds = options.clock->now().toMSecsSinceEpoch() * 1'000'000;
    if (options.chain)
        moment.chain = options.chain();
    moment.self = key.address();
    return moment;
}

/// Whose budget counts; nothing for one who may not ask. Every key is compared, so that time tells nothing.
std::optional<QString> Server::Impl::callerOf(const Headers &fields) const
{
    const auto bearer = bearerIn(fields);
    if (options.callers.isEmpty()) {
        if (!asksWebhook())
            return QStringLiteral("local");
        const QByteArray said = headers::value(fields, "Authorization");
        return QStringLiteral("bearer:") + QString::fromLatin1(QCryptographicHash::hash(said, QCryptographicHash::Sha256).toHex());
    }
    std::optional<QString> found;
    for (const Caller &caller : options.callers) {
        if (bearer && !caller.key.isEmpty() && caller.key.equals(*bearer))
            found = QStringLiteral("key:") + caller.name;
    }
    return found;
}

awaitable<void> Server::Impl::refuseWith(Refusal refusal, ServerResponse &response, Headers more)
{
    if (refusal.status == 500 || refusal.status == 503)
        qCWarning(logPayments, "The signer answers %d: %s", refusal.status, qUtf8Printable(refusal.message));
    QString said = refusal.message;
    if (refusal.status == 500)
        said = QStringLiteral("Internal Server Error");
    else if (refusal.status == 503)
        said = QStringLiteral("Service Unavailable Error");
    Headers fields = headers::contentType(JsonType);
    fields += more;
    if (!refusal.orchestratorUrl.isEmpty() && refusal.orchestratorUrl.size() < 2000) {
        Headers with = fields;
        with.emplaceBack(livepeer::OrchestratorUrlHeader, refusal.orchestratorUrl.toUtf8());
        if (headers::check(with))
            fields = with;
    }
    QByteArray body = livepeer::signerErrorBody(said) + '\n';
    co_await response.send(refusal.status, fields, std::move(body));
}

awaitable<void> Server::Impl::answerJson(QByteArray body, ServerResponse &response)
{
    const Headers fields = headers::contentType(JsonType);
    body += '\n';
    co_await response.send(200, fields, std::move(body));
}

awaitable<void> Server::Impl::handle(ServerRequest request, ServerResponse &response)
{
    const bool isList = request.path == livepeer::signer_route::Discovery && list.isThere();
    const bool isKnown = isList || request.path == livepeer::signer_route::Address || request.path == livepeer::signer_route::Payment
        || request.path == livepeer::signer_route::Job;
    if (!isKnown) {
        const Refusal unknown{404, QStringLiteral("there is nothing at %1").arg(QString::fromLatin1(request.path.left(200))), {}};
        co_await refuseWith(unknown, response);
        co_return;
    }
    const QByteArray method = isList ? "GET" : "POST";
    if (request.method != method) {
        const Refusal wrong{405, QStringLiteral("this path takes %1").arg(QLatin1String(method)), {}};
        const Headers allow{{"Allow", method}};
        co_await refuseWith(wrong, response, allow);
        co_return;
    }
    const auto caller = callerOf(request.headers);
    if (!caller) {
        const Refusal stranger{401, QStringLiteral("the bearer is missing or unknown: send it as Authorization: Bearer KEY"), {}};
        const Headers how{{"WWW-Authenticate", "Bearer"}};
        co_await refuseWith(stranger, response, how);
        co_return;
    }
    if (isList) {
        co_await serveList(std::move(request), response);
        co_return;
    }
    const bool read = co_await response.readBody(request, livepeer::MaxSignerRequestBytes);
    if (!read)
        co_return;
    if (request.path == livepeer::signer_route::Address) {
        QByteArray answer = signAddress(key);
        co_await answerJson(std::move(answer), response);
    } else if (request.path == livepeer::signer_route::Job) {
        co_await serveJob(std::move(request), response);
    } else {
        co_await servePayment(std::move(request), *caller, response);
    }
}

awaitable<void> Server::Impl::serveList(ServerRequest request, ServerResponse &response)
{
    const std::optional<Json> entries = co_await list.entries();
    if (!entries) {
        const Refusal empty{503, QStringLiteral("the cache of orchestrators is empty"), {}};
        co_await refuseWith(empty, response);
        co_return;
    }
    const QStringList wanted = QUrlQuery(QString::fromLatin1(request.query)).allQueryItemValues(QStringLiteral("caps"), QUrl::FullyDecoded);
    QByteArray body = offering(*entries, wanted, options.rules.maxPrice).dump();
    co_await answerJson(std::move(body), response);
}

awaitable<void> Server::Impl::serveJob(ServerRequest request, ServerResponse &response)
{
    auto signature = signJob(request.body, key);
    if (signature && asksWebhook() && options.callers.isEmpty()) {
        // Where nothing else tells who asks: a job uses up what was paid before.
        ChainState none;
        none.type = QStringLiteral("byoc");
        none.lastUpdate = moment().nanoseconds;
        QByteArray question = webhookQuestion(request.headers, none.encode());
        const auto allowed = co_await askWebhook(options.webhook, std::move(question));
        if (!allowed)
            signature = unexpected(allowed.error());
    }
    if (signature)
        co_await answerJson(*signature, response);
    else
        co_await refuseWith(signature.error(), response);
}

std::optional<Refusal> Server::Impl::refusalOf(const BudgetBook::Answer &answer, const BudgetBook::Entry &entry) const
{
    switch (answer.verdict) {
    case BudgetBook::Verdict::Taken: return std::nullopt;
    case BudgetBook::Verdict::Stale:
        qCInfo(logPayments, "A state of chain %s was refused: it is an older one, or another caller's.", qUtf8Printable(entry.chain.left(64)));
        return Refusal{400, QStringLiteral("invalid state: it is not the last one of its chain"), {}};
    case BudgetBook::Verdict::BudgetSpent: break;
    }
    qCInfo(logPayments, "%s has spent its budget.", qUtf8Printable(entry.caller.left(100)));
    return Refusal{livepeer::signer_status::BudgetSpent,
        QStringLiteral("insufficient balance: %1 of %2 wei are spent, and this payment would take %3")
            .arg(toDecimal(answer.spent), toDecimal(entry.cap.value_or(Wei(0))), toDecimal(entry.cost)),
        {}};
}

/// Asks the webhook, if it must be asked; `plan` and `caller` follow its answer. What it refuses is given back.
awaitable<std::optional<Refusal>> Server::Impl::authorize(Plan *plan, QString *caller, Headers fields)
{
    const QString said = QString::fromUtf8(headers::value(fields, AuthIdHeader)).left(1000);
    const bool ownBudget = options.callers.isEmpty(); // the webhook alone tells callers apart
    const QString before = plan->state.authId;
    if (!plan->isFirst && plan->state.lastUpdate / 1'000'000'000 <= plan->state.authExpiry) {
        if (ownBudget && !before.isEmpty() && said != before)
            *caller = QStringLiteral("auth:") + before;
        co_return std::nullopt;
    }
    const BudgetBook::Entry entry = entryFor(*plan, *caller);
    if (!ownBudget) {
        auto looking = [book = book, entry] { return book->look(entry); };
        const BudgetBook::Answer now = co_await asideAlways(looking);
        if (auto refused = refusalOf(now, entry))
            co_return refused;
    }
    QByteArray question = webhookQuestion(fields, plan->state.encode());
    const auto answer = co_await askWebhook(options.webhook, std::move(question));
    if (!answer)
        co_return answer.error();
    const QString authId = answer->authId.isEmpty() ? said : answer->authId;
    if (!before.isEmpty() && authId != before)
        co_return Refusal{500, QStringLiteral("the auth id of the chain changed from %1 to %2").arg(before, authId), {}};
    if (answer->maxPrice) {
        if (const auto fits = checkCeiling(plan->price, QStringLiteral("auth webhook maxPrice"), *answer->maxPrice); !fits)
            co_return fits.error();
    }
    plan->state.authId = authId;
    plan->state.authExpiry = answer->expiry;
    if (ownBudget && !answer->authId.isEmpty())
        *caller = QStringLiteral("auth:") + answer->authId;
    co_return std::nullopt;
}

/// On this thread, unless there is much to read or a signature to check, which takes longer than all the rest.
awaitable<Expected<Plan, Refusal>> Server::Impl::planFor(QByteArray body)
{
    Moment now = moment();
    if (body.size() > MaxBytesOnIoThread) {
        now.freshId = freshId();
        auto planning = [body, rules = options.rules, now] { return planPayment(body, rules, now); };
        co_return co_await asideAlways(planning);
    }
    Expected<livepeer::SignerPaymentRequest> request = livepeer::SignerPaymentRequest::parse(body);
    if (!request)
        co_return unexpected(Refusal{400, request.error().message(), {}});
    if (!request->state)
        now.freshId = freshId(); // the system's chance costs as much as all of the plan
    const Known known{request->state ? states.find(*request->state) : std::nullopt, terms.find(request->orchestrator)};
    if (request->state && !known.state) {
        auto checking = [request = std::move(*request), rules = options.rules, now, known]() mutable { return planPayment(std::move(request), rules, now, known); };
        co_return co_await asideAlways(checking);
    }
    Expected<Plan, Refusal> plan = planPayment(std::move(*request), options.rules, now, known);
    if (plan && !known.terms)
        terms.add(plan->request.orchestrator, plan->terms);
    co_return plan;
}

awaitable<void> Server::Impl::servePayment(ServerRequest request, QString caller, ServerResponse &response)
{
    Expected<Plan, Refusal> planned = co_await planFor(request.body);
    request.dropBody();
    if (!planned) {
        co_await refuseWith(planned.error(), response);
        co_return;
    }
    if (asksWebhook()) {
        const std::optional<Refusal> refused = co_await authorize(&*planned, &caller, request.headers);
        if (refused) {
            co_await refuseWith(*refused, response);
            co_return;
        }
    }
    std::optional<Refusal> refused;
    PaymentDesk::Outcome done;
    const BudgetBook::Entry entry = entryFor(*planned, caller);
    try {
        done = co_await desk.pay(std::move(*planned), entry);
        refused = refusalOf(done.booked, entry);
    } catch (const Error &error) {
        refused = Refusal{500, error.message(), {}};
    }
    if (refused)
        co_await refuseWith(*refused, response);
    else
        co_await answerJson(std::move(done.answer), response);
}

Server::Server(IoThread &io, PrivateKey key, ServerOptions options, std::shared_ptr<BudgetBook> book)
    : m_impl(std::make_shared<Impl>(io, std::move(key), std::move(options), std::move(book)))
{
}

Server::~Server()
{
    stop();
}

Expected<QUrl> Server::listen()
{
    if (const auto fit = m_impl->check(); !fit)
        return unexpected(fit.error());
    const auto port = m_impl->server.listen();
    if (!port)
        return unexpected(port.error());
    return url();
}

void Server::stop()
{
    m_impl->server.stop();
}

QUrl Server::url() const
{
    return QUrl(m_impl->server.origin());
}

} // namespace sluice::signer
