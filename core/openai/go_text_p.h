#pragma once

#include "sluice/base/json.h"

#include <functional>

/// JSON as Go 1.21's encoding/json reads and writes it, which the original middleware is built with (openai.md 2.2).
namespace sluice::openai::go {

/// A JSON string: `<`, `>`, `&`, U+2028 and U+2029 escaped, everything else beyond ASCII as it is; half a character is `\ufffd`.
[[nodiscard]] QByteArray string(const QString &text);
/// The same of a whole value, compact.
[[nodiscard]] QByteArray text(const Json &json);
/// A number with six decimals, as `%f` prints a float32.
[[nodiscard]] QByteArray sixDecimals(float number);

/// The JSON value that `text` begins with, which is as far as a decoder reads; empty when there is none.
[[nodiscard]] QByteArrayView firstValue(QByteArrayView text);
/// `text` as a decoder understands it: each byte that is no UTF-8 and each half of a surrogate pair is U+FFFD.
[[nodiscard]] QByteArray readable(QByteArrayView text);

/// One field of a struct that an object is read into.
struct Field {
    const char *name;
    const char *type; ///< "string", "int", "float64", "bool", "[]string", … for the error
    /// Takes a value that is not null; what was wrong with it ("array", "number 1.5"), empty when it fits.
    std::function<QString(const Json &)> take;
};
/// Reads `object` into a struct of that name: keys in any letter case, null leaves a field as it is, what has no field is ignored. `path`
/// is what the fields' names begin with. The first thing that does not fit, in the decoder's words; empty when all does.
[[nodiscard]] QString decode(const Json &object, const QString &structName, const QString &path, const QList<Field> &fields);
/// "array", "object", "string", "bool", "number 1.5": what a decoder calls a value that it cannot use.
[[nodiscard]] QString kindOf(const Json &value);
[[nodiscard]] QString mismatch(const QString &kind, const QString &structName, const QString &field, const QString &type);

// Fields of the plain types.
[[nodiscard]] Field textField(const char *name, QString &into);
[[nodiscard]] Field integerField(const char *name, qint64 &into);
[[nodiscard]] Field floatField(const char *name, double &into);
[[nodiscard]] Field boolField(const char *name, bool &into);

} // namespace sluice::openai::go
