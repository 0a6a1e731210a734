#include "sluice/byoc/stored_formats.h"

namespace sluice::byoc {

namespace {

QString keyOf(const QString &orchestrator)
{
    return QStringLiteral("byoc_signature_v1/") + orchestrator;
}

} // namespace

StoredFormats::StoredFormats(std::shared_ptr<Database> database)
    : m_settings(std::move(database))
{
}

bool StoredFormats::takesV1(const QString &orchestrator)
{
    return m_settings.getSync(keyOf(orchestrator)).has_value();
}

void StoredFormats::remember(const QString &orchestrator, bool v1)
{
    if (v1)
        m_settings.setSync(keyOf(orchestrator), Json(true));
    else
        m_settings.removeSync(keyOf(orchestrator));
}

} // namespace sluice::byoc
