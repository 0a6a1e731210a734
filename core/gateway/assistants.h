#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/json.h"
#include "sluice/gateway/gateway_config.h"

#include <QtCore/QList>
#include <QtCore/QString>

namespace sluice {

struct Profile;

/// Assistant templates of an LLM worker (llm-worker.md 7 to 10), for whoever edits them: a template is its JSON, which keeps what a person
/// wrote. What they expand to is what a worker's own expansion says. Pure.
namespace assistants {

/// The backend whose capabilities they are.
inline const QString Backend = QStringLiteral("llmworker");
/// Most characters of a name.
inline constexpr qsizetype MaxName = 100;
/// Most bytes of a file of them.
inline constexpr qsizetype MaxFileBytes = 8 * 1024 * 1024;

/// A template and what it is called in its profile.
struct Named {
    Named() = default; // no aggregate: see DESIGN.md 3
    Named(QString ownName, Json ownAssistant)
        : name(std::move(ownName))
        , assistant(std::move(ownAssistant))
    {
    }
    QString name;
    Json assistant;
    bool operator==(const Named &) const = default;
};

/// A change of a profile's templates: one is kept, in place of its namesake or of `replaced`; without a template, `replaced` goes.
struct Change {
    Change() = default;
    std::optional<Named> kept;
    QString replaced;
};

/// One thing that is wrong with a template, or with what it expands to.
struct Issue {
    QString pointer; ///< JSON pointer into the template
    QString message; ///< a sentence for a person, with the place in the text where it is a text's
    bool operator==(const Issue &) const = default;
};

/// JSON Schema of a template: the form of its editor, in the words of the window's language.
[[nodiscard]] Json schema();
/// InvalidInput names what a profile could not keep: another shape than a template's, as a pointer into it.
[[nodiscard]] Expected<void> check(const Json &assistant);
/// InvalidInput says why a template cannot be called that.
[[nodiscard]] Expected<void> checkName(const QString &name);
/// `meta.description`, and the questions that `meta.sample_questions` has.
[[nodiscard]] QString description(const Json &assistant);
[[nodiscard]] QStringList sampleQuestions(const Json &assistant);

/// A piece of a message as a model gets it.
struct Piece {
    enum class Kind {
        Text,
        Answer,  ///< of the stream `stream`, which nobody has before it ran
        Summary, ///< of the history, which a model is asked for first
    };
    Kind kind = Kind::Text;
    QString text; ///< of Text
    int stream = 0; ///< of Answer, from 0
    bool operator==(const Piece &) const = default;
};

struct PromptMessage {
    QString role;
    QList<Piece> pieces;
    bool open = false;     ///< its text depends on an answer in a way that cannot be told before: then it is one piece, as it is written
    bool cut = false;      ///< the preview is too long as it is: as it is written, too
    bool inserted = false; ///< from the history, not from the template
    bool operator==(const PromptMessage &) const = default;
};

/// What one stream would ask its model.
struct PromptStream {
    QString title;       ///< its name, or nothing
    QString provider;
    QString model;
    QString temperature; ///< the number as it is sent
    QList<PromptMessage> messages;
    QList<Issue> issues; ///< why it would fail; a message with a fault is not among the others
};

/// What a worker would send to its models for this question. What is broken does not hide the rest. `history`: messages as a chat has them; InvalidInput
/// names what is wrong with them.
[[nodiscard]] Expected<QList<PromptStream>> preview(const Json &assistant, const QString &query, const Json &history);

/// A call of the template with this question.
[[nodiscard]] Json chatInput(const QString &query, const Json &history);

/// The templates of a profile, by name: its own, and with `config` also those of its network.
[[nodiscard]] QList<Named> of(const Profile &profile);
[[nodiscard]] QList<Named> of(const GatewayConfig &config);
/// Whether a profile that is connected so has a worker.
[[nodiscard]] bool hasWorker(const GatewayConfig &config);
/// The profile with other templates. InvalidInput when one does not fit, or there is none to replace.
[[nodiscard]] Expected<Profile> changed(Profile profile, const QList<Change> &changes);

/// A file: one template as it is, with its name in `meta.name`; several as an object by name.
[[nodiscard]] QByteArray write(const QList<Named> &assistants);
/// Such a file, or the `add` of a worker. `fileName` names one without a name. InvalidInput names what does not fit, TooLarge the bound.
[[nodiscard]] Expected<QList<Named>> read(QByteArrayView text, const QString &fileName);

/// To start from, with words in the window's language.
[[nodiscard]] QList<Named> examples();

} // namespace assistants
} // namespace sluice
