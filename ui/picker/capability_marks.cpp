#include "sluice/picker/capability_marks.h"

#include <QtCore/QSettings>
#include <QtCore/QUrl>

#include <utility>

namespace sluice::ui {

namespace {
const QString kGroup = QStringLiteral("picker");
const QString kFavourites = QStringLiteral("favourites");
const QString kRecent = QStringLiteral("recent");

/// A profile's name may hold what a settings file takes for a path.
QString groupOf(const QString &profile)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(profile));
}

QString keyOf(const QString &profile, const QString &kind)
{
    return kGroup + QLatin1Char('/') + groupOf(profile) + QLatin1Char('/') + kind;
}
} // namespace

CapabilityMarks::CapabilityMarks(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
}

void CapabilityMarks::setProfile(const QString &name)
{
    if (name == m_profile)
        return;
    m_profile = name;
    const QSettings settings(m_file, QSettings::IniFormat);
    m_favourites = settings.value(keyOf(name, kFavourites)).toStringList().mid(0, MostFavourites);
    m_recent = settings.value(keyOf(name, kRecent)).toStringList().mid(0, MostRecent);
    Q_EMIT changed();
}

bool CapabilityMarks::isFavourite(const CapabilityId &id) const
{
    return m_favourites.contains(id.text());
}

void CapabilityMarks::setFavourite(const CapabilityId &id, bool on)
{
    if (on == isFavourite(id) || (on && m_favourites.size() >= MostFavourites))
        return;
    if (on)
        m_favourites.append(id.text());
    else
        m_favourites.removeAll(id.text());
    keep(kFavourites, m_favourites);
    Q_EMIT changed();
}

std::optional<int> CapabilityMarks::recency(const CapabilityId &id) const
{
    const qsizetype at = m_recent.indexOf(id.text());
    return at < 0 ? std::nullopt : std::optional(int(at));
}

void CapabilityMarks::used(const CapabilityId &id)
{
    const QString text = id.text();
    if (id.name.isEmpty() || m_recent.value(0) == text)
        return;
    m_recent.removeAll(text);
    m_recent.prepend(text);
    m_recent.resize(std::min<qsizetype>(m_recent.size(), MostRecent));
    keep(kRecent, m_recent);
    Q_EMIT changed();
}

void CapabilityMarks::keepOnly(const QStringList &profiles)
{
    QStringList kept;
    for (const QString &profile : profiles)
        kept.append(groupOf(profile));
    QSettings settings(m_file, QSettings::IniFormat);
    settings.beginGroup(kGroup);
    for (const QString &group : settings.childGroups()) {
        if (!kept.contains(group))
            settings.remove(group);
    }
}

void CapabilityMarks::keep(const QString &kind, const QStringList &ids) const
{
    QSettings(m_file, QSettings::IniFormat).setValue(keyOf(m_profile, kind), ids);
}

} // namespace sluice::ui
