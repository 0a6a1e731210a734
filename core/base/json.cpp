#include "sluice/base/json.h"
#include "sluice/base/json_text.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace sluice {

Json::Json(bool value) : m_value(value) {}
Json::Json(int value) : Json(qint64(value)) {}
Json::Json(qint64 value) : Json(number(QByteArray::number(value))) {}
Json::Json(quint64 value) : Json(number(QByteArray::number(value))) {}
Json::Json(const QString &value) : m_value(value) {}
Json::Json(const char *value) : m_value(QString::fromUtf8(value)) {}
Json::Json(std::initializer_list<Member> members) : m_value(QList<Member>(members)) {}

Json::Json(double value)
{
    char buffer[32];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
    *this = number(QByteArrayView(buffer, result.ptr - buffer));
}

Json Json::array(QList<Json> items)
{
    Json json;
    json.m_value = std::move(items);
    return json;
}

Json Json::object(QList<Member> members)
{
    Json json;
    json.m_value = std::move(members);
    return json;
}

Json Json::number(QByteArrayView literal)
{
    Json json;
    ShortNumber number;
    if (literal.size() > qsizetype(number.text.size())) {
        json.m_value = LongNumber{literal.toByteArray()};
        return json;
    }
    std::copy(literal.begin(), literal.end(), number.text.begin());
    number.size = quint8(literal.size());
    json.m_value = number;
    return json;
}

QByteArrayView Json::literal() const
{
    if (const auto *number = std::get_if<ShortNumber>(&m_value))
        return {number->text.data(), number->size};
    const auto *number = std::get_if<LongNumber>(&m_value);
    return number ? QByteArrayView(number->text) : QByteArrayView();
}

Json::Type Json::type() const
{
    return std::holds_alternative<LongNumber>(m_value) ? Type::Number : static_cast<Type>(m_value.index());
}

bool Json::isInteger() const
{
    const QByteArrayView text = literal();
    return isNumber() && std::none_of(text.begin(), text.end(), [](char c) { return c == '.' || c == 'e' || c == 'E'; });
}

bool Json::toBool(bool fallback) const
{
    const bool *value = std::get_if<bool>(&m_value);
    return value ? *value : fallback;
}

QString Json::toString(const QString &fallback) const
{
    const QString *value = std::get_if<QString>(&m_value);
    return value ? *value : fallback;
}

QByteArray Json::numberText() const
{
    return literal().toByteArray();
}

std::optional<qint64> Json::toInt64() const
{
    const QByteArrayView text = literal();
    qint64 value = 0;
    const char *end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (text.isEmpty() || result.ec != std::errc() || result.ptr != end)
        return std::nullopt;
    return value;
}

double Json::toDouble(double fallback) const
{
    return isNumber() ? literal().toDouble() : fallback;
}

qsizetype Json::size() const
{
    return isArray() ? items().size() : members().size();
}

const QList<Json> &Json::items() const &
{
    static const QList<Json> none;
    const auto *list = std::get_if<QList<Json>>(&m_value);
    return list ? *list : none;
}

const QList<Json::Member> &Json::members() const &
{
    static const QList<Member> none;
    const auto *list = std::get_if<QList<Member>>(&m_value);
    return list ? *list : none;
}

bool Json::contains(const QString &key) const
{
    return std::any_of(members().begin(), members().end(), [&](const Member &m) { return m.first == key; });
}

Json Json::value(const QString &key) const
{
    const auto it = std::find_if(members().begin(), members().end(), [&](const Member &m) { return m.first == key; });
    return it == members().end() ? Json() : it->second;
}

Json Json::at(qsizetype index) const
{
    return index >= 0 && index < items().size() ? items().at(index) : Json();
}

namespace {

/// The steps of a pointer that is not empty, as names.
QStringList stepsOf(const QString &pointer)
{
    QStringList steps = pointer.mid(1).split(QLatin1Char('/'));
    for (QString &step : steps)
        step.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
    return steps;
}

Json withValue(const Json &json, QStringList steps, const Json &value)
{
    if (steps.isEmpty())
        return value;
    const QString step = steps.takeFirst();
    Json changed = json;
    if (json.isObject()) {
        changed.insert(step, withValue(json.value(step), steps, value));
        return changed;
    }
    QList<Json> items = json.items();
    const qsizetype index = step.toLongLong();
    items[index] = withValue(items[index], steps, value);
    return Json::array(items);
}

} // namespace

Json Json::replaced(const QString &pointer, const Json &value) const
{
    if (!find(pointer))
        return *this;
    return withValue(*this, pointer.isEmpty() ? QStringList() : stepsOf(pointer), value);
}

std::optional<Json> Json::find(const QString &pointer) const
{
    if (pointer.isEmpty())
        return *this;
    if (!pointer.startsWith(QLatin1Char('/')))
        return std::nullopt;
    Json here = *this;
    const QStringList steps = stepsOf(pointer);
    for (const QString &step : steps) {
        if (here.isObject()) {
            if (!here.contains(step))
                return std::nullopt;
            here = here.value(step);
        } else {
            bool isIndex = false;
            const qsizetype index = step.toLongLong(&isIndex);
            if (!isIndex || index < 0 || index >= here.items().size())
                return std::nullopt;
            here = here.at(index);
        }
    }
    return here;
}

void Json::insert(const QString &key, const Json &value)
{
    if (!isObject())
        m_value = QList<Member>();
    auto &list = std::get<QList<Member>>(m_value);
    const auto it = std::find_if(list.begin(), list.end(), [&](const Member &m) { return m.first == key; });
    if (it == list.end())
        list.append({key, value});
    else
        it->second = value;
}

bool Json::remove(const QString &key)
{
    auto *list = std::get_if<QList<Member>>(&m_value);
    return list && list->removeIf([&](const Member &m) { return m.first == key; }) > 0;
}

void Json::append(const Json &value)
{
    if (!isArray())
        m_value = QList<Json>();
    std::get<QList<Json>>(m_value).append(value);
}

namespace {
/// Writes a text of plain ASCII, without quotes; false for any other, and then what it wrote is no matter.
bool writePlain(const QString &text, char *to)
{
    // Block by block without a branch, so that the compiler takes vectors for it: most of what is written are texts.
    constexpr qsizetype Block = 32;
    char16_t from[Block];
    char made[Block];
    for (qsizetype at = 0; at < text.size(); at += Block) {
        const qsizetype size = std::min(Block, text.size() - at);
        if (size < Block)
            std::fill_n(from, Block, u' ');
        std::memcpy(from, text.utf16() + at, std::size_t(size) * sizeof *from);
        char16_t odd = 0;
        for (qsizetype i = 0; i < Block; ++i) {
            const char16_t c = from[i];
            odd |= char16_t(char16_t(c - 0x20) > 0x5e) | char16_t(c == u'"') | char16_t(c == u'\\');
            made[i] = char(c);
        }
        if (odd)
            return false;
        std::memcpy(to + at, made, std::size_t(size));
    }
    return true;
}

void writeEscaped(std::string &out, const QString &text)
{
    static constexpr char digits[] = "0123456789abcdef";
    const QByteArray utf8 = text.toUtf8();
    const char *written = utf8.constData();
    const auto escape = [&](const char *at, std::string_view instead) {
        out.append(written, at);
        out.append(instead);
        written = at + 1;
    };
    for (const char &c : utf8) {
        switch (c) {
        case '"': escape(&c, "\\\""); break;
        case '\\': escape(&c, "\\\\"); break;
        case '\n': escape(&c, "\\n"); break;
        case '\r': escape(&c, "\\r"); break;
        case '\t': escape(&c, "\\t"); break;
        case '\b': escape(&c, "\\b"); break;
        case '\f': escape(&c, "\\f"); break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                const char number[] = {'\\', 'u', '0', '0', digits[(c >> 4) & 0xf], digits[c & 0xf]};
                escape(&c, std::string_view(number, sizeof number));
            }
        }
    }
    out.append(written, utf8.constEnd());
}

void writeString(std::string &out, const QString &text)
{
    // Most texts are plain ASCII, which needs no memory of its own on the way.
    const std::size_t before = out.size();
    out.resize(before + std::size_t(text.size()) + 2, '"');
    if (writePlain(text, out.data() + before + 1))
        return;
    out.resize(before);
    out += '"';
    writeEscaped(out, text);
    out += '"';
}

void newLine(std::string &out, int indent, int depth)
{
    if (indent >= 0) {
        out += '\n';
        out.append(std::size_t(indent) * std::size_t(depth), ' ');
    }
}

class Writer {
public:
    explicit Writer(int indent, std::size_t usual = 0)
        : m_indent(indent)
    {
        m_out.reserve(usual);
    }
    /// What was written, behind `text`.
    void giveTo(QByteArray &text) const { text.append(m_out.data(), qsizetype(m_out.size())); }
    void writeText(const QString &text) { writeString(m_out, text); }
    void write(const Json &json, int depth = 0)
    {
        switch (json.type()) {
        case Json::Type::Null: m_out += "null"; return;
        case Json::Type::Bool: m_out += json.toBool() ? "true" : "false"; return;
        case Json::Type::Number: writeNumber(json.numberText()); return;
        case Json::Type::String: writeString(m_out, json.toString()); return;
        case Json::Type::Array:
            m_out += '[';
            for (const Json &item : json.items()) {
                separate(&item == &json.items().constFirst(), depth);
                write(item, depth + 1);
            }
            close(']', json.items().isEmpty(), depth);
            return;
        case Json::Type::Object:
            m_out += '{';
            for (const Json::Member &member : json.members()) {
                separate(&member == &json.members().constFirst(), depth);
                writeString(m_out, member.first);
                m_out += m_indent >= 0 ? ": " : ":";
                write(member.second, depth + 1);
            }
            close('}', json.members().isEmpty(), depth);
            return;
        }
    }

private:
    void writeNumber(const QByteArray &literal) { m_out.append(literal.constData(), std::size_t(literal.size())); }
    void separate(bool first, int depth)
    {
        if (!first)
            m_out += ',';
        newLine(m_out, m_indent, depth + 1);
    }
    void close(char bracket, bool empty, int depth)
    {
        if (!empty)
            newLine(m_out, m_indent, depth);
        m_out += bracket;
    }

    std::string m_out; // a byte more is many times as dear for a QByteArray
    int m_indent;
};
} // namespace

QByteArray Json::dump(int indent) const
{
    Writer writer(indent, 512);
    writer.write(*this);
    QByteArray out;
    writer.giveTo(out);
    return out;
}

void appendJson(QByteArray &out, const Json &json)
{
    Writer writer(-1);
    writer.write(json);
    writer.giveTo(out);
}

void appendJson(QByteArray &out, const QString &text)
{
    Writer writer(-1);
    writer.writeText(text);
    writer.giveTo(out);
}

bool Json::operator==(const Json &other) const
{
    return m_value == other.m_value;
}

namespace {
/// The value of a literal as sign, digits without zeros at either end, and power of ten, so that values compare without rounding.
struct Decimal {
    bool negative = false;
    QByteArray digits;
    qint64 power = 0;
    bool operator==(const Decimal &) const = default;

    explicit Decimal(QByteArrayView literal)
    {
        negative = literal.startsWith('-');
        const qsizetype mark = std::find_if(literal.begin(), literal.end(), [](char c) { return c == 'e' || c == 'E'; }) - literal.begin();
        if (mark < literal.size()) {
            const QByteArrayView exponent = literal.sliced(mark + (literal.sliced(mark + 1).startsWith('+') ? 2 : 1));
            const auto read = std::from_chars(exponent.data(), exponent.data() + exponent.size(), power);
            // Beyond any use, and near the ends of what `power` holds: such numbers are equal when they are written alike.
            if (read.ec != std::errc() || std::abs(power) > 1'000'000'000'000)
                digits = exponent.toByteArray() + 'e';
        }
        const bool beyond = !digits.isEmpty();
        for (const char c : literal.first(mark).sliced(negative ? 1 : 0)) {
            if (c != '.')
                digits += c;
        }
        const qsizetype point = literal.first(mark).indexOf('.');
        if (beyond)
            return;
        power -= point < 0 ? 0 : mark - point - 1;
        while (digits.endsWith('0')) {
            digits.chop(1);
            ++power;
        }
        digits = digits.mid(std::find_if(digits.cbegin(), digits.cend(), [](char c) { return c != '0'; }) - digits.cbegin());
        if (digits.isEmpty())
            *this = Decimal();
    }

private:
    Decimal() = default; // zero, of either sign and any exponent
};
} // namespace

bool Json::equivalent(const Json &other) const
{
    if (type() != other.type())
        return false;
    if (isNumber())
        return literal() == other.literal() || Decimal(literal()) == Decimal(other.literal());
    if (isArray())
        return std::equal(items().begin(), items().end(), other.items().begin(), other.items().end(),
            [](const Json &a, const Json &b) { return a.equivalent(b); });
    if (isObject())
        return size() == other.size()
            && std::all_of(members().begin(), members().end(), [&](const Member &m) {
                   return other.contains(m.first) && m.second.equivalent(other.value(m.first));
               });
    return *this == other;
}

} // namespace sluice
