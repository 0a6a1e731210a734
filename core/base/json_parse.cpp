#include "sluice/base/json.h"

#include "json_literals_p.h"

#include <boost/json/basic_parser_impl.hpp>
#include <nlohmann/json.hpp>

#include <QtCore/QHash>

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

namespace sluice {

namespace {

/// Objects with more members than this look their keys up in a hash: few have them, and a hash each costs more than it saves.
constexpr qsizetype FewMembers = 16;
constexpr qsizetype HeapBlock = 32; // what the allocator and the container's head take beside the contents

constexpr qsizetype SmallText = 16 * 1024;

/// A member's name. The same ones come again and again, so the last of each sort are kept: made once, they are shared.
QString nameFrom(QByteArrayView text)
{
    constexpr qsizetype Longest = 32;
    constexpr std::size_t Places = 256;
    thread_local std::array<QString, Places> known;
    if (text.size() > Longest)
        return QString::fromUtf8(text);
    std::size_t hash = std::size_t(text.size());
    unsigned char all = 0;
    for (const char c : text) {
        hash = hash * 31 + static_cast<unsigned char>(c);
        all |= static_cast<unsigned char>(c);
    }
    if (all >= 0x80)
        return QString::fromUtf8(text);
    QString &place = known[hash % Places];
    if (place.isNull() || place != QLatin1String(text.data(), text.size()))
        place = QString::fromLatin1(text.data(), text.size());
    return place;
}

/// Builds a Json from a parser's events, so that number literals and key order survive. Each is false when there is to be no more of it.
class Builder final {
public:
    Builder(const Json::Limits &limits, QStringList *duplicates, bool isSmall)
        : m_limits(limits)
        , m_isSmall(isSmall)
        , m_duplicates(duplicates)
    {
        m_stack.reserve(FewLevels);
    }

    bool number(QByteArrayView literal) { return (literal.size() <= 22 || take(literal.size() + HeapBlock)) && add(Json::number(literal)); }
    bool string(QByteArrayView value) { return take(value.size() * 2 + HeapBlock) && add(Json(QString::fromUtf8(value))); }
    bool key(QByteArrayView name)
    {
        // Lists of objects repeat their keys: each is kept once.
        if (!m_isSmall && m_keys.size() < MaxSharedKeys) {
            const auto [place, isNew] = m_keys.try_emplace(std::string(name.data(), std::size_t(name.size())));
            if (isNew) {
                place->second = QString::fromUtf8(name);
                if (!take(name.size() * 3 + 2 * HeapBlock))
                    return false;
            }
            m_stack.back().key = place->second;
            return true;
        }
        m_stack.back().key = nameFrom(name);
        return take(name.size() * 2 + HeapBlock);
    }
    bool open(bool isObject)
    {
        if (int(m_stack.size()) >= m_limits.maxDepth) {
            tooDeep = true;
            return false;
        }
        m_stack.emplace_back(isObject);
        return true;
    }
    bool close()
    {
        Level level = std::move(m_stack.back());
        m_stack.pop_back();
        if (!m_isSmall) {
            level.items.squeeze();
            level.members.squeeze();
        }
        const bool empty = level.items.isEmpty() && level.members.isEmpty();
        return (empty || take(HeapBlock))
            && add(level.isObject ? Json::object(std::move(level.members)) : Json::array(std::move(level.items)));
    }
    bool add(Json value)
    {
        if (m_stack.empty()) {
            root = std::move(value);
            return true;
        }
        Level &level = m_stack.back();
        if (!level.isObject) {
            level.items.append(std::move(value));
            return take(sizeof(Json));
        }
        const qsizetype known = placeOf(level);
        if (known >= 0) {
            level.members[known].second = std::move(value);
            if (m_duplicates && !m_duplicates->contains(level.key) && m_duplicates->size() < MaxNamedDuplicates)
                m_duplicates->append(level.key);
            return true;
        }
        if (m_isSmall && level.members.isEmpty())
            level.members.reserve(FewMembers / 2);
        level.members.emplace_back(std::move(level.key), std::move(value));
        return take(sizeof(Json::Member) + (level.members.size() > FewMembers ? HeapBlock * 2 : 0));
    }

    Json root;
    bool tooDeep = false;
    bool tooMuch = false;

private:
    static constexpr std::size_t MaxSharedKeys = 1000;

    static constexpr std::size_t FewLevels = 8;

    struct Level {
        explicit Level(bool ofObject)
            : isObject(ofObject)
        {
        }
        bool isObject;
        QString key;
        QList<Json> items;
        QList<Json::Member> members;
        QHash<QString, qsizetype> places; // filled once there are many members
    };

    bool take(qsizetype bytes)
    {
        m_memory += bytes;
        tooMuch = m_memory > m_limits.maxMemory;
        return !tooMuch;
    }

    static constexpr qsizetype MaxNamedDuplicates = 100;

    /// Of the level's key among its members, or -1; a key beyond the first few is also entered at the place it will have.
    static qsizetype placeOf(Level &level)
    {
        if (level.members.size() < FewMembers) {
            const auto it = std::find_if(level.members.cbegin(), level.members.cend(),
                [&](const Json::Member &member) { return member.first == level.key; });
            return it == level.members.cend() ? -1 : it - level.members.cbegin();
        }
        if (level.places.isEmpty()) {
            for (qsizetype i = 0; i < level.members.size(); ++i)
                level.places.insert(level.members.at(i).first, i);
        }
        const auto known = level.places.constFind(level.key);
        if (known != level.places.constEnd())
            return *known;
        level.places.insert(level.key, level.members.size());
        return -1;
    }

    Json::Limits m_limits;
    bool m_isSmall; ///< what it takes in memory is no matter; the time is
    QStringList *m_duplicates;
    std::vector<Level> m_stack;
    std::unordered_map<std::string, QString> m_keys;
    qsizetype m_memory = 0;
};

/// Boost's parser, which is several times as fast and hands literals over as they are.
struct FastEvents {
    using Code = boost::json::error_code;
    using View = boost::json::string_view;
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);

    explicit FastEvents(Builder &builder)
        : m_builder(builder)
    {
    }
    static bool on_document_begin(Code &) { return true; }
    static bool on_document_end(Code &) { return true; }
    bool on_array_begin(Code &code) { return goesOn(m_builder.open(false), code); }
    bool on_array_end(std::size_t, Code &code) { return goesOn(m_builder.close(), code); }
    bool on_object_begin(Code &code) { return goesOn(m_builder.open(true), code); }
    bool on_object_end(std::size_t, Code &code) { return goesOn(m_builder.close(), code); }
    bool on_key_part(View part, std::size_t, Code &code) { return on_string_part(part, 0, code); }
    bool on_key(View part, std::size_t, Code &code)
    {
        const bool known = m_builder.key(whole(part));
        m_parts.clear();
        return goesOn(known, code);
    }
    bool on_string_part(View part, std::size_t, Code &)
    {
        m_parts.append(part.data(), qsizetype(part.size()));
        return true;
    }
    bool on_string(View part, std::size_t, Code &code)
    {
        const bool taken = m_builder.string(whole(part));
        m_parts.clear();
        return goesOn(taken, code);
    }
    bool on_number_part(View part, Code &code) { return on_string_part(part, 0, code); }
    bool on_int64(std::int64_t, View part, Code &code) { return number(part, code); }
    bool on_uint64(std::uint64_t, View part, Code &code) { return number(part, code); }
    bool on_double(double, View part, Code &code) { return number(part, code); }
    bool on_bool(bool value, Code &code) { return goesOn(m_builder.add(Json(value)), code); }
    bool on_null(Code &code) { return goesOn(m_builder.add(Json()), code); }
    static bool on_comment_part(View, Code &) { return false; }
    static bool on_comment(View, Code &) { return false; }

private:
    static bool goesOn(bool does, Code &code)
    {
        if (!does)
            code = boost::json::error::exception; // any one: the builder says why
        return does;
    }
    bool number(View part, Code &code)
    {
        const bool taken = m_builder.number(whole(part));
        m_parts.clear();
        return goesOn(taken, code);
    }
    QByteArrayView whole(View last)
    {
        if (m_parts.isEmpty())
            return {last.data(), qsizetype(last.size())};
        m_parts.append(last.data(), qsizetype(last.size()));
        return m_parts;
    }

    Builder &m_builder;
    QByteArray m_parts; ///< of a text or a number that comes in several
};

bool parsedFast(QByteArrayView text, const Json::Limits &limits, Builder &builder)
{
    boost::json::parse_options strict;
    strict.max_depth = std::size_t(limits.maxDepth) + 1; // the builder finds it first
    boost::json::basic_parser<FastEvents> parser(strict, builder);
    boost::json::error_code code;
    return parser.write_some(false, text.data(), std::size_t(text.size()), code) == std::size_t(text.size()) && !code;
}

/// nlohmann's, whose word counts where the fast one refuses: it takes a byte order mark and any exponent, and knows where something is wrong.
class CarefulEvents final : public nlohmann::json_sax<nlohmann::json> {
public:
    CarefulEvents(Builder &builder, JsonLiterals &literals)
        : m_builder(builder)
        , m_literals(literals)
    {
    }
    bool null() override { return m_builder.add(Json()); }
    bool boolean(bool value) override { return m_builder.add(Json(value)); }
    // What the parser reads stands for the literal that is next in line (json_literals_p.h).
    bool number_integer(number_integer_t) override { return m_builder.number(m_literals.take()); }
    bool number_unsigned(number_unsigned_t) override { return m_builder.number(m_literals.take()); }
    bool number_float(number_float_t, const string_t &) override { return m_builder.number(m_literals.take()); }
    bool string(string_t &value) override { return m_builder.string(QByteArrayView(value.data(), qsizetype(value.size()))); }
    bool binary(binary_t &) override { return false; }
    bool start_object(std::size_t) override { return m_builder.open(true); }
    bool key(string_t &name) override { return m_builder.key(QByteArrayView(name.data(), qsizetype(name.size()))); }
    bool end_object() override { return m_builder.close(); }
    bool start_array(std::size_t) override { return m_builder.open(false); }
    bool end_array() override { return m_builder.close(); }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

private:
    Builder &m_builder;
    JsonLiterals &m_literals;
};

Error notJson(QByteArrayView text, qsizetype at)
{
    const QByteArrayView before = text.first(std::clamp<qsizetype>(at, 0, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto column = before.size() - (before.lastIndexOf('\n') + 1) + 1;
    return Error(Error::Kind::InvalidInput,
        text.trimmed().isEmpty() ? QStringLiteral("The JSON text is empty.")
                                 : QStringLiteral("Not valid JSON at line %1, column %2.").arg(line).arg(column));
}

} // namespace

Expected<Json> Json::parse(QByteArrayView text, const Limits &limits, QStringList *duplicates)
{
    if (text.size() > limits.maxBytes)
        return unexpected(Error(Error::Kind::TooLarge,
            QStringLiteral("The JSON text has %1 bytes; at most %2 are read.").arg(text.size()).arg(limits.maxBytes)));
    const bool isSmall = text.size() <= SmallText;
    const QStringList named = duplicates ? *duplicates : QStringList(); // of before
    std::optional<Builder> builder(std::in_place, limits, duplicates, isSmall);
    if (parsedFast(text, limits, *builder))
        return std::move(builder->root);
    JsonLiterals literals(text);
    if (!builder->tooDeep && !builder->tooMuch) {
        // The parser takes a NUL for the end of the text, whatever is behind it.
        if (const qsizetype nul = text.indexOf('\0'); nul >= 0)
            return unexpected(notJson(text, nul));
        if (duplicates)
            *duplicates = named;
        builder.emplace(limits, duplicates, isSmall);
        CarefulEvents events(*builder, literals);
        if (nlohmann::json::sax_parse(literals.begin(), literals.end(), &events))
            return std::move(builder->root);
    }
    if (builder->tooDeep)
        return unexpected(Error(Error::Kind::TooLarge,
            QStringLiteral("The JSON text is nested deeper than %1 levels.").arg(limits.maxDepth)));
    if (builder->tooMuch)
        return unexpected(Error(Error::Kind::TooLarge,
            QStringLiteral("The JSON text has %1 bytes, but its many small values would take more than the %2 MB of memory that are given to it.")
                .arg(text.size()).arg(limits.maxMemory / (1024 * 1024))));
    return unexpected(notJson(text, literals.position()));
}

} // namespace sluice
