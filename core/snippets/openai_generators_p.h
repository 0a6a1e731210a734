#pragma once

#include "sluice/snippets/snippet_generator.h"

/// Calls of the backend openai.
namespace sluice::detail {

/// The package `openai` of PyPI.
class OpenAiPython final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("python"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("Python (openai)"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// The package `openai` of npm.
class OpenAiNode final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("javascript"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("JavaScript (openai)"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// JavaScript without packages.
class OpenAiFetch final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("fetch"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("JavaScript (fetch)"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

class OpenAiCurl final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("curl"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("curl"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// This library.
class OpenAiCpp final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("cpp"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("C++ (Sluice)"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

} // namespace sluice::detail
