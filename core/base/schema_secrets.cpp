#include "sluice/base/schema_secrets.h"

#include "sluice/base/secret_names.h"

#include <QtCore/QHash>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtCore/QUrl>

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

QString unescaped(QString step)
{
    return step.replace(QLatin1String("~1"), QLatin1String("/")).replace(QLatin1String("~0"), QLatin1String("~"));
}

QString child(const QString &pointer, QString key)
{
    return pointer + QLatin1Char('/') + key.replace(QLatin1Char('~'), QLatin1String("~0")).replace(QLatin1Char('/'), QLatin1String("~1"));
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

/// A part of the schema, and the resource (the document, or an `$id` within it) that its references are relative to.
struct At {
    const Json *schema = nullptr;
    int resource = 0;
    bool operator==(const At &) const = default;
};

} // namespace

/// The schema with its identifiers: what a reference may lead to.
class SchemaSecrets::Index {
public:
    explicit Index(const Json &schema)
        : m_root(schema)
    {
        m_resources.push_back({&m_root, QUrl(), {}});
        read(m_root, 0, 0);
    }

    [[nodiscard]] At root() const { return at(&m_root, 0); }
    /// `schema` as it is met within `resource`; it may be a resource of its own.
    [[nodiscard]] At at(const Json *schema, int resource) const { return {schema, m_resourceOf.value(schema, resource)}; }
    /// Nothing when the reference leads out of the document or nowhere.
    [[nodiscard]] At follow(const QString &reference, int from) const;

private:
    struct Resource {
        const Json *schema;
        QUrl base;
        QHash<QString, const Json *> anchors;
    };

    void read(const Json &json, int resource, int depth);
    [[nodiscard]] At walk(const Json *from, int resource, const QString &pointer) const;

    const Json m_root;
    std::vector<Resource> m_resources;
    QHash<const Json *, int> m_resourceOf; ///< of those that have an identifier of their own
    QHash<QString, int> m_byAddress;
};

void SchemaSecrets::Index::read(const Json &json, int resource, int depth)
{
    if (depth > MaxDepth)
        return;
    if (json.isObject()) {
        for (const char *key : {"$id", "id"}) {
            const QString id = textOf(json, key);
            if (id.isEmpty())
                continue;
            if (id.startsWith(QLatin1Char('#'))) { // as drafts 4 to 7 name an anchor
                m_resources[std::size_t(resource)].anchors.insert(id.mid(1), &json);
                continue;
            }
            const QUrl base = m_resources[std::size_t(resource)].base.resolved(QUrl(id)).adjusted(QUrl::RemoveFragment);
            if (depth > 0)
                m_resources.push_back({&json, base, {}});
            else
                m_resources.front().base = base;
            resource = depth > 0 ? int(m_resources.size()) - 1 : 0;
            m_resourceOf.insert(&json, resource);
            m_byAddress.insert(base.toString(), resource);
            break;
        }
        for (const char *key : {"$anchor", "$dynamicAnchor"}) {
            if (const QString anchor = textOf(json, key); !anchor.isEmpty())
                m_resources[std::size_t(resource)].anchors.insert(anchor, &json);
        }
        for (const auto &[key, value] : json.members()) {
            // Values, not schemas.
            if (key != QLatin1String("enum") && key != QLatin1String("const") && key != QLatin1String("default") && key != QLatin1String("examples"))
                read(value, resource, depth + 1);
        }
    }
    for (const Json &item : json.items())
        read(item, resource, depth + 1);
}

At SchemaSecrets::Index::walk(const Json *from, int resource, const QString &pointer) const
{
    At place{from, resource};
    const QStringList steps = pointer.mid(1).split(QLatin1Char('/'));
    for (const QString &escaped : steps) {
        const QString step = unescaped(escaped);
        const Json *next = nullptr;
        if (place.schema->isArray()) {
            bool isIndex = false;
            const qsizetype index = step.toLongLong(&isIndex);
            if (isIndex && index >= 0 && index < place.schema->items().size())
                next = &place.schema->items().at(index);
        } else {
            for (const auto &[key, value] : place.schema->members()) {
                if (key == step)
                    next = &value;
            }
        }
        if (!next)
            return {};
        place = at(next, place.resource);
    }
    return place;
}

At SchemaSecrets::Index::follow(const QString &reference, int from) const
{
    const qsizetype hash = reference.indexOf(QLatin1Char('#'));
    const QString address = hash < 0 ? reference : reference.left(hash);
    const QString fragment = hash < 0 ? QString() : QString::fromUtf8(QByteArray::fromPercentEncoding(reference.mid(hash + 1).toUtf8()));
    int resource = from;
    if (!address.isEmpty()) {
        const auto found = m_byAddress.constFind(m_resources[std::size_t(from)].base.resolved(QUrl(address)).toString());
        if (found == m_byAddress.constEnd())
            return {};
        resource = *found;
    }
    const Resource &target = m_resources[std::size_t(resource)];
    if (fragment.isEmpty())
        return {target.schema, resource};
    if (fragment.startsWith(QLatin1Char('/'))) {
        const At place = walk(target.schema, resource, fragment);
        // Many write pointers from the document's root, whatever `$id` stands between.
        return place.schema || resource == 0 ? place : walk(&m_root, 0, fragment);
    }
    if (const Json *anchored = target.anchors.value(fragment))
        return at(anchored, resource);
    for (std::size_t i = 0; i < m_resources.size(); ++i) {
        if (const Json *anchored = m_resources[i].anchors.value(fragment))
            return at(anchored, int(i));
    }
    return {};
}

/// One walk through a value, with the parts of the schema that are about each place of it.
class SchemaSecrets::Search {
public:
    explicit Search(const Index &index)
        : m_index(index)
    {
    }

    Found run(const Json &value)
    {
        visit(value, {m_index.root()}, {}, 0);
        if (m_tooMuch)
            return {{QString()}, {}};
        return std::move(m_found);
    }

    /// Everything that is said about the same value.
    struct About {
        std::vector<At> parts;
        bool secret = false;
        bool unknown = false; ///< nothing is said, or a reference that says it leads out of the document
    };
    About about(const std::vector<At> &start);

private:
    void visit(const Json &value, const std::vector<At> &schemas, const QString &pointer, int depth);
    void object(const Json &value, const About &about, const QString &pointer, int depth);
    void array(const Json &value, const About &about, const QString &pointer, int depth);
    void pairValue(const Json &value, const QString &pointer);
    [[nodiscard]] std::vector<At> ofMember(const About &about, const QString &key, bool &described);
    [[nodiscard]] std::vector<At> ofItem(const About &about, qsizetype index) const;
    [[nodiscard]] bool matches(const QString &pattern, const QString &name);
    [[nodiscard]] bool spent() { return m_tooMuch = m_tooMuch || ++m_steps > MaxSteps; }

    const Index &m_index;
    Found m_found;
    QHash<QString, QRegularExpression> m_patterns;
    int m_steps = 0;
    bool m_tooMuch = false;
};

SchemaSecrets::Search::About SchemaSecrets::Search::about(const std::vector<At> &start)
{
    About all;
    all.unknown = true;
    bool lost = false;
    QSet<const Json *> seen;
    const auto add = [&](At place) {
        if (place.schema && place.schema->isObject() && !seen.contains(place.schema)) {
            seen.insert(place.schema);
            all.parts.push_back(place);
        }
    };
    for (const At &place : start)
        add(place);
    for (std::size_t i = 0; i < all.parts.size() && !spent(); ++i) {
        const At here = all.parts[i]; // by value: the list grows
        all.secret = all.secret || isMarked(*here.schema);
        for (const auto &[key, value] : here.schema->members()) {
            const QByteArray word = key.toLatin1();
            if (word == "$ref" || word == "$dynamicRef" || word == "$recursiveRef") {
                const At target = m_index.follow(value.toString(), here.resource);
                lost = lost || !target.schema;
                add(target);
            } else if (word == "allOf" || word == "anyOf" || word == "oneOf") {
                for (const Json &branch : value.items())
                    add(m_index.at(&branch, here.resource));
            } else if (word == "if" || word == "then" || word == "else") {
                add(m_index.at(&value, here.resource));
            } else if (word == "dependentSchemas" || word == "dependencies") {
                for (const auto &[name, dependent] : value.members())
                    add(m_index.at(&dependent, here.resource));
            } else if (all.unknown) {
                all.unknown = !saysSomething(*here.schema);
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

std::vector<At> SchemaSecrets::Search::ofMember(const About &about, const QString &key, bool &described)
{
    std::vector<At> parts;
    for (const At &here : about.parts) {
        const auto add = [&](const Json *schema) {
            if (schema && schema->isObject())
                parts.push_back(m_index.at(schema, here.resource));
        };
        bool named = false;
        if (const Json *properties = member(*here.schema, "properties")) {
            for (const auto &[name, schema] : properties->members()) {
                if (name != key)
                    continue;
                named = true;
                described = true;
                add(&schema);
            }
        }
        if (const Json *patterns = member(*here.schema, "patternProperties")) {
            for (const auto &[pattern, schema] : patterns->members()) {
                if (spent() || !matches(pattern, key))
                    continue;
                named = true;
                add(&schema);
            }
        }
        if (!named) {
            add(member(*here.schema, "additionalProperties"));
            add(member(*here.schema, "unevaluatedProperties"));
        }
    }
    return parts;
}

std::vector<At> SchemaSecrets::Search::ofItem(const About &about, qsizetype index) const
{
    std::vector<At> parts;
    for (const At &here : about.parts) {
        const auto add = [&](const Json *schema) {
            if (schema && schema->isObject())
                parts.push_back(m_index.at(schema, here.resource));
        };
        for (const char *word : {"items", "prefixItems"}) {
            const Json *items = member(*here.schema, word);
            if (items && items->isArray() && index < items->items().size())
                add(&items->items().at(index));
            else
                add(items);
        }
        for (const char *word : {"additionalItems", "contains", "unevaluatedItems"})
            add(member(*here.schema, word));
    }
    return parts;
}

void SchemaSecrets::Search::visit(const Json &value, const std::vector<At> &schemas, const QString &pointer, int depth)
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
        const std::vector<At> parts = ofMember(about, key, described);
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
    : m_index(std::make_shared<const Index>(schema))
{
}

SchemaSecrets::Found SchemaSecrets::in(const Json &value) const
{
    return Search(*m_index).run(value);
}

bool SchemaSecrets::marks(const Json &part) const
{
    return Search(*m_index).about({{&part, 0}}).secret;
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
