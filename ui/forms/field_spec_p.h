#pragma once

#include "sluice/base/json.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QList>
#include <QtCore/QString>

#include <memory>
#include <optional>

namespace sluice::ui {

/// Which editor a field gets (client-sdk.md 4.3).
enum class FieldKind { Text, TextArea, Password, Integer, Number, Choice, Boolean, File, Set, List, Object, Union, Json };

/// How a picked file becomes a JSON string.
enum class FileEncoding { Base64, DataUrl };

/// One schema, read once: references followed, `allOf` merged, null taken out of the types.
struct FieldSpec {
    Q_DECLARE_TR_FUNCTIONS(sluice::ui::FieldSpec)
public:
    QString key;
    QString title;
    QString description;
    Json schema;           ///< resolved; what the validator sees is still the whole document
    FieldKind kind = FieldKind::Json;
    QString jsonReason;    ///< for FieldKind::Json: why no form is offered, for a person; may be empty
    bool required = false;
    bool nullable = false;
    bool secret = false;   ///< the schema marks it, or what it is in
    bool advanced = false; ///< belongs to "Additional settings"
    bool hidden = false;   ///< only in the JSON tab
    std::optional<Json> fallback; ///< the schema's default

    struct Choice {
        QString label;
        Json value;
    };
    QList<Choice> choices;          ///< for Choice and Set
    QByteArray minimum, maximum;    ///< literals, empty = open
    bool exclusiveMinimum = false;
    bool exclusiveMaximum = false;
    QByteArray step;                ///< literal of multipleOf, or empty
    qsizetype minItems = 0;
    qsizetype maxItems = -1;        ///< -1 = open
    qsizetype maxLength = -1;
    QString placeholder;
    QString mediaType;              ///< "image/*"; empty = anything
    FileEncoding encoding = FileEncoding::DataUrl;
    bool urlAllowed = true;         ///< a File field that also takes a URL
    QList<FieldSpec> properties;    ///< for Object, in form order
    std::shared_ptr<const FieldSpec> item; ///< for List
    QList<FieldSpec> variants;      ///< for Union

    /// "integer, 1 to 50": the limits in words, or empty.
    [[nodiscard]] QString hint() const;
    /// What a new, untouched item of this kind holds: defaults, empty containers, or null.
    [[nodiscard]] Json initial() const;
};

/// Reads `schema` (a part of `document`, which holds the `$defs`). Never fails: what it cannot offer as a form
/// becomes FieldKind::Json, with the value left as it is. Depth and references are bounded.
[[nodiscard]] FieldSpec readField(const Json &document, const Json &schema, const QString &key = {}, bool required = true);

/// Where `value` has fields that hold secrets, also such as are not set now.
[[nodiscard]] QStringList secretPointers(const FieldSpec &spec, const Json &value, const QString &pointer = {});

/// "num_steps" and "numSteps" as "Num steps".
[[nodiscard]] QString titleFromKey(const QString &key);

} // namespace sluice::ui
