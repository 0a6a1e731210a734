#pragma once

#include "agent_http_p.h"
#include "agent_journal_p.h"
#include "agent_ledger_p.h"

#include "sluice/net/io_thread.h"

namespace sluice::zerog {

using boost::asio::awaitable;

/// What both agents are behind their sockets: a state that is theirs alone, its ledger and its journal. On the I/O thread, but for what says
/// otherwise.
class AgentCore {
public:
    virtual ~AgentCore() = default;
    AgentCore(const AgentCore &) = delete;
    AgentCore &operator=(const AgentCore &) = delete;

    /// On another thread: ledger and state are opened.
    [[nodiscard]] virtual Expected<void> open() = 0;
    /// Once its server listens, which others reach there.
    virtual awaitable<void> begin(QString publicUrl) = 0;
    /// Nothing more is begun; on the I/O thread, once its server has stopped.
    virtual void end();
    /// On another thread, after end().
    void close();

    /// What goes wrong with a request is told to whoever asked, and logged.
    awaitable<void> serve(ServerRequest request, ServerResponse &response);

protected:
    /// `name` begins what it says of an error: "Provider".
    AgentCore(IoThread &io, const char *name)
        : m_io(io)
        , m_name(name)
    {
    }
    /// The state's file with these tables, which `load` reads, and the ledger.
    [[nodiscard]] Expected<void> openState(const QString &stateFile, const LedgerMaker &ledger, const Schema &schema, const std::function<void(Sql &)> &load);
    virtual awaitable<void> route(ServerRequest &request, ServerResponse &response) = 0;

    IoThread &m_io;
    LedgerDesk m_ledger;
    std::shared_ptr<Database> m_database;
    std::shared_ptr<Journal> m_journal;
    AgentConnections m_connections;
    bool m_ended = false;

private:
    const char *const m_name;
    std::unique_ptr<StateLock> m_lock;
};

/// An agent: its core behind a socket. Made, listened and stopped from any thread but the I/O thread.
class AgentServer final {
public:
    /// `publicUrl`: where others reach it; empty: where it listens.
    AgentServer(IoThread &io, std::shared_ptr<AgentCore> core, HttpServerOptions options, QString publicUrl);
    ~AgentServer() { stop(); }
    AgentServer(const AgentServer &) = delete;
    AgentServer &operator=(const AgentServer &) = delete;

    /// Opens, listens and begins; stops when something of it fails.
    [[nodiscard]] Expected<QUrl> listen();
    /// Harmless twice.
    void stop();
    [[nodiscard]] QUrl url() const { return QUrl(m_server.origin()); }

    /// How both listen, but for where.
    [[nodiscard]] static HttpServerOptions httpOptions(quint16 port, qsizetype maxBodyBytes);

private:
    [[nodiscard]] Expected<void> start();

    IoThread &m_io;
    const QString m_publicUrl;
    std::shared_ptr<AgentCore> m_core;
    HttpServer m_server;
    bool m_stopped = false;
};

} // namespace sluice::zerog
