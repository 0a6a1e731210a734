#include "rpc_server_p.h"

#include "sluice/livepeer/rpc_log.h"
#include "sluice/livepeer/rpc_bytes.h"

#include "sluice/livepeer/messages.h"
#include "sluice/net/host_guard.h"

#include <QtCore/QUrl>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QNetworkInterface>
#include <QtNetwork/QSslCertificate>

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

namespace sluice::lv2v {

using namespace livepeer;

namespace {

constexpr char Method[] = "/net.Orchestrator/GetOrchestrator";
constexpr std::chrono::seconds StopWithin{1};

/// One call. Deletes itself when gRPC is done with it.
class Exchange final : public grpc::ServerGenericBidiReactor {
public:
    Exchange(IoThread &io, const RpcServer::Answer &answer, const grpc::Status &refusal)
        : m_io(io)
        , m_answer(answer)
    {
        if (refusal.ok())
            StartRead(&m_request);
        else
            Finish(refusal);
    }
    void OnReadDone(bool isOk) override
    {
        if (!isOk) {
            Finish(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "there is no request"));
            return;
        }
        m_io.post([this] { answer(); });
    }
    void OnDone() override { delete this; }

private:
    void answer()
    {
        const auto made = [this]() -> Expected<QByteArray, RpcRefusal> {
            try {
                return m_answer(bytesOf(m_request));
            } catch (const std::exception &) {
                return unexpected(RpcRefusal{grpc::StatusCode::INTERNAL, "Internal Server Error"});
            }
        }();
        if (!made) {
            Finish(grpc::Status(grpc::StatusCode(made.error().code), made.error().text.toStdString()));
            return;
        }
        m_response = bufferOf(*made);
        StartWriteAndFinish(&m_response, grpc::WriteOptions(), grpc::Status::OK);
    }

    IoThread &m_io;
    const RpcServer::Answer &m_answer;
    grpc::ByteBuffer m_request;
    grpc::ByteBuffer m_response;
};

/// What HostGuard looks at, as HTTP/1.1 writes it.
Headers guardedFields(const grpc::GenericCallbackServerContext &context)
{
    Headers fields{{"Host", QByteArray::fromStdString(context.host())}};
    for (const auto &[name, value] : context.client_metadata()) {
        if (name == "origin" || name == "sec-fetch-site")
            fields.emplaceBack(QByteArray(name.data(), qsizetype(name.size())), QByteArray(value.data(), qsizetype(value.size())));
    }
    return fields;
}

/// gRPC does not say at which of this machine's addresses a call came in, so each of them is its own.
GuardedPlace placeOf(const std::string &authority)
{
    const QHostAddress named(QUrl(QStringLiteral("any://") + QString::fromStdString(authority)).host());
    const bool ours = !named.isNull() && QNetworkInterface::allAddresses().contains(named);
    return {ours ? named.toString() : QString(), true};
}

} // namespace

class RpcServer::Service final : public grpc::CallbackGenericService {
public:
    Service(IoThread &io, const QStringList &hosts, Answer answer)
        : m_io(io)
        , m_guard(hosts)
        , m_answer(std::move(answer))
    {
    }
    grpc::ServerGenericBidiReactor *CreateReactor(grpc::GenericCallbackServerContext *context) override
    {
        return new Exchange(m_io, m_answer, refusalOf(*context));
    }

    std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor; ///< when it has no port of its own
    std::unique_ptr<grpc::Server> server;

private:
    [[nodiscard]] grpc::Status refusalOf(const grpc::GenericCallbackServerContext &context) const
    {
        if (const auto refused = m_guard.whyRefused(guardedFields(context), {}, placeOf(context.host())))
            return {grpc::StatusCode::PERMISSION_DENIED, refused->second.toStdString()};
        if (context.method() != Method)
            return {grpc::StatusCode::UNIMPLEMENTED, "unknown method"};
        return grpc::Status::OK;
    }

    IoThread &m_io;
    const HostGuard m_guard;
    const Answer m_answer;
};

RpcServer::RpcServer(IoThread &io, const QStringList &hosts, Answer answer)
    : m_service(std::make_unique<Service>(io, hosts, std::move(answer)))
{
}

RpcServer::~RpcServer()
{
    stop();
}

namespace {

Expected<std::shared_ptr<grpc::ServerCredentials>> credentialsOf(const std::optional<TlsIdentity> &tls)
{
    if (!tls)
        return grpc::InsecureServerCredentials();
    if (QSslCertificate(tls->certificatePem).isNull())
        return unexpected(Error(Error::Kind::Config, QStringLiteral("The orchestrator's certificate cannot be read.")));
    grpc::SslServerCredentialsOptions options;
    const QByteArrayView key = tls->keyPem.expose();
    options.pem_key_cert_pairs.push_back({std::string(key.data(), size_t(key.size())), tls->certificatePem.toStdString()});
    return grpc::SslServerCredentials(options);
}

void setLimits(grpc::ServerBuilder &builder)
{
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 10'000);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 300'000);
    builder.SetMaxReceiveMessageSize(int(MaxRequestBytes));
}

} // namespace

Expected<quint16> RpcServer::start(const QString &address, quint16 port, const std::optional<TlsIdentity> &tls)
{
    adoptLibraryLogs();
    const auto credentials = credentialsOf(tls);
    if (!credentials)
        return unexpected(credentials.error());
    grpc::ServerBuilder builder;
    int bound = 0;
    const QString host = address.contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(address) : address;
    builder.AddListeningPort(QStringLiteral("%1:%2").arg(host).arg(port).toStdString(), *credentials, &bound);
    setLimits(builder);
    builder.RegisterCallbackGenericService(m_service.get());
    m_service->server = builder.BuildAndStart();
    if (!m_service->server || bound == 0)
        return unexpected(Error(Error::Kind::Network, QStringLiteral("Port %1 of %2 cannot be used for gRPC.").arg(port).arg(address))
                              .withAdvice(QStringLiteral("Choose another port, or 0 for a free one.")));
    return quint16(bound);
}

Expected<void> RpcServer::startWithoutPort(const std::optional<TlsIdentity> &tls)
{
    adoptLibraryLogs();
    const auto credentials = credentialsOf(tls);
    if (!credentials)
        return unexpected(credentials.error());
    grpc::ServerBuilder builder;
    m_service->acceptor = builder.experimental().AddExternalConnectionAcceptor(
        grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD, *credentials);
    setLimits(builder);
    builder.RegisterCallbackGenericService(m_service.get());
    m_service->server = builder.BuildAndStart();
    if (!m_service->server)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("The gRPC server does not start.")));
    return {};
}

void RpcServer::take(int socket)
{
    grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
    connection.fd = socket;
    m_service->acceptor->HandleNewConnection(&connection);
}

void RpcServer::stop()
{
    if (!m_service->server)
        return;
    m_service->server->Shutdown(std::chrono::system_clock::now() + StopWithin);
    m_service->server->Wait();
    m_service->server.reset();
}

} // namespace sluice::lv2v
