#pragma once

#include "sluice/snippets/snippet.h"

namespace sluice {

/// Prints a Call as code in one language for one library (client-sdk.md 6). Stateless; thread-safe.
class SnippetGenerator {
public:
    virtual ~SnippetGenerator() = default;

    /// Stable word for settings and `sluicectl snippet --language`: "python", "curl", …
    [[nodiscard]] virtual QString id() const = 0;
    /// Label of the tab.
    [[nodiscard]] virtual QString title() const = 0;

    /// Why this call has no code in this language, as a sentence; empty when it has.
    [[nodiscard]] virtual QString whyNot(const SnippetContext &context) const = 0;
    [[nodiscard]] bool supports(const SnippetContext &context) const { return whyNot(context).isEmpty(); }

    /// Deterministic. Only for contexts that it supports; use makeSnippet(), which also looks for secrets.
    [[nodiscard]] virtual Snippet generate(const SnippetContext &context) const = 0;
};

/// The languages of BYOC's calls, in the order of the tabs; other backends may have further ones. They live for the whole program.
[[nodiscard]] const QList<const SnippetGenerator *> &snippetGenerators();

/// Those in which calls of this backend are written, in the order of the tabs; each is who writes them.
[[nodiscard]] QList<const SnippetGenerator *> snippetGenerators(const QString &backend);

/// Of any backend's languages; null when there is none of that id.
[[nodiscard]] const SnippetGenerator *snippetGenerator(const QString &id);

/// What writes a backend's calls in the language of generator->id(); it must live for the whole program. Thread-safe. Those that this
/// library brings write the calls of BYOC, of live video, of OpenAI-compatible servers, of AI gateways, of LLM workers and of 0G serving.
void addSnippetGenerator(const QString &backend, const SnippetGenerator *generator);
/// The one for this backend and language; null when there is none.
[[nodiscard]] const SnippetGenerator *snippetGenerator(const QString &language, const QString &backend);

/// Why no generator has code in this language for the call; empty when one has.
[[nodiscard]] QString whyNoSnippet(const SnippetGenerator &language, const SnippetContext &context);

/// The code in this language, by the generator for the call's backend, after checking that no secret is in it. NotRouted: this language cannot make the call, with the reason.
/// InvalidInput: a stored secret stands in the input; the error names the field.
[[nodiscard]] Expected<Snippet> makeSnippet(const SnippetGenerator &language, const SnippetContext &context);

} // namespace sluice
