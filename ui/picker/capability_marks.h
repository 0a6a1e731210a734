#pragma once

#include "sluice/backend/capability_id.h"

#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <optional>

namespace sluice::ui {

/// Which capabilities of a profile a person likes to have at hand, and which were called last. Kept in a settings file, for each profile.
class CapabilityMarks final : public QObject {
    Q_OBJECT
public:
    /// How many of those called last are remembered.
    static constexpr int MostRecent = 4;
    /// Favourites past this many are not kept.
    static constexpr int MostFavourites = 200;

    /// `file` is an INI file that others may write to as well; it need not exist.
    explicit CapabilityMarks(QString file, QObject *parent = nullptr);

    /// From now on it is about this profile.
    void setProfile(const QString &name);
    [[nodiscard]] bool isFavourite(const CapabilityId &id) const;
    void setFavourite(const CapabilityId &id, bool on);
    /// 0 for what was called last, 1 for what was called before; nothing for what was not, or longer ago.
    [[nodiscard]] std::optional<int> recency(const CapabilityId &id) const;
    /// It was called just now.
    void used(const CapabilityId &id);
    /// Forgets what is kept for any other profile.
    void keepOnly(const QStringList &profiles);

Q_SIGNALS:
    void changed();

private:
    void keep(const QString &kind, const QStringList &ids) const;

    QString m_file;
    QString m_profile;
    QStringList m_favourites; ///< CapabilityId::text()
    QStringList m_recent;     ///< the last one first
};

} // namespace sluice::ui
