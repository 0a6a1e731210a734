#include "sluice/sidebyside/chat_choices.h"

#include "sluice/gateway/backends.h"
#include "sluice/picker/capability_model.h"

namespace sluice::ui {

int ChatChoices::rowOf(const CapabilityId &id) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (idAt(row) == id)
            return row;
    }
    return -1;
}

CapabilityId ChatChoices::idAt(int row) const
{
    return index(row, 0).data(CapabilityModel::IdRole).value<CapabilityId>();
}

QVariant ChatChoices::data(const QModelIndex &index, int role) const
{
    const QVariant name = QSortFilterProxyModel::data(index, role);
    if (role != Qt::DisplayRole || !index.isValid())
        return name;
    const QString backend = idAt(index.row()).backend;
    const QString title = backends::title(backend);
    bool several = false;
    for (int row = 0; row < rowCount() && !several; ++row)
        several = idAt(row).backend != backend;
    // Names that two backends share have theirs already.
    return several && !name.toString().contains(title) ? tr("%1 · %2", "name of a capability, its backend").arg(name.toString(), title) : name;
}

bool ChatChoices::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    return sourceModel()->index(row, 0, parent).data(CapabilityModel::InfoRole).value<CapabilityInfo>().isChat();
}

} // namespace sluice::ui
