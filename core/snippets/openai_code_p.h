#pragma once

#include "sluice/openai/endpoint.h"
#include "sluice/snippets/body_p.h"

namespace sluice::detail {

/// What every language needs to know about a call of an OpenAI-compatible server, decided once.
struct OpenAiCode {
    explicit OpenAiCode(const SnippetContext &context);

    /// What the libraries `openai` for Python and Node have for a path.
    struct Library {
        enum class Output { Chat, Vectors, Pictures, Text, Sound, Json };
        const char *path;
        const char *python; ///< "chat.completions.create"; empty: client.post()
        const char *node;
        Output output;
        const char *known;  ///< the members that the Python method has parameters for, between blanks
    };

    openai::Endpoint endpoint;
    Body body;           ///< with the model and, for a stream, `stream`
    const Library *library;
    bool stream = false;
    bool streamUsage = true;
    bool organization = false; ///< the profile names one
    qint64 timeout = 0;        ///< in seconds
    QString version;
    QList<SnippetVariable> environment;

    [[nodiscard]] QString comment() const { return QStringLiteral("any OpenAI-compatible server"); }
    /// What a file of sound or pictures is called that the answer holds: "speech.mp3".
    [[nodiscard]] QString soundFile() const;
    /// Of a form: the member's values one by one, as the field's name has it ("image[]" where there are several).
    [[nodiscard]] QList<std::pair<QString, Json>> fields() const;
};

/// Why no language can write this call; empty when some can.
[[nodiscard]] QString whyNoOpenAiCode(const SnippetContext &context);
/// The same for the two libraries.
[[nodiscard]] QString whyNoOpenAiLibrary(const SnippetContext &context);

} // namespace sluice::detail
