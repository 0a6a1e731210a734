#include "sluice/forms/field_spec_p.h"

#include "sluice/base/schema_refs.h"
#include "sluice/base/schema_secrets.h"

#include <QtCore/QHash>
#include <QtCore/QScopeGuard>
#include <QtCore/QSet>

#include <algorithm>
#include <limits>

namespace sluice::ui {

namespace {

constexpr int kFormDepth = 3;       // deeper objects are edited as JSON (client-sdk.md 4.3)
constexpr int kDeepest = 8;         // what a schema may ask for instead, for values that are known to be so: x-form-depth
constexpr int kMaxRefs = 32;
constexpr int kMaxMerges = 5000;    // parts put together for one form; references multiply them, too
constexpr qsizetype kMostChoices = 2000;
constexpr qsizetype kLongText = 200;
constexpr qsizetype kMostBoxes = 24;
constexpr int kMaxFields = 1000;    // in the whole form; a hostile schema multiplies through references

Json get(const Json &schema, const char *key)
{
    return schema.value(QString::fromLatin1(key));
}

QString text(const Json &schema, const char *key)
{
    return get(schema, key).toString();
}

Json merged(const Json &base, const Json &over);

/// Two descriptions of one property: both hold.
Json bothOf(const Json &base, const Json &over)
{
    if (!base.isObject() || !over.isObject() || base == over)
        return over.isObject() || !base.isObject() ? over : base;
    if (base.contains(QStringLiteral("$ref")) || over.contains(QStringLiteral("$ref")))
        return Json{{QStringLiteral("allOf"), Json::array({base, over})}};
    return merged(base, over);
}

/// Keys of `over` win; both are objects.
Json merged(const Json &base, const Json &over)
{
    Json result = base.isObject() ? base : Json::object(); // true and false have no members
    for (const auto &[key, value] : over.members()) {
        const bool both = result.contains(key);
        if (both && (key == QLatin1String("required") || key == QLatin1String("allOf"))) {
            Json names = result.value(key);
            for (const Json &name : value.items())
                names.append(name);
            result.insert(key, names);
        } else if (both && key == QLatin1String("properties")) {
            QList<Json::Member> properties = result.value(key).members();
            QHash<QString, qsizetype> places;
            for (qsizetype i = 0; i < properties.size(); ++i)
                places.insert(properties[i].first, i);
            for (const auto &[name, property] : value.members()) {
                if (const auto place = places.constFind(name); place != places.constEnd())
                    properties[*place].second = bothOf(properties[*place].second, property);
                else
                    properties.append({name, property});
            }
            result.insert(key, Json::object(properties));
        } else {
            result.insert(key, value);
        }
    }
    return result;
}

/// The fields that a schema names only under a condition are fields of the form as well, none of them required: the
/// validator says when one is.
Json withConditional(Json schema)
{
    QList<Json> branches;
    for (const char *word : {"then", "else"}) {
        if (get(schema, word).isObject())
            branches.append(get(schema, word));
    }
    for (const auto &[name, branch] : get(schema, "dependentSchemas").members())
        branches.append(branch);
    Json known = get(schema, "properties");
    bool more = false;
    for (const Json &branch : std::as_const(branches)) {
        for (const auto &[name, property] : get(branch, "properties").members()) {
            const bool telling = property.contains(QStringLiteral("type")) || property.contains(QStringLiteral("$ref")) || property.contains(QStringLiteral("enum"))
                || property.contains(QStringLiteral("anyOf")) || property.contains(QStringLiteral("oneOf"));
            if (known.contains(name) || !telling)
                continue;
            known.insert(name, property);
            more = true;
        }
    }
    if (more)
        schema.insert(QStringLiteral("properties"), known);
    return schema;
}

class Reader {
public:
    explicit Reader(const Json &document)
        : m_refs(document)
        , m_secrets(m_refs.document())
        , m_deepest(int(std::clamp<qint64>(get(document, "x-form-depth").toInt64().value_or(kFormDepth), 0, kDeepest)))
    {
    }

    [[nodiscard]] const Json &document() const { return m_refs.document(); }

    FieldSpec read(const Json &schema, const QString &key, bool required, int depth);

private:
    std::optional<Json> resolved(const Json &schema, QString *why);
    bool onlyRestricts(const Json &part, const Json &whole, int depth = 0);
    bool takeNull(Json &schema, FieldSpec &spec);
    void readNumber(FieldSpec &spec);
    void readString(FieldSpec &spec);
    void readObject(FieldSpec &spec, int depth);
    void readArray(FieldSpec &spec, int depth);
    void readVariants(FieldSpec &spec, const QList<Json> &variants, int depth);
    bool readChoices(FieldSpec &spec);
    void sortProperties(FieldSpec &spec) const;
    static void asJson(FieldSpec &spec, const QString &why)
    {
        spec.kind = FieldKind::Json;
        spec.jsonReason = why;
    }

    const SchemaRefs m_refs;
    const SchemaSecrets m_secrets;
    const int m_deepest;
    int m_secretDepth = 0; ///< within a secret object or list everything is secret
    int m_fields = 0;
    int m_merges = 0;
    QStringList m_open; ///< references that are being followed now, to notice circles
};

std::optional<Json> Reader::resolved(const Json &schema, QString *why)
{
    Json current = withConditional(schema);
    for (int hops = 0; current.contains(QStringLiteral("$ref")) || current.contains(QStringLiteral("allOf")); ++hops) {
        if (++m_merges > kMaxMerges) {
            *why = FieldSpec::tr("its schema is too large for a form");
            return {};
        }
        if (current.contains(QStringLiteral("$ref"))) {
            const QString ref = text(current, "$ref");
            const auto target = m_refs.find(ref);
            if (!target) {
                *why = FieldSpec::tr("its schema refers to %1, which is not here").arg(ref.left(200));
                return {};
            }
            if (m_open.contains(ref) || hops > kMaxRefs) {
                *why = FieldSpec::tr("its schema refers to itself");
                return {};
            }
            m_open.append(ref);
            current.remove(QStringLiteral("$ref"));
            current = merged(withConditional(*target), current);
            continue;
        }
        const QList<Json> parts = get(current, "allOf").items();
        current.remove(QStringLiteral("allOf"));
        Json whole = Json::object();
        // Two parts may share a base; only a part that leads to itself is a circle. Below, all of them count as open.
        const QStringList before = m_open;
        QStringList met = before;
        for (const Json &part : parts) {
            m_open = before;
            const auto inner = resolved(part, why);
            for (const QString &ref : std::as_const(m_open)) {
                if (!met.contains(ref))
                    met.append(ref);
            }
            if (!inner)
                return {};
            whole = merged(whole, *inner);
        }
        m_open = met;
        current = merged(whole, current);
    }
    return current;
}

/// Whether `part` only says more about the fields that `whole` names: which of them are needed, or what they may hold.
bool Reader::onlyRestricts(const Json &part, const Json &whole, int depth)
{
    static const QSet<QString> words{QStringLiteral("required"), QStringLiteral("not"), QStringLiteral("title"), QStringLiteral("description"),
        QStringLiteral("minProperties"), QStringLiteral("maxProperties"), QStringLiteral("dependentRequired"), QStringLiteral("type"),
        QStringLiteral("if"), QStringLiteral("then"), QStringLiteral("else"), QStringLiteral("propertyNames"), QStringLiteral("$comment")};
    if (!part.isObject())
        return part.isBool();
    if (depth > 8)
        return false;
    for (const auto &[key, value] : part.members()) {
        if (key == QLatin1String("properties")) {
            for (const auto &property : value.members()) {
                if (!get(whole, "properties").contains(property.first))
                    return false;
            }
        } else if (key == QLatin1String("anyOf") || key == QLatin1String("oneOf") || key == QLatin1String("allOf")) {
            for (const Json &inner : value.items()) {
                if (!onlyRestricts(inner, whole, depth + 1))
                    return false;
            }
        } else if (!words.contains(key)) {
            return false;
        }
    }
    return true;
}

/// Takes `null` out of type lists and unions; the schema is then about the other types only.
bool Reader::takeNull(Json &schema, FieldSpec &spec)
{
    bool nullable = get(schema, "nullable").toBool();
    const Json type = get(schema, "type");
    if (type.isArray()) {
        QList<Json> rest;
        for (const Json &one : type.items()) {
            if (one.toString() == QLatin1String("null"))
                nullable = true;
            else
                rest.append(one);
        }
        if (rest.size() == 1)
            schema.insert(QStringLiteral("type"), rest.first());
        else if (nullable)
            schema.insert(QStringLiteral("type"), Json::array(rest));
    }
    for (const char *word : {"anyOf", "oneOf"}) {
        const QList<Json> variants = get(schema, word).items();
        QList<Json> rest;
        for (const Json &one : variants) {
            if (text(one, "type") == QLatin1String("null"))
                nullable = true;
            else
                rest.append(one);
        }
        if (rest.size() == variants.size())
            continue;
        schema.remove(QString::fromLatin1(word));
        if (rest.size() == 1) {
            QString why;
            const auto inner = resolved(rest.first(), &why);
            if (!inner) {
                asJson(spec, why);
                return false;
            }
            schema = merged(*inner, schema);
        } else {
            schema.insert(QString::fromLatin1(word), Json::array(rest));
        }
    }
    spec.nullable = nullable;
    return true;
}

bool Reader::readChoices(FieldSpec &spec)
{
    const Json labels = get(spec.schema, "x-enum-labels").isNull() ? get(spec.schema, "enumNames") : get(spec.schema, "x-enum-labels");
    const auto label = [&](const Json &value, qsizetype index, const QString &given) {
        if (!given.isEmpty())
            return given;
        if (const QString fromList = labels.at(index).toString(); !fromList.isEmpty())
            return fromList;
        return value.isString() ? value.toString() : QString::fromUtf8(value.dump());
    };
    if (spec.schema.contains(QStringLiteral("const"))) {
        const Json value = get(spec.schema, "const");
        spec.choices.append({label(value, 0, {}), value});
    } else if (get(spec.schema, "enum").isArray()) {
        const QList<Json> values = get(spec.schema, "enum").items();
        for (qsizetype i = 0; i < values.size(); ++i) {
            if (values.at(i).isNull())
                spec.nullable = true;
            else
                spec.choices.append({label(values.at(i), i, {}), values.at(i)});
        }
    } else {
        for (const char *word : {"anyOf", "oneOf"}) {
            const QList<Json> variants = get(spec.schema, word).items();
            const bool all = !variants.isEmpty() && std::all_of(variants.cbegin(), variants.cend(), [](const Json &one) {
                return one.contains(QStringLiteral("const"));
            });
            if (!all)
                continue;
            for (qsizetype i = 0; i < variants.size(); ++i)
                spec.choices.append({label(get(variants.at(i), "const"), i, text(variants.at(i), "title")), get(variants.at(i), "const")});
        }
    }
    return !spec.choices.isEmpty();
}

void Reader::readNumber(FieldSpec &spec)
{
    spec.minimum = get(spec.schema, "minimum").numberText();
    spec.maximum = get(spec.schema, "maximum").numberText();
    spec.step = get(spec.schema, "multipleOf").numberText();
    // Draft 4 has a boolean beside the bound, later drafts the bound itself.
    const Json below = get(spec.schema, "exclusiveMinimum");
    const Json above = get(spec.schema, "exclusiveMaximum");
    if (below.isNumber()) {
        spec.minimum = below.numberText();
        spec.exclusiveMinimum = true;
    } else {
        spec.exclusiveMinimum = below.toBool();
    }
    if (above.isNumber()) {
        spec.maximum = above.numberText();
        spec.exclusiveMaximum = true;
    } else {
        spec.exclusiveMaximum = above.toBool();
    }
}

void Reader::readString(FieldSpec &spec)
{
    const QString format = text(spec.schema, "format");
    const QString media = !text(spec.schema, "contentMediaType").isEmpty() ? text(spec.schema, "contentMediaType")
                                                                             : text(spec.schema, "x-media-type");
    const QString encoding = text(spec.schema, "contentEncoding");
    const Json longest = get(spec.schema, "maxLength");
    spec.maxLength = longest.toInt64().value_or(-1);
    const QString key = spec.key.toLower();

    if (spec.secret) {
        spec.kind = FieldKind::Password;
    } else if (get(spec.schema, "x-address").toBool()) {
        spec.kind = FieldKind::Text; // of a server, not of a file
    } else if (format == QLatin1String("base64") || format == QLatin1String("byte") || encoding == QLatin1String("base64")) {
        spec.kind = FieldKind::File;
        spec.encoding = FileEncoding::Base64;
        spec.urlAllowed = false;
        spec.mediaType = media;
    } else if (format == QLatin1String("uri") || format == QLatin1String("data-url") || format == QLatin1String("binary") || !media.isEmpty()
               || key.endsWith(QLatin1String("_url"))) {
        spec.kind = FieldKind::File;
        spec.mediaType = media;
        if (media.isEmpty()) {
            for (const char *kind : {"image", "audio", "video"})
                if (key.startsWith(QLatin1String(kind)))
                    spec.mediaType = QLatin1String(kind) + QLatin1String("/*");
        }
    } else if (key == QLatin1String("prompt") || key == QLatin1String("text") || key == QLatin1String("negative_prompt")
               || key == QLatin1String("content") || format == QLatin1String("textarea") || spec.maxLength > kLongText) {
        spec.kind = FieldKind::TextArea;
    } else {
        spec.kind = FieldKind::Text;
    }
}

void Reader::sortProperties(FieldSpec &spec) const
{
    QStringList wanted;
    for (const Json &name : get(spec.schema, "x-fal-order-properties").items())
        wanted.append(name.toString());
    constexpr qint64 kLast = std::numeric_limits<qint64>::max();
    bool anyOrder = !wanted.isEmpty();
    for (const FieldSpec &property : spec.properties)
        anyOrder = anyOrder || property.schema.contains(QStringLiteral("x-order"));
    const auto place = [&](const FieldSpec &property) -> std::pair<qint64, qint64> {
        const qsizetype listed = wanted.indexOf(property.key);
        return {listed >= 0 ? listed : kLast, get(property.schema, "x-order").toInt64().value_or(kLast)};
    };
    std::stable_sort(spec.properties.begin(), spec.properties.end(),
                     [&](const FieldSpec &a, const FieldSpec &b) { return place(a) < place(b); });
    for (FieldSpec &property : spec.properties) {
        const auto [listed, order] = place(property);
        const bool ordered = listed != kLast || order != kLast;
        property.advanced = !property.required && ((anyOrder && !ordered) || get(property.schema, "x-advanced").toBool());
    }
}

void Reader::readObject(FieldSpec &spec, int depth)
{
    const QList<Json::Member> properties = get(spec.schema, "properties").members();
    if (properties.isEmpty())
        return asJson(spec, FieldSpec::tr("its schema names no properties"));
    if (depth > m_deepest)
        return asJson(spec, FieldSpec::tr("it is nested too deep for a form"));
    if (m_fields + properties.size() > kMaxFields)
        return asJson(spec, FieldSpec::tr("its schema has more than %1 fields").arg(kMaxFields));
    m_fields += int(properties.size());
    spec.kind = FieldKind::Object;
    QSet<QString> required;
    for (const Json &name : get(spec.schema, "required").items())
        required.insert(name.toString());
    for (const auto &[name, schema] : properties)
        spec.properties.append(read(schema, name, required.contains(name), depth + 1));
    sortProperties(spec);
}

void Reader::readArray(FieldSpec &spec, int depth)
{
    const Json items = get(spec.schema, "items");
    if (!items.isObject() || items.size() == 0)
        return asJson(spec, FieldSpec::tr("its schema does not say what the items are"));
    if (depth > m_deepest)
        return asJson(spec, FieldSpec::tr("it is nested too deep for a form"));
    spec.minItems = get(spec.schema, "minItems").toInt64().value_or(0);
    spec.maxItems = get(spec.schema, "maxItems").toInt64().value_or(-1);
    FieldSpec item = read(items, {}, true, depth + 1);
    if (item.kind == FieldKind::Choice && get(spec.schema, "uniqueItems").toBool() && item.choices.size() <= kMostBoxes) {
        spec.kind = FieldKind::Set;
        spec.choices = item.choices;
        return;
    }
    spec.kind = FieldKind::List;
    spec.item = std::make_shared<const FieldSpec>(std::move(item));
}

void Reader::readVariants(FieldSpec &spec, const QList<Json> &variants, int depth)
{
    if (depth > m_deepest)
        return asJson(spec, FieldSpec::tr("it is nested too deep for a form"));
    spec.kind = FieldKind::Union;
    Json common = spec.schema;
    for (const char *word : {"anyOf", "oneOf", "title", "description", "default"})
        common.remove(QString::fromLatin1(word));
    for (const Json &variant : variants) {
        FieldSpec one = read(merged(common, variant), spec.key, true, depth + 1);
        if (one.title.isEmpty() || text(one.schema, "title").isEmpty())
            one.title = text(one.schema, "type").isEmpty() ? FieldSpec::tr("Option %1").arg(spec.variants.size() + 1) : titleFromKey(text(one.schema, "type"));
        spec.variants.append(std::move(one));
    }
}

FieldSpec Reader::read(const Json &schema, const QString &key, bool required, int depth)
{
    FieldSpec spec;
    spec.key = key;
    spec.required = required;
    const QStringList openBefore = m_open;
    QString why;
    const auto whole = resolved(schema, &why);
    spec.schema = whole.value_or(schema);
    if (spec.schema.contains(QStringLiteral("default")))
        spec.fallback = get(spec.schema, "default");
    const bool readable = whole && takeNull(spec.schema, spec);
    spec.title = text(spec.schema, "title").isEmpty() ? titleFromKey(key) : text(spec.schema, "title");
    spec.description = text(spec.schema, "description");
    spec.hidden = get(spec.schema, "x-hidden").toBool();
    spec.placeholder = text(spec.schema, "placeholder").isEmpty() ? text(spec.schema, "x-placeholder") : text(spec.schema, "placeholder");
    if (spec.placeholder.isEmpty()) {
        const Json example = get(spec.schema, "examples").at(0);
        spec.placeholder = example.isString() ? example.toString() : example.isNumber() ? QString::fromLatin1(example.numberText()) : QString();
    }
    spec.secret = m_secretDepth > 0 || m_secrets.marks(schema);
    m_secretDepth += spec.secret ? 1 : 0;
    const auto leave = qScopeGuard([this, secret = spec.secret] { m_secretDepth -= secret ? 1 : 0; });
    const QString type = text(spec.schema, "type");
    QList<Json> variants = get(spec.schema, "anyOf").items();
    if (variants.isEmpty())
        variants = get(spec.schema, "oneOf").items();
    const bool restricted = !variants.isEmpty() && get(spec.schema, "properties").size() > 0
        && std::all_of(variants.cbegin(), variants.cend(), [&](const Json &variant) { return onlyRestricts(variant, spec.schema); });
    if (!whole)
        asJson(spec, why);
    else if (!readable)
        ; // takeNull has said why
    else if (!restricted && readChoices(spec)) {
        spec.kind = FieldKind::Choice;
        if (spec.choices.size() > kMostChoices) {
            spec.choices.clear();
            asJson(spec, FieldSpec::tr("its schema has more than %1 choices").arg(kMostChoices));
        }
    } else if (!variants.isEmpty() && !restricted)
        readVariants(spec, variants, depth);
    else if (type == QLatin1String("string") || (type.isEmpty() && spec.secret && !get(spec.schema, "properties").isObject()))
        readString(spec); // a secret that says no more of itself is a text
    else if (type == QLatin1String("integer") || type == QLatin1String("number")) {
        spec.kind = type == QLatin1String("integer") ? FieldKind::Integer : FieldKind::Number;
        readNumber(spec);
    } else if (type == QLatin1String("boolean"))
        spec.kind = FieldKind::Boolean;
    else if (type == QLatin1String("array"))
        readArray(spec, depth);
    else if (type == QLatin1String("object") || get(spec.schema, "properties").isObject())
        readObject(spec, depth);
    else
        asJson(spec, type.isEmpty() ? FieldSpec::tr("its schema names no single type") : FieldSpec::tr("its type “%1” has no form").arg(type));
    m_open = openBefore;
    return spec;
}

} // namespace

FieldSpec readField(const Json &document, const Json &schema, const QString &key, bool required)
{
    Reader reader(document);
    // Of the whole document the reader has its own, in which every reference can be followed.
    return reader.read(schema == document ? reader.document() : schema, key, required, 0);
}

} // namespace sluice::ui
