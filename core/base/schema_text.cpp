#include "sluice/base/schema_text_p.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace sluice::schema_text {
namespace {

/// Edit distance, on strings that the caller has bounded.
int distance(const QString &a, const QString &b)
{
    QList<int> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = int(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const int substituted = diagonal + (a[i - 1].toCaseFolded() == b[j - 1].toCaseFolded() ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
        }
    }
    return row.last();
}

QString cut(const QString &text, qsizetype length)
{
    return text.size() <= length ? text : text.left(length - 1) + u'…';
}

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

QString typeName(const Json &value)
{
    switch (value.type()) {
    case Json::Type::Null: return QStringLiteral("null");
    case Json::Type::Bool: return QStringLiteral("boolean");
    case Json::Type::Number: return QStringLiteral("number");
    case Json::Type::String: return QStringLiteral("string");
    case Json::Type::Array: return QStringLiteral("array");
    case Json::Type::Object: return QStringLiteral("object");
    }
    return {};
}

bool isTypeName(const QString &name)
{
    static const QStringList known{QStringLiteral("string"), QStringLiteral("number"), QStringLiteral("integer"), QStringLiteral("boolean"),
        QStringLiteral("object"), QStringLiteral("array"), QStringLiteral("null")};
    return known.contains(name);
}

QString withArticle(const QString &typeNames)
{
    if (typeNames.startsWith(u"null"))
        return typeNames;
    return (QStringLiteral("aeiou").contains(typeNames.front()) ? QStringLiteral("an ") : QStringLiteral("a ")) + typeNames;
}

QString shown(const Json &value)
{
    // Big values are never dumped whole for the sake of a few words.
    if (value.isArray() && value.size() > 8)
        return QStringLiteral("an array of %1 items").arg(value.size());
    if (value.isObject() && value.size() > 8)
        return QStringLiteral("an object of %1 members").arg(value.size());
    if (value.isString() && value.toString().size() > 60)
        return u'"' + cut(value.toString(), 60) + u'"';
    return cut(QString::fromUtf8(value.dump()), 80);
}

QString shownWithType(const Json &value)
{
    if (value.isNull())
        return QStringLiteral("null");
    if ((value.isArray() || value.isObject()) && value.size() > 8)
        return shown(value);
    return QStringLiteral("the %1 %2").arg(typeName(value), shown(value));
}

QString place(const QString &pointer)
{
    if (pointer.isEmpty())
        return QStringLiteral("The input");
    QString last = pointer.mid(pointer.lastIndexOf(u'/') + 1);
    last.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
    bool isIndex = false;
    last.toInt(&isIndex);
    return isIndex ? QStringLiteral("Item %1 of %2").arg(last, pointer.left(pointer.lastIndexOf(u'/'))) : QStringLiteral("\"%1\"").arg(last);
}

QString listed(const QList<Json> &values)
{
    QStringList texts;
    for (const Json &value : values.mid(0, 20))
        texts.append(shown(value));
    if (values.size() > 20)
        texts.append(QStringLiteral("… (%1 in all)").arg(values.size()));
    return texts.join(QStringLiteral(", "));
}

QString range(const Json &schema)
{
    const auto bound = [&](const char *inclusive, const char *exclusive) -> QString {
        if (const Json limit = schema.value(key(exclusive)); limit.isNumber())
            return QString::fromLatin1(limit.numberText()) + QStringLiteral(" (excluded)");
        return QString::fromLatin1(schema.value(key(inclusive)).numberText());
    };
    const QString least = bound("minimum", "exclusiveMinimum");
    const QString most = bound("maximum", "exclusiveMaximum");
    if (!least.isEmpty() && !most.isEmpty())
        return least + QStringLiteral(" to ") + most;
    if (!least.isEmpty())
        return QStringLiteral("at least ") + least;
    return most.isEmpty() ? QString() : QStringLiteral("at most ") + most;
}

QString lengths(const Json &schema, const char *least, const char *most, const char *unit)
{
    const QString low = QString::fromLatin1(schema.value(key(least)).numberText());
    const QString high = QString::fromLatin1(schema.value(key(most)).numberText());
    const QString unitText = QString::fromLatin1(unit);
    if (!low.isEmpty() && !high.isEmpty())
        return QStringLiteral("%1 to %2 %3").arg(low, high, unitText);
    return low.isEmpty() ? QStringLiteral("at most %1 %2").arg(high, unitText) : QStringLiteral("at least %1 %2").arg(low, unitText);
}

QString summary(const Json &schema)
{
    const Json choices = schema.value(key("enum"));
    if (choices.isArray())
        return QStringLiteral("one of: ") + listed(choices.items());
    const QString type = schema.value(key("type")).toString();
    const QString bounds = range(schema);
    return bounds.isEmpty() ? type : type + QStringLiteral(", ") + bounds;
}

QString typeSuggestion(const Json &value, const QStringList &types)
{
    const bool wantsNumber = types.contains(key("number")) || types.contains(key("integer"));
    bool isNumber = false;
    if (wantsNumber && value.isString()) {
        value.toString().toDouble(&isNumber);
        if (isNumber)
            return QStringLiteral("Write %1 without quotes.").arg(value.toString());
    }
    if (types.contains(key("integer")) && value.isNumber())
        return QStringLiteral("Write a whole number, such as %1.").arg(qRound64(value.toDouble()));
    if (types.contains(key("boolean")))
        return QStringLiteral("Write true or false.");
    if (types.contains(key("string")) && (value.isNumber() || value.isBool()))
        return QStringLiteral("Put it in quotes: \"%1\".").arg(shown(value));
    if (types.contains(key("array")) && !value.isNull())
        return QStringLiteral("Put it in square brackets: [%1].").arg(shown(value));
    return value.isNull() ? QStringLiteral("Leave it out, or give a value.") : QString();
}

QString nearestChoice(const Json &value, const QList<Json> &allowed)
{
    if (allowed.isEmpty())
        return {};
    const QString text = value.isString() ? value.toString() : QString::fromUtf8(value.dump());
    if (text.size() > 60)
        return {};
    qsizetype best = 0;
    int least = std::numeric_limits<int>::max();
    for (qsizetype i = 0; i < std::min<qsizetype>(allowed.size(), 200); ++i) {
        const QString candidate = allowed[i].isString() ? allowed[i].toString() : QString::fromUtf8(allowed[i].dump());
        const int far = distance(text, candidate.left(100));
        if (far < least) {
            best = i;
            least = far;
        }
    }
    return (allowed.size() > 1 && least <= 3 ? QStringLiteral("Did you mean %1?") : QStringLiteral("Try %1.")).arg(shown(allowed[best]));
}

QString nearestName(const QString &name, const QStringList &known)
{
    if (name.size() > 60)
        return QStringLiteral("Remove it.");
    QString best;
    int least = 4;
    for (const QString &candidate : known.mid(0, 200)) {
        const int far = distance(name, candidate.left(100));
        if (far < least) {
            best = candidate;
            least = far;
        }
    }
    return best.isEmpty() ? QStringLiteral("Remove it.") : QStringLiteral("Did you mean \"%1\"?").arg(best);
}

QString exampleOf(const Json &schema)
{
    const Json examples = schema.value(key("examples"));
    const Json example = examples.size() > 0 ? examples.at(0) : schema.value(key("default"));
    return example.isNull() ? QString() : QStringLiteral("For example %1.").arg(shown(example));
}

QString missingSuggestion(const QString &name, const Json &schema)
{
    const QString example = exampleOf(schema);
    return example.isEmpty() ? QStringLiteral("Add \"%1\".").arg(name) : QStringLiteral("Add \"%1\". %2").arg(name, example);
}

qint64 codePoints(const QString &text)
{
    return text.size() - std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLowSurrogate(); });
}

QString escaped(QString token)
{
    return token.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
}

} // namespace sluice::schema_text
