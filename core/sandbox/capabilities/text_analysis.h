#pragma once

#include "sluice/runner/capability.h"

namespace sluice::sandbox {

/// `text-analysis`: text in; language, counts, readability, sentiment and keywords out. Word lists and formulas, no model.
class TextAnalysis final : public PredictCapability {
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("text-analysis"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString version() const override { return QStringLiteral("1.0.0"); }
    /// Also what the published client can call: it knows no other path than the name (client-sdk.md 1.3).
    [[nodiscard]] QString path() const override { return name(); }
    [[nodiscard]] Json inputSchema() const override;
    [[nodiscard]] Json outputSchema() const override;
    [[nodiscard]] CapabilityPrice price() const override { return {100'000'000, 1, QStringLiteral("wei")}; }
    [[nodiscard]] int capacity() const override { return 4; }
    [[nodiscard]] QList<Example> examples() const override;
    [[nodiscard]] PredictResult predict(const Json &input, const RunContext &context) override;
};

} // namespace sluice::sandbox
