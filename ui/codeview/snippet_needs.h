#pragma once

#include "sluice/programs/finding.h"
#include "sluice/snippets/snippet_generator.h"

#include <QtCore/QProcessEnvironment>

#include <functional>

namespace sluice::ui {

/// What a person must have to run a call's code in one language, in words for its tab.
struct SnippetNeeds {
    QString tools;      ///< "curl, and sluicectl, which signs and pays"
    QString whyNotHere; ///< why the code does not run with this profile although it can be written; empty when it does
};

[[nodiscard]] SnippetNeeds snippetNeeds(const QString &language, const SnippetContext &context);
/// The same for a machine: what runs the code.
[[nodiscard]] programs::Need runNeed(const QString &language, const SnippetContext &context);

/// The languages of a backend's calls in the order in which they are offered: what runs at once before what has to be built, fetched or waited for.
[[nodiscard]] QList<const SnippetGenerator *> offeredLanguages(const QString &backend);

/// A language that can say this call, runs with this profile, and whose program is on this machine where it needs one; empty when
/// there is none.
[[nodiscard]] QString languageThatRuns(const SnippetContext &context);

/// A value for a variable, or nothing: real secrets are never given.
using EnvironmentValues = std::function<QString(const QString &name)>;

/// The variables that the code reads as lines for a POSIX shell. With `values`, which only a sandbox has, they hold its addresses and what it
/// gives; without, they are the names alone. What is left open is a placeholder with a comment that says what belongs there.
[[nodiscard]] QString environmentLines(const Snippet &snippet, const EnvironmentValues &values);

/// What a snippet that runs here finds.
struct SnippetEnvironment {
    QProcessEnvironment variables; ///< all of them
    QStringList missing;           ///< those that it cannot do without, and that nobody gave
};
/// This program's own environment, and the values of the sandbox: variables of the snippet that a sandbox leaves open are taken out. Elsewhere the
/// addresses are the profile's, and secrets are whatever this program was started with: none is taken from the keychain.
[[nodiscard]] SnippetEnvironment snippetEnvironment(const Snippet &snippet, const EnvironmentValues &values);

} // namespace sluice::ui
