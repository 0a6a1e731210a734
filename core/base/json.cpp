#include "sluice/base/json.h"

#include <algorithm>
#include <charconv>

namespace sluice {

Json::Json(bool value) : m_value(value) {}
Json::Json(int value) : m_value(NumberText{QByteArray::number(value)}) {}
Json::Json(qint64 value) : m_value(NumberText{QByteArray::number(value)}) {}
Json::Json(quint64 value) : m_value(NumberText{QByteArray::number(value)}) {}
Json::Json(const QString &value) : m_value(value) {}
Json::Json(const char *value) : m_value(QString::fromUtf8(value)) {}
Json::Json(std::initializer_list<Member> members) : m_value(QList<Member>(members)) {}

Json::Json(double value)
{
    char buffer[32];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
    m_value = NumberText{QByteArray(buffer, result.ptr - buffer)};
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

Json Json::number(QByteArray literal)
{
    Json json;
    json.m_value = NumberText{std::move(literal)};
    return json;
}

Json::Type Json::type() const
{
    return static_cast<Type>(m_value.index());
}

bool Json::isInteger() const
{
    const auto *number = std::get_if<NumberText>(&m_value);
    return number && std::none_of(number->text.begin(), number->text.end(), [](char c) {
        return c == '.' || c == 'e' || c == 'E';
    });
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
    const auto *number = std::get_if<NumberText>(&m_value);
    return number ? number->text : QByteArray();
}

std::optional<qint64> Json::toInt64() const
{
    const auto *number = std::get_if<NumberText>(&m_value);
    if (!number)
        return std::nullopt;
    qint64 value = 0;
    const char *end = number->text.constData() + number->text.size();
    const auto result = std::from_chars(number->text.constData(), end, value);
    if (result.ec != std::errc() || result.ptr != end)
        return std::nullopt;
    return value;
}

double Json::toDouble(double fallback) const
{
    const auto *number = std::get_if<NumberText>(&m_value);
    return number ? number->text.toDouble() : fallback;
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

std::optional<Json> Json::find(const QString &pointer) const
{
    if (pointer.isEmpty())
        return *this;
    if (!pointer.startsWith(QLatin1Char('/')))
        return std::nullopt;
    Json here = *this;
    const QStringList steps = pointer.mid(1).split(QLatin1Char('/'));
    for (QString step : steps) {
        step.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
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
void writeString(QByteArray &out, const QString &text)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    const QByteArray utf8 = text.toUtf8();
    for (const char c : utf8) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                out.append("\\u00").append(digits[(c >> 4) & 0xf]).append(digits[c & 0xf]);
            else
                out += c;
        }
    }
    out += '"';
}

void newLine(QByteArray &out, int indent, int depth)
{
    if (indent >= 0) {
        out += '\n';
        out += QByteArray(qsizetype(indent) * depth, ' ');
    }
}

void write(QByteArray &out, const Json &json, int indent, int depth)
{
    switch (json.type()) {
    case Json::Type::Null: out += "null"; return;
    case Json::Type::Bool: out += json.toBool() ? "true" : "false"; return;
    case Json::Type::Number: out += json.numberText(); return;
    case Json::Type::String: writeString(out, json.toString()); return;
    case Json::Type::Array: {
        out += '[';
        const char *separator = "";
        for (const Json &item : json.items()) {
            out += separator;
            newLine(out, indent, depth + 1);
            write(out, item, indent, depth + 1);
            separator = ",";
        }
        if (!json.items().isEmpty())
            newLine(out, indent, depth);
        out += ']';
        return;
    }
    case Json::Type::Object: {
        out += '{';
        const char *separator = "";
        for (const Json::Member &member : json.members()) {
            out += separator;
            newLine(out, indent, depth + 1);
            writeString(out, member.first);
            out += indent >= 0 ? ": " : ":";
            write(out, member.second, indent, depth + 1);
            separator = ",";
        }
        if (!json.members().isEmpty())
            newLine(out, indent, depth);
        out += '}';
        return;
    }
    }
}
} // namespace

QByteArray Json::dump(int indent) const
{
    QByteArray out;
    write(out, *this, indent, 0);
    return out;
}

bool Json::operator==(const Json &other) const
{
    return m_value == other.m_value;
}

bool Json::equivalent(const Json &other) const
{
    if (type() != other.type())
        return false;
    if (isNumber())
        return numberText() == other.numberText() || (toDouble() == other.toDouble() && toInt64() == other.toInt64())
            || (isInteger() != other.isInteger() && toDouble() == other.toDouble());
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
