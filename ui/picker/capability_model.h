#pragma once

#include "sluice/backend/capability_info.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QSortFilterProxyModel>

namespace sluice::ui {

class CapabilityMarks;

/// The capabilities of the current network, one row each, refreshed by difference so that a selection survives.
class CapabilityModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        InfoRole = Qt::UserRole + 1, ///< CapabilityInfo
        NameRole,
        IdRole,           ///< CapabilityId
        PriceRole,        ///< text for people, e.g. "0.1 gwei per second", or "price unknown"
        AvailabilityRole, ///< text: "2 of 4 free", "full", "availability unknown"
        HealthRole,       ///< Health
        FavouriteRole,    ///< bool
        GroupRole,        ///< Group
        RecencyRole,      ///< int: 0 for what was called last
        CaptionRole,      ///< of the filter: what the rows from this one on have in common; empty inside of a group, and where there is only one
    };
    enum class Health { Good, Full, Unknown };
    Q_ENUM(Health)
    /// In the order of the list.
    enum class Group { Favourite, Recent, Other };
    Q_ENUM(Group)

    using QAbstractListModel::QAbstractListModel;

    void setCapabilities(const QList<CapabilityInfo> &capabilities);
    /// While the network does not answer, nothing is said of what is free there.
    void setReachable(bool reachable);
    /// Which ones are favourites and which were called last; none without. It must outlive the model.
    void setMarks(const CapabilityMarks *marks);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    [[nodiscard]] static QString priceText(const CapabilityInfo &info);
    /// The same where there is little room: "0.1 gwei/s".
    [[nodiscard]] static QString shortPriceText(const CapabilityInfo &info);
    [[nodiscard]] static QString availabilityText(const CapabilityInfo &info);
    [[nodiscard]] static Health health(const CapabilityInfo &info);
    /// The source of an unlisted capability: "named by you", also beside the network's list; empty when only the network says so.
    [[nodiscard]] static QString provenanceText(const CapabilityInfo &info);
    /// The verbs as one word each for a badge: "run", "stream".
    [[nodiscard]] static QString verbText(const CapabilityInfo &info);

private:
    [[nodiscard]] Group group(const CapabilityId &id) const;

    QList<CapabilityInfo> m_capabilities;
    const CapabilityMarks *m_marks = nullptr;
    bool m_reachable = true;
};

/// Filters by text (every word must occur in name, title or description) and by verb. While nothing is searched for, favourites come first and
/// then what was called last; a search has the network's order.
class CapabilityFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit CapabilityFilter(QObject *parent = nullptr);
    void setText(const QString &text);
    void setVerb(std::optional<Verb> verb);
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

protected:
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    [[nodiscard]] QString caption(const QModelIndex &index) const;

    QStringList m_words;
    std::optional<Verb> m_verb;
};

} // namespace sluice::ui
