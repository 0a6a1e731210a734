#include "sluice/base/schema_secrets.h"

#include "sluice/base/schema_refs.h"
#include "sluice/base/schema_text_p.h"
#include "sluice/base/secret_names.h"

#include <QtCore/QHash>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

#include <algorithm>
#include <vector>

namespace sluice {

namespace {

constexpr int MaxSteps = 4'000'000; ///< parts of the schema looked at for one value
constexpr int MaxDepth = 256;

const Json *member(const Json &object, QLatin1String key)
{
    for (const auto &[name, value] : object.members()) {
        if (name == key)
            return &value;
    }
    return nullptr;
}

const Json *member(const Json &object, const char *key)
{
    return member(object, QLatin1String(key));
}

QString textOf(const Json &object, const char *key)
{
    const Json *found = member(object, key);
    return found ? found->toString() : QString();
}

bool isTrue(const Json &object, const char *key)
{
    const Json *found = member(object, key);
    return found && found->toBool();
}

QString child(const QString &pointer, const QString &key)
{
    return pointer + QLatin1Char('/') + schema_text::escaped(key);
}

bool isMarked(const Json &schema)
{
    return textOf(schema, "format").compare(QLatin1String("password"), Qt::CaseInsensitive) == 0 || isTrue(schema, "writeOnly")
        || isTrue(schema, "x-cog-secret") || isTrue(schema, "x-secret") || isTrue(schema, "x-ms-secret");
}

/// False for a schema that has words for people only, like `{"title": "Api Key"}`.
bool saysSomething(const Json &schema)
{
    static const QSet<QString> words{QStringLiteral("title"), QStringLiteral("description"), QStringLiteral("default"), QStringLiteral("example"),
        QStringLiteral("examples"), QStringLiteral("deprecated"), QStringLiteral("$comment"), QStringLiteral("$id"), QStringLiteral("$schema"),
        QStringLiteral("$defs"), QStringLiteral("definitions")};
    return std::any_of(schema.members().begin(), schema.members().end(),
        [&](const Json::Member &one) { return !words.contains(one.first) && !one.first.startsWith(QLatin1String("x-")); });
}

/// Parts of a schema.
using Parts = std::vector<const Json *>;

} // namespace

/// One walk through a value, with the parts of the schema that are about each place of it.
class SchemaSecrets::Search {
public:
    explicit Search(const SchemaRefs &refs)
        : m_refs(refs)
    {
    }

    Found run(const Json &value)
    {
        visit(value, {&m_refs.document()}, {}, 0);
        if (m_tooMuch)
            return {{QString()}, {}};
        return std::move(m_found);
    }

    /// Everything that is said about the same value.
    struct About {
        Parts parts;
        bool secret = false;
        bool unknown = false; ///< nothing is said, or a reference that says it leads out of the document
    };
    About about(const Parts &start);

private:
    void visit(const Json &value, const Parts &schemas, const QString &pointer, int depth);
    void object(const Json &value, const About &about, const QString &pointer, int depth);
    void array(const Json &value, const About &about, const QString &pointer, int depth);
    void pairValue(const Json &value, const QString &pointer);
    [[nodiscard]] Parts ofMember(const About &about, const QString &key, bool &described);
    [[nodiscard]] Parts ofItem(const About &about, qsizetype index) const;
    [[nodiscard]] bool matches(const QString &pattern, const QString &name);
    [[nodiscard]] bool spent() { return m_tooMuch = m_tooMuch || ++m_steps > MaxSteps; }

    const SchemaRefs &m_refs;
    Found m_found;
    QHash<QString, QRegularExpression> m_patterns;
    int m_steps = 0;
    bool m_tooMuch = false;
};

SchemaSecrets::Search::About SchemaSecrets::Search::about(const Parts &start)
{
    About all;
    all.unknown = true;
    bool lost = false;
    QSet<const Json *> seen;
    const auto add = [&](const Json *schema) {
        if (schema && schema->isObject() && !seen.contains(schema)) {
            seen.insert(schema);
            all.parts.push_back(schema);
        }
    };
    for (const Json *schema : start)
        add(schema);
    for (std::size_t i = 0; i < all.parts.size() && !spent(); ++i) {
        const Json &here = *all.parts[i];
        all.secret = all.secret || isMarked(here);
        for (const auto &[key, value] : here.members()) {
            const QByteArray word = key.toLatin1();
            if (word == "$ref" || word == "$dynamicRef" || word == "$recursiveRef") {
                const Json *const target = m_refs.at(value.toString());
                lost = lost || !target;
                add(target);
            } else if (word == "allOf" || word == "anyOf" || word == "oneOf") {
                for (const Json &branch : value.items())
                    add(&branch);
            } else if (word == "if" || word == "then" || word == "else") {
                add(&value);
            } else if (word == "dependentSchemas" || word == "dependencies") {
                for (const auto &[name, dependent] : value.members())
                    add(&dependent);
            } else if (all.unknown) {
                all.unknown = !saysSomething(here);
            }
        }
    }
    all.unknown = all.unknown || lost;
    return all;
}

bool SchemaSecrets::Search::matches(const QString &pattern, const QString &name)
{
    auto found = m_patterns.constFind(pattern);
    // The bound is part of the pattern: a hostile one must not run for ever.
    if (found == m_patterns.constEnd())
        found = m_patterns.insert(pattern,
            QRegularExpression(QLatin1String("(*LIMIT_MATCH=100000)") + pattern, QRegularExpression::UseUnicodePropertiesOption));
    const QRegularExpressionMatch match = found->match(name);
    return !match.isValid() || match.hasMatch(); // one that cannot be tried may mean this name
}

Parts SchemaSecrets::Search::ofMember(const About &about, const QString &key, bool &described)
{
    Parts parts;
    const auto add = [&parts](const Json *schema) {
        if (schema && schema->isObject())
            parts.push_back(schema);
    };
    for (const Json *here : about.parts) {
        bool named = false;
        if (const Json *properties = member(*here, "properties")) {
            for (const auto &[name, schema] : properties->members()) {
                if (name != key)
                    continue;
                named = true;
                described = true;
                add(&schema);
            }
        }
        if (const Json *patterns = member(*here, "patternProperties")) {
            for (const auto &[pattern, schema] : patterns->members()) {
                if (spent() || !matches(pattern, key))
                    continue;
                named = true;
                add(&schema);
            }
        }
        if (!named) {
            add(member(*here, "additionalProperties"));
            add(member(*here, "unevaluatedProperties"));
        }
    }
    return parts;
}

Parts SchemaSecrets::Search::ofItem(const About &about, qsizetype index) const
{
    Parts parts;
    const auto add = [&parts](const Json *schema) {
        if (schema && schema->isObject())
            parts.push_back(schema);
    };
    for (const Json *here : about.parts) {
        for (const char *word : {"items", "prefixItems"}) {
            const Json *items = member(*here, word);
            if (items && items->isArray() && index < items->items().size())
                add(&items->items().at(index));
            else
                add(items);
        }
        for (const char *word : {"additionalItems", "contains", "unevaluatedItems"})
            add(member(*here, word));
    }
    return parts;
}

void SchemaSecrets::Search::visit(const Json &value, const Parts &schemas, const QString &pointer, int depth)
{
    if (value.isNull() || spent())
        return;
    m_tooMuch = m_tooMuch || depth > MaxDepth;
    const About all = about(schemas);
    if (all.secret) {
        m_found.marked.append(pointer);
        return;
    }
    if (value.isObject())
        object(value, all, pointer, depth);
    else if (value.isArray())
        array(value, all, pointer, depth);
}

void SchemaSecrets::Search::object(const Json &value, const About &about, const QString &pointer, int depth)
{
    for (const auto &[key, inner] : value.members()) {
        const QString at = child(pointer, key);
        bool described = false;
        const Parts parts = ofMember(about, key, described);
        if (spent())
            return;
        // A yes or no is no secret, whatever it is called.
        if (!inner.isNull() && !inner.isBool() && looksSecret(key)) {
            const About said = this->about(parts);
            if (!said.secret && (!described || said.unknown)) {
                m_found.named.append(at);
                continue;
            }
        }
        visit(inner, parts, at, depth + 1);
    }
    pairValue(value, pointer);
}

/// `{"name": "Authorization", "value": "Bearer …"}`: the name is data, so no schema describes it.
void SchemaSecrets::Search::pairValue(const Json &value, const QString &pointer)
{
    const bool named = std::any_of(value.members().begin(), value.members().end(), [](const Json::Member &one) {
        const bool names = one.first == QLatin1String("name") || one.first == QLatin1String("key") || one.first == QLatin1String("header");
        return names && looksSecret(one.second.toString());
    });
    const Json *content = named ? member(value, "value") : nullptr;
    if (!content || content->isNull() || content->isBool())
        return;
    const QString at = pointer + QLatin1String("/value");
    if (!m_found.marked.contains(at))
        m_found.named.append(at);
}

void SchemaSecrets::Search::array(const Json &value, const About &about, const QString &pointer, int depth)
{
    const QList<Json> &items = value.items();
    for (qsizetype i = 0; i < items.size() && !spent(); ++i)
        visit(items.at(i), ofItem(about, i), pointer + QLatin1Char('/') + QString::number(i), depth + 1);
}

SchemaSecrets::SchemaSecrets(const Json &schema)
    : m_refs(std::make_shared<const SchemaRefs>(schema))
{
}

SchemaSecrets::Found SchemaSecrets::in(const Json &value) const
{
    return Search(*m_refs).run(value);
}

bool SchemaSecrets::marks(const Json &part) const
{
    return Search(*m_refs).about({&part}).secret;
}

namespace {

Json without(const Json &json, const QString &pointer, const QSet<QString> &hidden)
{
    if (hidden.contains(pointer))
        return {};
    if (json.isArray()) {
        QList<Json> items;
        items.reserve(json.size());
        for (const Json &item : json.items())
            items.append(without(item, pointer + QLatin1Char('/') + QString::number(items.size()), hidden));
        return Json::array(items);
    }
    if (json.isObject()) {
        QList<Json::Member> members;
        members.reserve(json.size());
        for (const auto &[key, value] : json.members())
            members.append({key, without(value, child(pointer, key), hidden)});
        return Json::object(members);
    }
    return json;
}

} // namespace

Json withoutValues(const Json &value, const QStringList &pointers)
{
    return pointers.isEmpty() ? value : without(value, {}, QSet<QString>(pointers.begin(), pointers.end()));
}

} // namespace sluice
