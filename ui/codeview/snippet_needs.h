#pragma once

#include "sluice/snippets/snippet_generator.h"

#include <functional>

namespace sluice::ui {

/// What a person must have to run a call's code in one language, in words for its tab.
struct SnippetNeeds {
    QString tools;      ///< "curl, and sluicectl, which signs and pays"
    QString whyNotHere; ///< why the code does not run with this profile although it can be written; empty when it does
};

[[nodiscard]] SnippetNeeds snippetNeeds(const QString &language, const SnippetContext &context);

/// The languages of a backend's calls in the order in which they are offered: what runs at once before what has to be built, fetched or waited for.
[[nodiscard]] QList<const SnippetGenerator *> offeredLanguages(const QString &backend);

/// A language that can say this call, runs with this profile, and whose program is on this machine where it needs one; empty when
/// there is none.
[[nodiscard]] QString languageThatRuns(const SnippetContext &context);

/// A value for a variable, or nothing: real secrets are never given.
using EnvironmentValues = std::function<QString(const QString &name)>;

/// The variables that the code reads as lines for a POSIX shell. What `values` does not give is a placeholder with a comment that says
/// what belongs there and where it is kept.
[[nodiscard]] QString environmentLines(const Snippet &snippet, const EnvironmentValues &values);

} // namespace sluice::ui
