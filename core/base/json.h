#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <array>
#include <initializer_list>
#include <optional>
#include <utility>
#include <variant>

namespace sluice {
class Json;
}

// Said before the class, which holds lists of itself: its parts may be moved by copying their bytes, so a growing list of
// values is not held twice.
template <> class QTypeInfo<sluice::Json> {
public:
    enum { isPointer = false, isIntegral = false, isComplex = true, isRelocatable = true, isValueInitializationBitwiseZero = false };
};

namespace sluice {

/// A JSON value that keeps what a person typed: the order of keys and the text of numbers (`1.0` stays `1.0`).
///
/// A value type with implicit sharing; reentrant. It exists because QJsonObject sorts keys and rounds numbers, which
/// would change forms, snippets and signed texts (client-sdk.md 2.6). Parsing is bounded and is nlohmann's; no number passes
/// through a double or through the process's locale on its way in or out.
class Json {
public:
    enum class Type { Null, Bool, Number, String, Array, Object };
    using Member = std::pair<QString, Json>;

    Json() = default; ///< null
    Json(std::nullptr_t) {}
    Json(bool value);
    Json(int value);
    Json(qint64 value);
    Json(quint64 value);
    Json(double value);
    Json(const QString &value);
    Json(const char *value);
    /// An object from its members, in this order: `Json{{"text", "hello"}}`.
    Json(std::initializer_list<Member> members);

    static Json array(QList<Json> items = {});
    static Json object(QList<Member> members = {});
    /// A number from its literal; the caller vouches that it is a valid JSON number.
    static Json number(QByteArrayView literal);

    struct Limits {
        qsizetype maxBytes = 16 * 1024 * 1024;
        int maxDepth = 64;
        /// Of the values in memory, estimated: many small values take over twenty times their text.
        qsizetype maxMemory = 96 * 1024 * 1024;
    };
    /// Parses one JSON document of any type. InvalidInput names line and column; TooLarge names the bound.
    /// Of duplicate keys the last value wins, at the first one's place; their names go to `duplicates`.
    static Expected<Json> parse(QByteArrayView text, const Limits &limits, QStringList *duplicates = nullptr);
    static Expected<Json> parse(QByteArrayView text) { return parse(text, Limits{}); }

    [[nodiscard]] Type type() const;
    [[nodiscard]] bool isNull() const { return type() == Type::Null; }
    [[nodiscard]] bool isBool() const { return type() == Type::Bool; }
    [[nodiscard]] bool isNumber() const { return type() == Type::Number; }
    [[nodiscard]] bool isString() const { return type() == Type::String; }
    [[nodiscard]] bool isArray() const { return type() == Type::Array; }
    [[nodiscard]] bool isObject() const { return type() == Type::Object; }
    /// True for a number literal without fraction or exponent.
    [[nodiscard]] bool isInteger() const;

    [[nodiscard]] bool toBool(bool fallback = false) const;
    [[nodiscard]] QString toString(const QString &fallback = {}) const;
    /// The literal as it was written, or empty.
    [[nodiscard]] QByteArray numberText() const;
    /// Exact, or nothing when this is no integer that fits.
    [[nodiscard]] std::optional<qint64> toInt64() const;
    [[nodiscard]] double toDouble(double fallback = 0) const;

    [[nodiscard]] qsizetype size() const; ///< items or members; 0 for other types
    [[nodiscard]] const QList<Json> &items() const &; ///< empty unless an array
    [[nodiscard]] const QList<Member> &members() const &; ///< empty unless an object
    /// Of a temporary, so that `for (… : json.value(key).items())` does not walk what is gone already.
    [[nodiscard]] QList<Json> items() const && { return items(); }
    [[nodiscard]] QList<Member> members() const && { return members(); }
    [[nodiscard]] bool contains(const QString &key) const;
    /// The member's value, or null.
    [[nodiscard]] Json value(const QString &key) const;
    /// The item, or null when out of range.
    [[nodiscard]] Json at(qsizetype index) const;
    /// RFC 6901 pointer, e.g. "/messages/0/role"; nothing when it leads nowhere.
    [[nodiscard]] std::optional<Json> find(const QString &pointer) const;
    /// With another value at such a pointer; as it is where that leads nowhere.
    [[nodiscard]] Json replaced(const QString &pointer, const Json &value) const;

    /// Replaces in place or appends; a null value becomes an object first.
    void insert(const QString &key, const Json &value);
    bool remove(const QString &key);
    /// Appends; a null value becomes an array first.
    void append(const Json &value);

    /// Compact for indent < 0. UTF-8, non-ASCII characters as they are.
    [[nodiscard]] QByteArray dump(int indent = -1) const;

    /// Same type and same content; members in the same order, numbers with the same text.
    bool operator==(const Json &other) const;
    /// Same meaning: member order is ignored and numbers are compared by their exact decimal value.
    [[nodiscard]] bool equivalent(const Json &other) const;

private:
    /// A literal that needs no memory of its own; longer ones are LongNumber, so that equal texts are equal values.
    struct ShortNumber {
        std::array<char, 22> text{};
        quint8 size = 0;
        bool operator==(const ShortNumber &) const = default;
    };
    struct LongNumber {
        QByteArray text;
        bool operator==(const LongNumber &) const = default;
    };
    [[nodiscard]] QByteArrayView literal() const; ///< empty unless a number

    // In the order of Type, with the second kind of number behind them.
    std::variant<std::monostate, bool, ShortNumber, QString, QList<Json>, QList<Member>, LongNumber> m_value;
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::Json)
