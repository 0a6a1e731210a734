#include "sluice/base/schema_refs.h"

#include "sluice/base/schema_text_p.h"

#include <QtCore/QSet>
#include <QtCore/QUrl>

namespace sluice {

namespace {

constexpr int MaxDepth = 128;
constexpr int MaxParts = 500'000;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

/// Values, in which nothing is a schema.
bool holdsValues(const QString &keyword)
{
    static const QSet<QString> words{key("enum"), key("const"), key("default"), key("examples"), key("example")};
    return words.contains(keyword);
}

/// Objects whose keys are names and not keywords: a property may be called "$ref" or "default".
bool holdsNames(const QString &keyword)
{
    static const QSet<QString> words{key("properties"), key("patternProperties"), key("$defs"), key("definitions"), key("dependentSchemas"),
        key("dependencies")};
    return words.contains(keyword);
}

QString withoutFragment(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveFragment).toString(QUrl::FullyEncoded);
}

QString decoded(const QString &fragment)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(fragment.toUtf8()));
}

QString identifierOf(const Json &part)
{
    const QString id = part.value(key("$id")).toString();
    return id.isEmpty() ? part.value(key("id")).toString() : id;
}

/// What a JSON pointer leads to; null when it leads nowhere.
const Json *placeIn(const Json &root, const QString &pointer)
{
    if (pointer.isEmpty())
        return &root;
    if (!pointer.startsWith(u'/'))
        return nullptr;
    const Json *place = &root;
    const QStringList steps = pointer.mid(1).split(u'/');
    for (QString step : steps) {
        step.replace(QLatin1String("~1"), QLatin1String("/")).replace(QLatin1String("~0"), QLatin1String("~"));
        const Json *next = nullptr;
        if (place->isArray()) {
            bool isIndex = false;
            const qsizetype index = step.toLongLong(&isIndex);
            if (isIndex && index >= 0 && index < place->items().size())
                next = &place->items().at(index);
        } else {
            for (const auto &[name, value] : place->members()) {
                if (name == step)
                    next = &value;
            }
        }
        if (!next)
            return nullptr;
        place = next;
    }
    return place;
}

} // namespace

SchemaRefs::SchemaRefs(const Json &document)
    : m_document(document)
{
    // An address of our own, so that relative identifiers have something to be relative to.
    const Place nowhere{key("sluice-schema://document/root"), {}};
    m_resources.insert(nowhere.base, {});
    m_root = placeOf(document, {}, nowhere);
    m_resources.insert(m_root.base, {});
    collect(document, {}, nowhere, false, 0);
    m_parts = 0;
    if (const auto changed = rewritten(document, {}, nowhere, false, 0))
        m_document = *changed;
}

SchemaRefs::Place SchemaRefs::placeOf(const Json &part, const QString &pointer, const Place &around) const
{
    const QString id = identifierOf(part);
    if (id.isEmpty() || id.startsWith(u'#') || id.size() > 4096)
        return around;
    const QUrl base = QUrl(around.base).resolved(QUrl(id));
    return base.isValid() ? Place{withoutFragment(base), pointer} : around;
}

void SchemaRefs::collect(const Json &part, const QString &pointer, Place place, bool names, int depth)
{
    if (depth > MaxDepth || ++m_parts > MaxParts)
        return;
    if (part.isArray()) {
        for (qsizetype i = 0; i < part.size(); ++i)
            collect(part.items()[i], pointer + u'/' + QString::number(i), place, false, depth + 1);
        return;
    }
    if (!part.isObject())
        return;
    if (!names) {
        place = placeOf(part, pointer, place);
        if (place.pointer == pointer && !m_resources.contains(place.base))
            m_resources.insert(place.base, pointer);
        for (const char *word : {"$anchor", "$dynamicAnchor", "$id", "id"}) {
            QString name = part.value(key(word)).toString();
            if (word[0] != '$' || word[1] == 'i')
                name = name.startsWith(u'#') ? name.mid(1) : QString();
            const QString full = place.base + u'#' + name;
            if (!name.isEmpty() && !m_anchors.contains(full))
                m_anchors.insert(full, pointer);
        }
    }
    for (const auto &[name, value] : part.members()) {
        if (names || !holdsValues(name))
            collect(value, pointer + u'/' + schema_text::escaped(name), place, !names && holdsNames(name), depth + 1);
    }
}

std::optional<QString> SchemaRefs::pointerOf(const QString &reference, const Place &place) const
{
    const qsizetype hash = reference.indexOf(u'#');
    const QString address = hash < 0 ? reference : reference.left(hash);
    const QString fragment = hash < 0 ? QString() : reference.mid(hash + 1);
    QString base = place.base;
    QString root = place.pointer;
    if (!address.isEmpty()) {
        base = withoutFragment(QUrl(place.base).resolved(QUrl(address)));
        const auto resource = m_resources.constFind(base);
        if (resource == m_resources.constEnd())
            return std::nullopt;
        root = *resource;
    }
    if (fragment.isEmpty())
        return root;
    if (!fragment.startsWith(u'/')) {
        const auto anchor = m_anchors.constFind(base + u'#' + decoded(fragment));
        return anchor == m_anchors.constEnd() ? std::nullopt : std::optional(*anchor);
    }
    // As it is decoded, as it is written, and from the document's root, which is what most generators mean.
    for (const QString &pointer : {root + decoded(fragment), root + fragment, decoded(fragment), fragment}) {
        if (placeIn(m_document, pointer))
            return pointer;
    }
    return std::nullopt;
}

std::optional<Json> SchemaRefs::rewritten(const Json &part, const QString &pointer, Place place, bool names, int depth) const
{
    if (depth > MaxDepth)
        return std::nullopt;
    if (part.isArray()) {
        QList<Json> items;
        for (qsizetype i = 0; i < part.size(); ++i) {
            const auto changed = rewritten(part.items()[i], pointer + u'/' + QString::number(i), place, false, depth + 1);
            if (changed && items.isEmpty())
                items = part.items();
            if (changed)
                items[i] = *changed;
        }
        return items.isEmpty() ? std::nullopt : std::optional(Json::array(items));
    }
    if (!part.isObject())
        return std::nullopt;
    if (!names)
        place = placeOf(part, pointer, place);
    const QList<Json::Member> &before = part.members();
    QList<Json::Member> members;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto &[name, value] = before[i];
        std::optional<Json> changed;
        const bool reference = !names && value.isString() && (name == u"$ref" || name == u"$dynamicRef" || name == u"$recursiveRef");
        if (reference) {
            const QString written = value.toString();
            const auto target = written.size() > 4096 ? std::nullopt : pointerOf(written, place);
            const QString encoded = u'#' + QString::fromLatin1(target.value_or(QString()).toUtf8().toPercentEncoding("/~$@:!&'()*+,;="));
            if (target && encoded != written)
                changed = Json(encoded);
        } else if (names || !holdsValues(name)) {
            changed = rewritten(value, pointer + u'/' + schema_text::escaped(name), place, !names && holdsNames(name), depth + 1);
        }
        const bool renamed = reference && name != u"$ref" && !part.contains(key("$ref"));
        if (!changed && !renamed)
            continue;
        if (members.isEmpty())
            members = before;
        if (changed)
            members[i].second = *changed;
        if (renamed)
            members[i].first = key("$ref");
    }
    return members.isEmpty() ? std::nullopt : std::optional(Json::object(members));
}

std::optional<Json> SchemaRefs::find(const QString &reference) const
{
    const Json *const place = at(reference);
    return place ? std::optional(*place) : std::nullopt;
}

const Json *SchemaRefs::at(const QString &reference) const
{
    if (reference.size() > 8192)
        return nullptr;
    if (reference.startsWith(u"#/")) { // from the root, as in document()
        for (const QString &pointer : {decoded(reference.mid(1)), reference.mid(1)}) {
            if (const Json *const found = placeIn(m_document, pointer))
                return found;
        }
        return nullptr;
    }
    const auto pointer = pointerOf(reference, m_root);
    return pointer ? placeIn(m_document, *pointer) : nullptr;
}

} // namespace sluice
