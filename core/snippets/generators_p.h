#pragma once

#include "sluice/snippets/snippet_generator.h"

namespace sluice::detail {

/// The package that can be installed today (client-sdk.md 1.3).
class PythonPublished final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("python"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("Python (published package)"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// The specified version 1, of which no release exists (client-sdk.md 1.2).
class PythonPreview final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("python-v1"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("Python (v1 preview)"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

class Curl final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("curl"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("curl"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// Node 18 or later, without packages.
class JavascriptNode final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("javascript"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("JavaScript (Node)"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

/// This library, as it is installed.
class CppLibrary final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("cpp"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("C++ (Sluice)"); }
    [[nodiscard]] QString whyNot(const SnippetContext &context) const override;
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override;
};

} // namespace sluice::detail
