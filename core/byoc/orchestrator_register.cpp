#include "orchestrator_p.h"

#include "sluice/base/log.h"
#include "sluice/net/work_aside.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

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

} // namespace

Awaitable<void> Orchestrator::Server::handleRegister(ServerRequest request, ServerResponse &response)
{
    if (request.method != "POST") {
        co_await refuseMethod(response);
        co_return;
    }
    if (!mayRegister(options.secret, request.headers)) {
        co_await response.sendText(400, "invalid authorization");
        co_return;
    }
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
    const auto generation = table.add(std::move(*registration));
    if (!generation) {
        co_await response.sendText(400, "Error registering capability: " + generation.error().message().toUtf8());
        co_return;
    }
    qCInfo(logByoc, "registered %s", qUtf8Printable(name));
    fetchDescription(name, *generation);
    co_await response.send(200, jsonHeaders(), "ok");
}

Awaitable<void> Orchestrator::Server::handleUnregister(ServerRequest request, ServerResponse &response)
{
    if (request.method != "POST") {
        co_await refuseMethod(response);
        co_return;
    }
    if (!mayRegister(options.secret, request.headers)) {
        co_await response.sendText(400, "invalid authorization");
        co_return;
    }
    if (!co_await response.readBody(request, MaxNameBytes))
        co_return;
    if (table.remove(QString::fromUtf8(request.body)))
        qCInfo(logByoc, "unregistered %s", request.body.constData());
    co_await response.send(200, jsonHeaders(), "ok");
}

void Orchestrator::Server::fetchDescription(const QString &name, quint64 generation)
{
    // A worker that said it all when it registered is not asked.
    const auto known = table.find(name);
    if (!known || !known->registration.about.inputSchema.isNull())
        return;
    const auto fetch = [](std::weak_ptr<Server> weak, QString wanted, quint64 wantedGeneration) -> Awaitable<void> {
        for (const auto delay : SchemaDelays) {
            boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, delay);
            co_await timer.async_wait(boost::asio::use_awaitable);
            std::optional<RegisteredCapability> capability;
            if (const auto self = weak.lock())
                capability = self->table.find(wanted);
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
                self->table.describe(wanted, wantedGeneration, CapabilityDescription::readFrom(*schema),
                    schema->value(QStringLiteral("description")).toString());
            }
            co_return;
        }
    };
    boost::asio::co_spawn(io.context(), fetch(weak_from_this(), name, generation), boost::asio::detached);
}

} // namespace sluice::byoc
