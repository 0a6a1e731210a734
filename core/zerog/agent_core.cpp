#include "agent_core_p.h"

#include "sluice/base/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <utility>

namespace sluice::zerog {

Expected<void> AgentCore::openState(const QString &stateFile, const LedgerMaker &ledger, const Schema &schema, const std::function<void(Sql &)> &load)
{
    auto lock = StateLock::take(stateFile);
    if (!lock)
        return unexpected(lock.error());
    m_lock = std::move(*lock);
    if (const auto started = m_ledger.start(ledger); !started)
        return unexpected(started.error());
    auto database = Database::open(stateFile, {schema});
    if (!database)
        return unexpected(database.error());
    m_database = *database;
    try {
        m_database->transactionSync([&load](Sql &sql) {
            load(sql);
            return true;
        });
    } catch (const Error &error) {
        return unexpected(error);
    }
    m_journal = std::make_shared<Journal>(m_database, m_io.context().get_executor());
    return {};
}

void AgentCore::end()
{
    m_ended = true;
    m_connections.clear();
    m_ledger.close();
}

void AgentCore::close()
{
    m_ledger.stop();
    if (m_journal)
        m_journal->finish();
    m_lock.reset();
}

awaitable<void> AgentCore::serve(ServerRequest request, ServerResponse &response)
{
    std::optional<QString> failure;
    try {
        co_await route(request, response);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        failure = error.message();
    }
    if (!failure)
        co_return;
    qCWarning(logNet) << "0G agent:" << m_name << request.method << request.path << *failure;
    if (response.started())
        response.abort();
    else
        co_await answerError(response, QLatin1String(m_name) + QStringLiteral(": ") + *failure);
}

AgentServer::AgentServer(IoThread &io, std::shared_ptr<AgentCore> core, HttpServerOptions options, QString publicUrl)
    : m_io(io)
    , m_publicUrl(std::move(publicUrl))
    , m_core(std::move(core))
    , m_server(io, std::move(options), [this](ServerRequest request, ServerResponse &response) { return m_core->serve(std::move(request), response); })
{
}

HttpServerOptions AgentServer::httpOptions(quint16 port, qsizetype maxBodyBytes)
{
    HttpServerOptions http;
    http.port = port;
    http.maxBodyBytes = maxBodyBytes;
    http.maxBytesInHand = std::max<qsizetype>(http.maxBytesInHand, 4 * maxBodyBytes);
    http.maxBytesInHandPerPeer = std::max<qsizetype>(http.maxBytesInHandPerPeer, 3 * maxBodyBytes);
    http.refusal = &agentRefusal;
    return http;
}

Expected<void> AgentServer::start()
{
    if (const auto opened = m_core->open(); !opened)
        return opened;
    if (const auto port = m_server.listen(); !port)
        return unexpected(port.error());
    const QString reached = m_publicUrl.isEmpty() ? m_server.origin() : m_publicUrl;
    try {
        boost::asio::co_spawn(m_io.context(), m_core->begin(reached), boost::asio::use_future).get();
    } catch (const Error &error) {
        return unexpected(error);
    }
    return {};
}

Expected<QUrl> AgentServer::listen()
{
    if (const auto started = start(); !started) {
        const Error why = started.error();
        stop();
        return unexpected(why);
    }
    return url();
}

void AgentServer::stop()
{
    if (std::exchange(m_stopped, true))
        return;
    m_server.stop();
    askOn(m_io, [this] { return m_core->end(), true; });
    m_core->close();
}

} // namespace sluice::zerog
