#include "sluice/forms/json_text_p.h"

#include "sluice/forms/field_issue.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

namespace sluice::ui {

namespace {
constexpr qsizetype kLong = 10000; // characters; a longer string makes every editor crawl and tells a person nothing
} // namespace

QString JsonText::write(const Json &value, const QStringList &secretPointers)
{
    m_kept.clear();
    m_secrets = 0;
    m_longs = 0;
    return QString::fromUtf8(marked(value, {}, secretPointers).dump(2));
}

Json JsonText::marked(const Json &value, const QString &pointer, const QStringList &secrets)
{
    const bool empty = value.isNull() || (value.isString() && value.toString().isEmpty());
    const bool secret = !empty && secrets.contains(pointer);
    if (secret || (value.isString() && value.toString().size() > kLong)) {
        const QString mark = secret
            ? QCoreApplication::translate("sluice::ui::JsonText", "‹secret %1›").arg(++m_secrets)
            : QCoreApplication::translate("sluice::ui::JsonText", "‹long text %1: %2 characters, kept as it is›")
                  .arg(++m_longs)
                  .arg(QLocale().toString(value.toString().size()));
        m_kept.insert(mark, value);
        return mark;
    }
    switch (value.type()) {
    case Json::Type::Array: {
        QList<Json> items;
        items.reserve(value.size());
        for (qsizetype i = 0; i < value.size(); ++i)
            items.append(marked(value.items().at(i), pointerTo(pointer, i), secrets));
        return Json::array(items);
    }
    case Json::Type::Object: {
        QList<Json::Member> members;
        members.reserve(value.size());
        for (const auto &[key, inner] : value.members())
            members.append({key, marked(inner, pointerTo(pointer, key), secrets)});
        return Json::object(members);
    }
    default: return value;
    }
}

Json JsonText::restored(const Json &value) const
{
    switch (value.type()) {
    case Json::Type::String: {
        const auto kept = m_kept.constFind(value.toString());
        return kept == m_kept.constEnd() ? value : *kept;
    }
    case Json::Type::Array: {
        QList<Json> items;
        items.reserve(value.size());
        for (const Json &item : value.items())
            items.append(restored(item));
        return Json::array(items);
    }
    case Json::Type::Object: {
        QList<Json::Member> members;
        members.reserve(value.size());
        for (const auto &[key, inner] : value.members())
            members.append({key, restored(inner)});
        return Json::object(members);
    }
    default: return value;
    }
}

Expected<Json> JsonText::read(const QString &text, QStringList *duplicates) const
{
    Expected<Json> parsed = Json::parse(text.toUtf8(), Json::Limits{}, duplicates);
    if (!parsed || m_kept.isEmpty())
        return parsed;
    return restored(*parsed);
}

} // namespace sluice::ui
