#include "sluice/backend/backend.h"

namespace sluice {

std::optional<CapabilityInfo> Backend::builtIn(const QString &) const
{
    return std::nullopt;
}

QCoro::Task<QList<CapabilityInfo>> Backend::quoted(QList<CapabilityInfo> infos, CallContext)
{
    co_return infos;
}

QCoro::Task<QList<CapabilityInfo>> Backend::lookUp(QString, CallContext)
{
    co_return QList<CapabilityInfo>();
}

QCoro::Task<RunResult> Backend::run(BackendCall call, std::shared_ptr<CallSink>, CallContext)
{
    throw noSuchVerb(call.call);
    co_return RunResult();
}

QCoro::Task<std::shared_ptr<EventSource>> Backend::stream(BackendCall call, std::shared_ptr<CallSink>, CallContext)
{
    throw noSuchVerb(call.call);
    co_return std::shared_ptr<EventSource>();
}

std::unique_ptr<LiveJob> Backend::live(BackendCall, std::shared_ptr<CallSink>)
{
    return nullptr;
}

bool Backend::takeSettings(const BackendSettings &)
{
    return false;
}

void Backend::callEnded(const QString &) { }

Error Backend::noSuchVerb(const Call &call) const
{
    return Error(Error::Kind::NotRouted, QStringLiteral("The backend %1 has no %2.").arg(id(), verbName(call.verb)));
}

} // namespace sluice
