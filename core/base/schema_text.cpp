#include "sluice/base/schema_text_p.h"

#include <QtCore/QHash>

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

int sayable(qint64 count)
{
    return int(std::clamp<qint64>(count, 0, std::numeric_limits<int>::max()));
}

QString withArticle(const QStringList &types)
{
    const QHash<QString, QString> first{{QStringLiteral("string"), Words::tr("a string")}, {QStringLiteral("number"), Words::tr("a number")},
        {QStringLiteral("integer"), Words::tr("an integer")}, {QStringLiteral("boolean"), Words::tr("a boolean")},
        {QStringLiteral("object"), Words::tr("an object")}, {QStringLiteral("array"), Words::tr("an array")}, {QStringLiteral("null"), Words::tr("null")}};
    // English leaves the article out after the first; other languages cannot.
    const QHash<QString, QString> further{{QStringLiteral("string"), Words::tr("string", "after “a number or ”")}, {QStringLiteral("number"), Words::tr("number", "after “a string or ”")},
        {QStringLiteral("integer"), Words::tr("integer", "after “a string or ”")}, {QStringLiteral("boolean"), Words::tr("boolean", "after “a string or ”")},
        {QStringLiteral("object"), Words::tr("object", "after “a string or ”")}, {QStringLiteral("array"), Words::tr("array", "after “a string or ”")},
        {QStringLiteral("null"), Words::tr("null")}};
    QStringList words;
    for (const QString &type : types)
        words.append((words.isEmpty() ? first : further).value(type, type));
    return words.join(Words::tr(" or "));
}

QString quoted(const QString &name)
{
    return Words::tr("\"%1\"", "the name of a field").arg(name);
}

QString shown(const Json &value)
{
    // Big values are never dumped whole for the sake of a few words.
    if (value.isArray() && value.size() > 8)
        return Words::tr("an array of %n items", nullptr, sayable(value.size()));
    if (value.isObject() && value.size() > 8)
        return Words::tr("an object of %n members", nullptr, sayable(value.size()));
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
    switch (value.type()) {
    case Json::Type::Bool: return Words::tr("the boolean %1").arg(shown(value));
    case Json::Type::Number: return Words::tr("the number %1").arg(shown(value));
    case Json::Type::String: return Words::tr("the string %1").arg(shown(value));
    case Json::Type::Array: return Words::tr("the array %1").arg(shown(value));
    default: return Words::tr("the object %1").arg(shown(value));
    }
}

QString place(const QString &pointer)
{
    if (pointer.isEmpty())
        return Words::tr("The input");
    QString last = pointer.mid(pointer.lastIndexOf(u'/') + 1);
    last.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
    bool isIndex = false;
    last.toInt(&isIndex);
    return isIndex ? Words::tr("Item %1 of %2").arg(last, pointer.left(pointer.lastIndexOf(u'/'))) : quoted(last);
}

QString listed(const QList<Json> &values)
{
    QStringList texts;
    for (const Json &value : values.mid(0, 20))
        texts.append(shown(value));
    if (values.size() > 20)
        texts.append(Words::tr("… (%1 in all)").arg(values.size()));
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
            return Words::tr("Write %1 without quotes.").arg(value.toString());
    }
    if (types.contains(key("integer")) && value.isNumber())
        return Words::tr("Write a whole number, such as %1.").arg(qRound64(value.toDouble()));
    if (types.contains(key("boolean")))
        return Words::tr("Write true or false.");
    if (types.contains(key("string")) && (value.isNumber() || value.isBool()))
        return Words::tr("Put it in quotes: \"%1\".", "the quotes of JSON").arg(shown(value));
    if (types.contains(key("array")) && !value.isNull())
        return Words::tr("Put it in square brackets: [%1].").arg(shown(value));
    return value.isNull() ? Words::tr("Leave it out, or give a value.") : QString();
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
    return (allowed.size() > 1 && least <= 3 ? Words::tr("Did you mean %1?") : Words::tr("Try %1.")).arg(shown(allowed[best]));
}

QString nearestName(const QString &name, const QStringList &known)
{
    if (name.size() > 60)
        return Words::tr("Remove it.");
    QString best;
    int least = 4;
    for (const QString &candidate : known.mid(0, 200)) {
        const int far = distance(name, candidate.left(100));
        if (far < least) {
            best = candidate;
            least = far;
        }
    }
    return best.isEmpty() ? Words::tr("Remove it.") : Words::tr("Did you mean %1?").arg(quoted(best));
}

QString exampleOf(const Json &schema)
{
    const Json examples = schema.value(key("examples"));
    const Json example = examples.size() > 0 ? examples.at(0) : schema.value(key("default"));
    return example.isNull() ? QString() : Words::tr("For example %1.").arg(shown(example));
}

QString missingSuggestion(const QString &name, const Json &schema)
{
    const QString example = exampleOf(schema);
    const QString add = Words::tr("Add %1.").arg(quoted(name));
    return example.isEmpty() ? add : add + QLatin1Char(' ') + example;
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
