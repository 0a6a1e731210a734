#pragma once

#include "sluice/runner/capability.h"
#include "sluice/sandbox/capabilities/picture.h"

namespace sluice::sandbox {

/// `image-filter`: a picture, a named filter and its strength in; a PNG out. FFmpeg's filters, no model.
class ImageFilter final : public PredictCapability {
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("image-filter"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString version() const override { return QStringLiteral("1.0.0"); }
    /// Also what the published client can call: it knows no other path than the name (client-sdk.md 1.3).
    [[nodiscard]] QString path() const override { return name(); }
    [[nodiscard]] Json inputSchema() const override;
    [[nodiscard]] Json outputSchema() const override;
    [[nodiscard]] CapabilityPrice price() const override { return {200'000'000, 1, QStringLiteral("wei")}; }
    [[nodiscard]] int capacity() const override { return 2; }
    [[nodiscard]] QList<Example> examples() const override;
    [[nodiscard]] PredictResult predict(const Json &input, const RunContext &context) override;

    /// Names of the filters, as in the schema.
    [[nodiscard]] static QStringList filters();
    /// A picture through one of them; `strength` from 0 to 1. Throws InvalidInput for another name. Blocking, thread-safe.
    [[nodiscard]] static Picture applied(const Picture &original, const QString &filter, double strength);
};

} // namespace sluice::sandbox
