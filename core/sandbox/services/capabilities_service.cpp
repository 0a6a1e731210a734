#include "sluice/sandbox/services/capabilities_service.h"

#include "sluice/base/async.h"
#include "sluice/runner/runner_server.h"
#include "sluice/sandbox/sandbox_capabilities_p.h"
#include "sluice/sandbox/sandbox_host.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QTimer>

namespace sluice {

namespace {
constexpr std::chrono::seconds RegistrationLimit{20};
} // namespace

CapabilitiesService::CapabilitiesService() = default;
CapabilitiesService::~CapabilitiesService() = default;

QStringList CapabilitiesService::ownOptions(const SandboxOptions &options) const
{
    QStringList given;
    if (!options.prices.isEmpty())
        given.append(QStringLiteral("price"));
    if (!options.llmUpstream.isEmpty())
        given.append(QStringLiteral("llm-upstream"));
    if (!options.llmModel.isEmpty())
        given.append(QStringLiteral("llm-model"));
    return given;
}

void CapabilitiesService::mount(SandboxHost &host)
{
    m_capabilities = sandboxCapabilities(host.options());
}

QCoro::Task<Json> CapabilitiesService::start(SandboxHost &host)
{
    RunnerOptions chosen;
    chosen.orchestrator = host.node().url();
    chosen.orchestratorSecret = Secret(host.secret());
    chosen.orchestratorFingerprint = host.fingerprint();
    // A new one at each start, known to the orchestrator only: calls that did not pass its checks are refused.
    const QByteArray token = PrivateKey::generate().secret().expose().toByteArray().toHex();
    chosen.bearerToken = Secret(token);
    m_runner = std::make_unique<RunnerServer>(chosen);
    for (auto &capability : m_capabilities)
        orThrow(m_runner->add(std::move(capability)));
    m_capabilities.clear();
    QFuture<void> done = registered();
    orThrow(m_runner->start());
    if (!done.isFinished())
        co_await qCoro(done).waitForFinished();
    done.waitForFinished(); // throws what went wrong
    Json names = Json::array();
    for (const QString &name : m_runner->names())
        names.append(name);
    Json settings{
        {QStringLiteral("runner"), m_runner->origin()},
        {QStringLiteral("runner_token"), QString::fromLatin1(token)},
        {QStringLiteral("capabilities"), names},
    };
    co_return settings;
}

/// Finishes once every capability is registered; fails with the first that is refused, or after a while.
QFuture<void> CapabilitiesService::registered()
{
    const Completion<void> done;
    auto missing = std::make_shared<QStringList>(m_runner->names());
    QObject::connect(m_runner.get(), &RunnerServer::registered, m_runner.get(), [done, missing](const QString &name) {
        missing->removeAll(name);
        if (missing->isEmpty())
            done.finish();
    });
    QObject::connect(m_runner.get(), &RunnerServer::registrationFailed, m_runner.get(),
        [done](const QString &, const Error &error) { done.fail(error); });
    QTimer::singleShot(RegistrationLimit, m_runner.get(), [done, missing] {
        done.fail(Error(Error::Kind::Timeout,
            QStringLiteral("Not registered after %1 s: %2.").arg(RegistrationLimit.count()).arg(missing->join(QStringLiteral(", ")))));
    });
    return done.future();
}

QFuture<void> CapabilitiesService::stop()
{
    return m_runner ? m_runner->stop() : QtFuture::makeReadyFuture();
}

} // namespace sluice
