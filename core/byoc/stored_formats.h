#pragma once

#include "sluice/byoc/signature_formats.h"
#include "sluice/store/settings_table.h"

#include <memory>

namespace sluice::byoc {

/// Keeps the forms of signatures in the user's database.
class StoredFormats final : public SignatureFormats {
public:
    explicit StoredFormats(std::shared_ptr<Database> database);
    bool takesV1(const QString &orchestrator) override;
    void remember(const QString &orchestrator, bool v1) override;

private:
    SettingsTable m_settings;
};

} // namespace sluice::byoc
