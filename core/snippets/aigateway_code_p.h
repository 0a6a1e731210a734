#pragma once

#include "sluice/aigateway/sent_call.h"
#include "sluice/snippets/body_p.h"

#include <optional>

namespace sluice::detail {

/// What every language needs to know about a call of an AI gateway, decided once.
struct AiGatewayCode {
    explicit AiGatewayCode(const SnippetContext &context);

    enum class Output { Chat, Media, Text, Json };

    /// One member of a form.
    struct FormField {
        QString name;
        QString text;               ///< of no hole
        const Hole *hole = nullptr;
        bool file = false;          ///< sent as the hole's bytes, with these two
        QString fileName;
        QString mediaType;

        /// What stands behind "Content-Disposition: form-data; " of its part, with further headers.
        [[nodiscard]] QString head() const;
    };

    aigateway::SentCall sent;  ///< in the gateway dialect
    Body body;                 ///< its members as one object
    std::optional<Body> older; ///< of a chat: what a gateway up to 0.8.2 takes instead, as a form; where it can say it
    Output output = Output::Json;
    QString mediaName;         ///< "image-%1.png": what an answer's files are called
    QString list;              ///< "images"; empty where the answer names one file
    QStringList unsent;        ///< members of a chat that no gateway takes
    bool stream = false;
    qint64 timeout = 0;        ///< in seconds
    QString version;
    QList<SnippetVariable> environment;

    [[nodiscard]] QString comment() const { return QStringLiteral("a Livepeer AI gateway"); }
    /// What a comment says of `unsent`; empty for nothing.
    [[nodiscard]] QString unsentComment() const;
    /// Of `body` where the pipeline takes a form, or of `older`.
    [[nodiscard]] QList<FormField> fields(const Body &of) const;
    [[nodiscard]] QList<SnippetFile> files() const;
    /// Whether a file stands in the body as a text of base64.
    [[nodiscard]] bool filesInText() const;
    [[nodiscard]] bool has(Hole::Kind kind) const { return body.has(kind) || (older && older->has(kind)); }
};

/// Why no language can write this call; empty when some can.
[[nodiscard]] QString whyNoAiGatewayCode(const SnippetContext &context);
/// JSON pointers of the input's members that a form sends as files.
[[nodiscard]] QStringList aiGatewayFiles(const aigateway::SentCall &sent);

} // namespace sluice::detail
