#include "sluice/base/json.h"

#include <nlohmann/json.hpp>

#include <QtCore/QHash>

#include <vector>

namespace sluice {

namespace {

// Builds a Json from nlohmann's events, so that number literals and key order survive.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
public:
    Builder(int maxDepth, QStringList *duplicates)
        : m_maxDepth(maxDepth)
        , m_duplicates(duplicates)
    {
    }

    bool null() override { return add(Json()); }
    bool boolean(bool value) override { return add(Json(value)); }
    bool number_integer(number_integer_t value) override
    {
        // Only for literals with a minus sign: a zero here was written as -0.
        return add(value == 0 ? Json::number("-0") : Json(qint64(value)));
    }
    bool number_unsigned(number_unsigned_t value) override { return add(Json(quint64(value))); }
    bool number_float(number_float_t, const string_t &literal) override
    {
        return add(Json::number(QByteArray::fromStdString(literal)));
    }
    bool string(string_t &value) override { return add(Json(QString::fromStdString(value))); }
    bool binary(binary_t &) override { return false; }

    bool start_object(std::size_t) override { return open(true); }
    bool key(string_t &name) override
    {
        m_stack.back().key = QString::fromStdString(name);
        return true;
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(false); }
    bool end_array() override { return close(); }

    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &) override
    {
        m_errorAt = qsizetype(position);
        return false;
    }

    Json root;
    bool tooDeep = false;
    [[nodiscard]] qsizetype errorPosition() const { return m_errorAt; }

private:
    struct Level {
        bool isObject;
        QString key;
        QList<Json> items;
        QList<Json::Member> members;
        QHash<QString, qsizetype> places;
    };

    bool open(bool isObject)
    {
        if (int(m_stack.size()) >= m_maxDepth) {
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
        return add(level.isObject ? Json::object(std::move(level.members)) : Json::array(std::move(level.items)));
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
            return true;
        }
        const auto known = level.places.constFind(level.key);
        if (known != level.places.constEnd()) {
            level.members[*known].second = std::move(value);
            if (m_duplicates && !m_duplicates->contains(level.key))
                m_duplicates->append(level.key);
        } else {
            level.places.insert(level.key, level.members.size());
            level.members.append({level.key, std::move(value)});
        }
        return true;
    }

    int m_maxDepth;
    QStringList *m_duplicates;
    std::vector<Level> m_stack;
    qsizetype m_errorAt = 0;
};

} // namespace

Expected<Json> Json::parse(QByteArrayView text, const Limits &limits, QStringList *duplicates)
{
    if (text.size() > limits.maxBytes)
        return unexpected(Error(Error::Kind::TooLarge,
            QStringLiteral("The JSON text has %1 bytes; at most %2 are read.").arg(text.size()).arg(limits.maxBytes)));
    Builder builder(limits.maxDepth, duplicates);
    const char *begin = text.data();
    if (nlohmann::json::sax_parse(begin, begin + text.size(), &builder))
        return std::move(builder.root);
    if (builder.tooDeep)
        return unexpected(Error(Error::Kind::TooLarge,
            QStringLiteral("The JSON text is nested deeper than %1 levels.").arg(limits.maxDepth)));
    const QByteArrayView before = text.first(std::clamp<qsizetype>(builder.errorPosition() - 1, 0, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto column = before.size() - (before.lastIndexOf('\n') + 1) + 1;
    return unexpected(Error(Error::Kind::InvalidInput,
        text.trimmed().isEmpty() ? QStringLiteral("The JSON text is empty.")
                                 : QStringLiteral("Not valid JSON at line %1, column %2.").arg(line).arg(column)));
}

} // namespace sluice
