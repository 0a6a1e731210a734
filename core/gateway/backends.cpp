#include "sluice/gateway/backends.h"

#include "sluice/aigateway/backend.h"
#include "sluice/backend/backend.h"
#include "sluice/backend/form_words.h"
#include "sluice/byoc/backend.h"
#include "sluice/liverunner/backend.h"
#include "sluice/llmworker/backend.h"
#include "sluice/lv2v/backend.h"
#include "sluice/openai/backend.h"
#include "sluice/zerog/backend.h"

#include <algorithm>
#include <mutex>

namespace sluice::backends {

namespace {

/// A new backend is a folder beside its protocol, and a line here.
QList<BackendKind> builtIn()
{
    return {
        byoc::backendKind(),
        lv2v::backendKind(),
        liverunner::backendKind(),
        aigateway::backendKind(),
        openai::backendKind(),
        llmworker::backendKind(),
        zerog::backendKind(),
    };
}

struct Registry {
    std::mutex mutex;
    QList<BackendKind> kinds = builtIn();
};

Registry &registry()
{
    static Registry instance;
    return instance;
}

std::optional<CapabilityInfo> claimed(const QString &name, const QString &model)
{
    for (const BackendKind &kind : kinds()) {
        if (!kind.claims)
            continue;
        if (auto info = kind.claims(name, model))
            return info;
    }
    return std::nullopt;
}

} // namespace

QList<BackendKind> kinds()
{
    const std::lock_guard lock(registry().mutex);
    return registry().kinds;
}

void add(const BackendKind &kind)
{
    const std::lock_guard lock(registry().mutex);
    registry().kinds.removeIf([&](const BackendKind &one) { return one.id == kind.id; });
    registry().kinds.append(kind);
}

QString title(const QString &id)
{
    for (const BackendKind &kind : kinds()) {
        if (kind.id == id)
            return formWord(kind.title);
    }
    return id;
}

QString displayName(const CapabilityInfo &capability, const QList<CapabilityInfo> &all)
{
    const QString own = capability.title.isEmpty() ? capability.name : capability.title;
    const auto namesake = [&](const CapabilityInfo &other) { return other.name == capability.name && other.backend != capability.backend; };
    const bool alone = std::none_of(all.begin(), all.end(), namesake);
    return alone ? own : own + QStringLiteral(" · ") + title(capability.backend);
}

CapabilityInfo unlisted(const QString &name, const QString &model)
{
    if (auto info = claimed(name, model))
        return *info;
    return CapabilityInfo::unlisted({Call().backend, name, QString()});
}

CapabilityInfo named(const NamedCapability &capability)
{
    CapabilityInfo info = unlisted(capability.name);
    if (!capability.backend.isEmpty() && capability.backend != info.backend)
        info = CapabilityInfo::unlisted({capability.backend, capability.name, QString()});
    capability.addTo(info);
    return info;
}

Call resolved(Call call)
{
    const auto info = claimed(call.capability, call.model);
    if (!info || (call.backend != Call().backend && call.backend != info->backend))
        return call;
    call.backend = info->backend;
    call.capability = info->name;
    call.model = info->id().model;
    return call;
}

} // namespace sluice::backends
