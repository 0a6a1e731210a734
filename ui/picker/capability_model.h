#pragma once

#include "sluice/backend/capability_info.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QSortFilterProxyModel>

namespace sluice::ui {

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
    };
    enum class Health { Good, Full, Unknown };
    Q_ENUM(Health)

    using QAbstractListModel::QAbstractListModel;

    void setCapabilities(const QList<CapabilityInfo> &capabilities);
    /// While the network does not answer, nothing is said of what is free there.
    void setReachable(bool reachable);
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
    QList<CapabilityInfo> m_capabilities;
    bool m_reachable = true;
};

/// Filters by text (every word must occur in name, title or description) and by verb.
class CapabilityFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setText(const QString &text);
    void setVerb(std::optional<Verb> verb);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
    std::optional<Verb> m_verb;
};

} // namespace sluice::ui
