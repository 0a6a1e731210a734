#include "sluice/base/json.h"

#include "json_literals_p.h"

#include <nlohmann/json.hpp>

#include <QtCore/QHash>

#include <string>
#include <unordered_map>
#include <vector>

namespace sluice {

namespace {

/// Objects with more members than this look their keys up in a hash: few have them, and a hash each costs more than it saves.
constexpr qsizetype FewMembers = 16;
constexpr qsizetype HeapBlock = 32; // what the allocator and the container's head take beside the contents

// Builds a Json from nlohmann's events, so that number literals and key order survive.
constexpr qsizetype SmallText = 16 * 1024;

class Builder final : public nlohmann::json_sax<nlohmann::json> {
public:
    Builder(const Json::Limits &limits, JsonLiterals &literals, QStringList *duplicates, bool isSmall)
        : m_limits(limits)
        , m_isSmall(isSmall)
        , m_literals(literals)
        , m_duplicates(duplicates)
    {
    }

    bool null() override { return add(Json()); }
    bool boolean(bool value) override { return add(Json(value)); }
    // What the parser reads stands for the literal that is next in line (json_literals_p.h).
    bool number_integer(number_integer_t) override { return number(); }
    bool number_unsigned(number_unsigned_t) override { return number(); }
    bool number_float(number_float_t, const string_t &) override { return number(); }
    bool string(string_t &value) override { return take(qsizetype(value.size()) * 2 + HeapBlock) && add(Json(QString::fromStdString(value))); }
    bool binary(binary_t &) override { return false; }

    bool start_object(std::size_t) override { return open(true); }
    bool key(string_t &name) override
    {
        // Lists of objects repeat their keys: each is kept once.
        if (!m_isSmall && m_keys.size() < MaxSharedKeys) {
            const auto [place, isNew] = m_keys.try_emplace(name);
            if (isNew) {
                place->second = QString::fromStdString(name);
                if (!take(qsizetype(name.size()) * 3 + 2 * HeapBlock))
                    return false;
            }
            m_stack.back().key = place->second;
            return true;
        }
        m_stack.back().key = QString::fromStdString(name);
        return take(qsizetype(name.size()) * 2 + HeapBlock);
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(false); }
    bool end_array() override { return close(); }

    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

    Json root;
    bool tooDeep = false;
    bool tooMuch = false;

private:
    static constexpr std::size_t MaxSharedKeys = 1000;

    struct Level {
        bool isObject;
        QString key;
        QList<Json> items;
        QList<Json::Member> members;
        QHash<QString, qsizetype> places; // filled once there are many members
    };

    bool number()
    {
        const QByteArrayView literal = m_literals.take();
        return (literal.size() <= 22 || take(literal.size() + HeapBlock)) && add(Json::number(literal));
    }

    bool open(bool isObject)
    {
        if (int(m_stack.size()) >= m_limits.maxDepth) {
            tooDeep = true;
            return false;
        }
        m_stack.push_back({isObject, {}, {}, {}, {}});
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

    bool take(qsizetype bytes)
    {
        m_memory += bytes;
        tooMuch = m_memory > m_limits.maxMemory;
        return !tooMuch;
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
        level.members.append({level.key, std::move(value)});
        return take(sizeof(Json::Member) + (level.members.size() > FewMembers ? HeapBlock * 2 : 0));
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
    JsonLiterals &m_literals;
    QStringList *m_duplicates;
    std::vector<Level> m_stack;
    std::unordered_map<std::string, QString> m_keys;
    qsizetype m_memory = 0;
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
    // The parser takes a NUL for the end of the text, whatever is behind it.
    if (const qsizetype nul = text.indexOf('\0'); nul >= 0)
        return unexpected(notJson(text, nul));
    JsonLiterals literals(text);
    Builder builder(limits, literals, duplicates, text.size() <= SmallText);
    if (nlohmann::json::sax_parse(literals.begin(), literals.end(), &builder))
        return std::move(builder.root);
    if (builder.tooDeep)
        return unexpected(Error(Error::Kind::TooLarge,
            QStringLiteral("The JSON text is nested deeper than %1 levels.").arg(limits.maxDepth)));
    if (builder.tooMuch)
        return unexpected(Error(Error::Kind::TooLarge,
            QStringLiteral("The JSON text has %1 bytes, but its many small values would take more than the %2 MB of memory that are given to it.")
                .arg(text.size()).arg(limits.maxMemory / (1024 * 1024))));
    return unexpected(notJson(text, literals.position()));
}

} // namespace sluice
