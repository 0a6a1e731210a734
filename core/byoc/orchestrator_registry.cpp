#include "orchestrator_registry_p.h"

#include "sluice/base/log.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/net/work_aside.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>

namespace sluice::byoc {

namespace {

constexpr qsizetype MaxRegistrationBytes = 1024 * 1024;
constexpr qsizetype MaxNameBytes = 4096;
constexpr qsizetype MaxSchemaBytes = 1024 * 1024;
constexpr std::chrono::seconds SchemaTimeout{5};
/// A worker may register before it serves, so its schema is asked for more than once.
constexpr std::array SchemaDelays{std::chrono::milliseconds(0), std::chrono::milliseconds(500), std::chrono::milliseconds(3000)};

bool mayRegister(const Secret &secret, const Headers &headers)
{
    return secret.equals(headers::value(headers, "Authorization"));
}

struct Answer {
    int status = 0; ///< 0: no answer
    QByteArray body;
};

Awaitable<Answer> askSchema(const RegisteredCapability &capability)
{
    AsioHttpRequest request;
    request.method = "GET";
    request.url = QUrl(capability.registration.url + QStringLiteral("/schema"));
    if (!capability.registration.token.isEmpty())
        request.headers.append({"Authorization", "Bearer " + capability.registration.token.toUtf8()});
    request.headerTimeout = SchemaTimeout;
    request.totalTimeout = SchemaTimeout;
    request.maxBodyBytes = MaxSchemaBytes;
    try {
        const AsioHttpResponse response = co_await asioSend(std::move(request));
        co_return Answer{response.status, response.body};
    } catch (const Error &error) {
        qCDebug(logByoc, "schema of %s: %s", qUtf8Printable(capability.registration.name), qUtf8Printable(error.describe()));
        co_return Answer{};
    }
}

ListedCapability listed(const RegisteredCapability &capability, bool isFree)
{
    ListedCapability entry;
    entry.name = capability.registration.name;
    entry.description = capability.registration.description;
    entry.capacity = capability.registration.capacity;
    entry.available = capability.available();
    // What a token would say: whole wei per second, whatever the worker registered.
    entry.pricePerUnit = isFree ? 0 : capability.pricePerSecond;
    entry.priceScaling = 1;
    entry.currency = QStringLiteral("wei");
    entry.about = capability.registration.about;
    return entry;
}

Json healthOf(const QList<RegisteredCapability> &capabilities)
{
    qint64 jobs = 0;
    for (const RegisteredCapability &capability : capabilities)
        jobs += capability.load;
    return Json{{QStringLiteral("status"), QStringLiteral("ok")},
        {QStringLiteral("capabilities"), qint64(capabilities.size())}, {QStringLiteral("jobs"), jobs}};
}

} // namespace

Registry::Registry(SharedContext context)
    : m_context(std::move(context))
{
}

Awaitable<bool> Registry::admits(const ServerRequest &request, ServerResponse &response) const
{
    if (request.method != "POST") {
        co_await refuseMethod(response);
        co_return false;
    }
    if (!mayRegister(m_context->options.secret, request.headers)) {
        co_await response.sendText(400, "invalid authorization");
        co_return false;
    }
    co_return true;
}

Awaitable<void> Registry::handleRegister(ServerRequest request, ServerResponse &response)
{
    if (!co_await admits(request, response))
        co_return;
    if (!co_await response.readBody(request, MaxRegistrationBytes))
        co_return;
    const Json::Limits limits{MaxRegistrationBytes, 64};
    const auto json = co_await parseAside(std::move(request.body), limits);
    auto registration = json ? CapabilityRegistration::fromJson(*json) : unexpected(json.error());
    if (!registration) {
        co_await response.sendText(400, "Error registering capability: " + registration.error().message().toUtf8());
        co_return;
    }
    const QString name = registration->name;
    const auto generation = m_table.add(std::move(*registration));
    if (!generation) {
        co_await response.sendText(400, "Error registering capability: " + generation.error().message().toUtf8());
        co_return;
    }
    qCInfo(logByoc, "registered %s", qUtf8Printable(name));
    fetchDescription(name, *generation);
    co_await response.send(200, jsonHeaders(), "ok");
}

Awaitable<void> Registry::handleUnregister(ServerRequest request, ServerResponse &response)
{
    if (!co_await admits(request, response))
        co_return;
    if (!co_await response.readBody(request, MaxNameBytes))
        co_return;
    if (m_table.remove(QString::fromUtf8(request.body)))
        qCInfo(logByoc, "unregistered %s", request.body.constData());
    co_await response.send(200, jsonHeaders(), "ok");
}

void Registry::fetchDescription(const QString &name, quint64 generation)
{
    // A worker whose registration has its schema is not asked for it.
    const auto known = m_table.find(name);
    if (!known || !known->registration.about.inputSchema.isNull())
        return;
    const auto fetch = [](std::weak_ptr<Registry> weak, QString wanted, quint64 wantedGeneration) -> Awaitable<void> {
        for (const auto delay : SchemaDelays) {
            boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, delay);
            co_await timer.async_wait(boost::asio::use_awaitable);
            std::optional<RegisteredCapability> capability;
            if (const auto self = weak.lock())
                capability = self->m_table.find(wanted);
            if (!capability || capability->generation != wantedGeneration)
                co_return;
            const Answer answer = co_await askSchema(*capability);
            if (answer.status == 0)
                continue;
            Expected<Json> schema = Json();
            const Json::Limits limits{MaxSchemaBytes, 64};
            if (answer.status == 200)
                schema = co_await parseAside(answer.body, limits);
            if (const auto self = weak.lock(); self && schema) {
                self->m_table.describe(wanted, wantedGeneration, CapabilityDescription::readFrom(*schema),
                    schema->value(QStringLiteral("description")).toString());
            }
            co_return;
        }
    };
    boost::asio::co_spawn(m_context->node.io().context(), fetch(weak_from_this(), name, generation), boost::asio::detached);
}

Awaitable<void> Registry::handleCapabilities(ServerRequest request, ServerResponse &response) const
{
    if (request.method != "GET") {
        co_await refuseMethod(response);
        co_return;
    }
    QList<ListedCapability> entries;
    const QList<RegisteredCapability> all = m_table.all();
    for (const RegisteredCapability &capability : all)
        entries.append(listed(capability, m_context->options.offChain));
    co_await sendJson(listingToJson(entries), response);
}

Awaitable<void> Registry::handleHealth(ServerRequest request, ServerResponse &response) const
{
    if (request.method != "GET") {
        co_await refuseMethod(response);
        co_return;
    }
    co_await sendJson(healthOf(m_table.all()), response);
}

QStringList Registry::discovered() const
{
    QStringList names;
    const QList<RegisteredCapability> all = m_table.all();
    for (const RegisteredCapability &capability : all)
        names.append(QStringLiteral("byoc/") + capability.registration.name);
    return names;
}

} // namespace sluice::byoc
