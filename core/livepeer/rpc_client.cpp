#include "sluice/livepeer/rpc_bytes.h"
#include "sluice/livepeer/rpc_log.h"
#include "rpc_client_p.h"

#include "sluice/livepeer/messages.h"
#include "sluice/livepeer/reaction.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QPromise>

#include <grpcpp/completion_queue.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <mutex>
#include <set>
#include <thread>

namespace sluice::livepeer {

namespace {

constexpr char Method[] = "/net.Orchestrator/GetOrchestrator";

/// One call. Belongs to the caller and, while it runs, to the thread of the completion queue.
struct Call {
    std::unique_ptr<grpc::GenericStub> stub;
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientAsyncResponseReader<grpc::ByteBuffer>> reader;
    grpc::ByteBuffer response;
    grpc::Status status;
    QPromise<void> over;
};

std::shared_ptr<grpc::Channel> channelTo(const QUrl &orchestrator, const std::optional<ProbedServer> &server)
{
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(int(MaxInfoBytes));
    // A connection of its own for each call: a shared one would outlive a change of the pinned key.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    // Proxies of the environment are for the web; orchestrators are reached as HttpClient reaches them.
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    const std::string target = TlsTrust::hostPort(orchestrator).toStdString();
    if (!server)
        return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = server->rootsPem.toStdString();
    if (!server->name.isEmpty())
        arguments.SetSslTargetNameOverride(server->name.toStdString());
    return grpc::CreateCustomChannel(target, grpc::SslCredentials(options), arguments);
}

} // namespace

/// The completion queue and its thread.
class RpcClient::Thread {
public:
    Thread()
        : m_thread([this] { run(); })
    {
    }
    ~Thread()
    {
        {
            const std::scoped_lock lock(m_mutex);
            for (const auto &call : m_running)
                call->context.TryCancel();
        }
        m_queue.Shutdown();
        m_thread.join();
    }
    Thread(const Thread &) = delete;
    Thread &operator=(const Thread &) = delete;

    void begin(const std::shared_ptr<Call> &call, const QByteArray &request)
    {
        const grpc::ByteBuffer buffer = bufferOf(request);
        {
            const std::scoped_lock lock(m_mutex);
            m_running.insert(call);
        }
        call->reader = call->stub->PrepareUnaryCall(&call->context, Method, buffer, &m_queue);
        call->reader->StartCall();
        call->reader->Finish(&call->response, &call->status, call.get());
    }

private:
    void run()
    {
        void *tag = nullptr;
        bool isOk = false;
        while (m_queue.Next(&tag, &isOk)) {
            std::shared_ptr<Call> ended;
            {
                const std::scoped_lock lock(m_mutex);
                const auto found = std::find_if(m_running.begin(), m_running.end(), [tag](const auto &one) { return one.get() == tag; });
                if (found == m_running.end())
                    continue;
                ended = *found;
                m_running.erase(found);
            }
            ended->over.finish();
        }
    }

    grpc::CompletionQueue m_queue;
    std::mutex m_mutex;
    std::set<std::shared_ptr<Call>> m_running;
    std::thread m_thread;
};

RpcClient::RpcClient() = default;
RpcClient::~RpcClient() = default;

QCoro::Task<QByteArray> RpcClient::getOrchestrator(QUrl orchestrator, std::optional<ProbedServer> server, QByteArray request,
    std::chrono::milliseconds limit, CallContext context)
{
    context.check();
    adoptLibraryLogs();
    const CallContext limited = context.within(limit);
    auto step = context.trace->begin(QStringLiteral("terms"), TlsTrust::hostPort(orchestrator));
    const auto call = std::make_shared<Call>();
    call->over.start();
    call->stub = std::make_unique<grpc::GenericStub>(channelTo(orchestrator, server));
    call->context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(limited.deadline.remainingTime()));
    if (!m_thread)
        m_thread = std::make_unique<Thread>();
    const QFuture<void> over = call->over.future();
    m_thread->begin(call, request);
    {
        const Subscription cancel = context.cancel.onCancel([call] { call->context.TryCancel(); });
        co_await over;
    }
    if (!call->status.ok()) {
        step.fail();
        context.check();
        throw rpcRefusal(orchestrator, call->status.error_code(), QString::fromStdString(call->status.error_message()));
    }
    co_return bytesOf(call->response);
}

} // namespace sluice::livepeer
