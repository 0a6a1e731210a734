#pragma once

#include "sluice/snippets/snippet_generator.h"

/// Calls of the backend aigateway.
namespace sluice::detail {

class AiGatewayCurl final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("curl"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("curl"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// Python without packages.
class AiGatewayPython final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("python"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("Python"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// JavaScript without packages.
class AiGatewayFetch final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("fetch"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("JavaScript (fetch)"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// This library.
class AiGatewayCpp final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("cpp"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("C++ (Sluice)"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

} // namespace sluice::detail
