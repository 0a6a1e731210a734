#pragma once

#include "sluice/backend/capability_id.h"

#include <QtCore/QSortFilterProxyModel>

namespace sluice::ui {

/// Of the picker's capabilities those that hold a conversation, in the order of the list; each with its backend where there are several.
class ChatChoices final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    /// -1 when the network does not offer it, or no conversation with it.
    [[nodiscard]] int rowOf(const CapabilityId &id) const;
    [[nodiscard]] CapabilityId idAt(int row) const;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
};

} // namespace sluice::ui
