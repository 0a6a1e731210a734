#pragma once

#include "sluice/base/json.h"

#include <QtCore/QCoreApplication>

namespace sluice::schema_text {

/// The sentences about values that do not fit, which forms show. Without a translator (servers, the command line) they are
/// the English ones, word for word; so a plural has both forms in the source.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::SchemaViolation)
};

/// A count as sentences take it.
int sayable(qint64 count);

/// "string", "number", "boolean", "array", "object", "null".
QString typeName(const Json &value);
/// Whether JSON Schema knows a type of this name.
bool isTypeName(const QString &name);
/// "a number", "an integer or null".
QString withArticle(const QStringList &types);
/// The value as compact JSON, cut to a length that fits a sentence.
QString shown(const Json &value);
/// "the string \"x\"", "null".
QString shownWithType(const Json &value);
/// How a sentence names the value at `pointer`: its last part in quotes, or "the input".
QString place(const QString &pointer);
/// A name in the quotes of the language.
QString quoted(const QString &name);
/// Choices separated by commas, cut when there are many.
QString listed(const QList<Json> &values);
/// "0 to 1", "at least 1", … from the numeric bounds; empty without bounds.
QString range(const Json &schema);
QString lengths(const Json &schema, const char *least, const char *most, const char *unit);
/// A property in short, for what is missing: its type and bounds.
QString summary(const Json &schema);

QString typeSuggestion(const Json &value, const QStringList &types);
QString nearestChoice(const Json &value, const QList<Json> &allowed);
QString nearestName(const QString &name, const QStringList &known);
QString missingSuggestion(const QString &name, const Json &schema);
/// "For example …" from `examples` or `default`; empty without either.
QString exampleOf(const Json &schema);

qint64 codePoints(const QString &text);
/// One token of a JSON pointer.
QString escaped(QString token);

} // namespace sluice::schema_text
