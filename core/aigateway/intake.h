#pragma once

#include "sluice/aigateway/pipelines.h"

#include <QtCore/QByteArray>

namespace sluice::aigateway {

/// What a pipeline is asked for, as its server read it. A value.
struct PipelineInput {
    PipelineInput() = default; // no aggregate: see DESIGN.md 3
    Json fields = Json::object(); ///< with the types that the pipeline's fields have, and what is taken where they are left out; without the file
    QByteArray file;              ///< empty where the pipeline takes none
    QString model;                ///< empty when none was said

    [[nodiscard]] QString text(const char *name) const { return fields.value(QString::fromLatin1(name)).toString(); }
    [[nodiscard]] qint64 integer(const char *name, qint64 fallback = 0) const { return fields.value(QString::fromLatin1(name)).toInt64().value_or(fallback); }
    [[nodiscard]] double number(const char *name) const { return fields.value(QString::fromLatin1(name)).toDouble(); }
    [[nodiscard]] bool flag(const char *name) const { return fields.value(QString::fromLatin1(name)).toBool(); }
};

/// Reads a request's body as its pipeline has it: JSON or a form (openai.md 9). InvalidInput in words for the client: it is not that, a
/// field is missing, or has a value that does not fit. Members that the pipeline does not know are left out. Not for `/llm`.
[[nodiscard]] Expected<PipelineInput> readInput(const Pipeline &pipeline, const QByteArray &contentType, const QByteArray &body);

} // namespace sluice::aigateway
