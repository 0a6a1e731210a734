#include "sluice/picker/capability_model.h"

#include "sluice/gateway/backends.h"
#include "sluice/picker/capability_marks.h"

#include "sluice/payments/amount.h"
#include "sluice/widgets/remote_text.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace sluice::ui {

void CapabilityModel::setCapabilities(const QList<CapabilityInfo> &capabilities)
{
    for (int row = int(m_capabilities.size()) - 1; row >= 0; --row) {
        const bool kept = std::any_of(capabilities.begin(), capabilities.end(),
            [&](const CapabilityInfo &info) { return info.id() == m_capabilities.at(row).id(); });
        if (!kept) {
            beginRemoveRows({}, row, row);
            m_capabilities.removeAt(row);
            endRemoveRows();
        }
    }
    for (const CapabilityInfo &info : capabilities) {
        const auto it = std::find_if(m_capabilities.begin(), m_capabilities.end(),
            [&](const CapabilityInfo &known) { return info.id() == known.id(); });
        if (it != m_capabilities.end()) {
            *it = info;
            const QModelIndex changed = index(int(it - m_capabilities.begin()));
            Q_EMIT dataChanged(changed, changed);
        } else {
            beginInsertRows({}, int(m_capabilities.size()), int(m_capabilities.size()));
            m_capabilities.append(info);
            endInsertRows();
        }
    }
}

void CapabilityModel::setReachable(bool reachable)
{
    if (std::exchange(m_reachable, reachable) != reachable && !m_capabilities.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void CapabilityModel::setMarks(const CapabilityMarks *marks)
{
    m_marks = marks;
    const auto again = [this] {
        if (!m_capabilities.isEmpty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    };
    if (marks)
        connect(marks, &CapabilityMarks::changed, this, again);
    again();
}

CapabilityModel::Group CapabilityModel::group(const CapabilityId &id) const
{
    if (!m_marks)
        return Group::Other;
    return m_marks->isFavourite(id) ? Group::Favourite : m_marks->recency(id) ? Group::Recent : Group::Other;
}

int CapabilityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_capabilities.size());
}

QVariant CapabilityModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    CapabilityInfo info = m_capabilities.at(index.row());
    if (!m_reachable)
        info.availableCapacity.reset();
    switch (role) {
    case Qt::DisplayRole: return backends::displayName(info, m_capabilities);
    case Qt::ToolTipRole:
        return QStringLiteral("%1\n\n%2 · %3%4")
            .arg(toolTipText(info.description), priceText(info), availabilityText(info),
                 info.named ? QStringLiteral("\n\n") + provenanceText(info) : QString());
    case Qt::AccessibleTextRole: {
        QString facts = tr("%1, %2, %3, %4").arg(info.name, verbText(info), priceText(info), availabilityText(info));
        if (group(info.id()) == Group::Favourite)
            facts = tr("%1, favourite", "facts of a capability").arg(facts);
        return info.named ? tr("%1, %2", "facts of a capability, who says so").arg(facts, provenanceText(info)) : facts;
    }
    case Qt::AccessibleDescriptionRole: return info.description;
    case InfoRole: return QVariant::fromValue(m_capabilities.at(index.row()));
    case NameRole: return info.name;
    case IdRole: return QVariant::fromValue(info.id());
    case PriceRole: return priceText(info);
    case AvailabilityRole: return availabilityText(info);
    case HealthRole: return QVariant::fromValue(health(info));
    case FavouriteRole: return group(info.id()) == Group::Favourite;
    case GroupRole: return QVariant::fromValue(group(info.id()));
    case RecencyRole: return m_marks ? m_marks->recency(info.id()).value_or(0) : 0;
    default: return {};
    }
}

QString CapabilityModel::priceText(const CapabilityInfo &info)
{
    if (!info.price)
        return tr("price unknown");
    if (info.price->pricePerUnit == 0)
        return tr("free");
    if (info.price->pixelsPerUnit <= 0)
        return tr("price unknown");
    const Rational price(info.price->pricePerUnit, info.price->pixelsPerUnit);
    if (info.price->unit == QLatin1String("call"))
        return info.hasSessions() ? tr("%1 per session").arg(amount::human(price)) : tr("%1 per call").arg(amount::human(price));
    // The wire's word; the usual one is said in the window's language.
    if (info.price->unit == QLatin1String("second"))
        return tr("%1 per second").arg(amount::human(price));
    return tr("%1 per %2").arg(amount::human(price), info.price->unit);
}

QString CapabilityModel::shortPriceText(const CapabilityInfo &info)
{
    if (!info.price || info.price->pixelsPerUnit <= 0 || info.price->pricePerUnit == 0)
        return priceText(info);
    const Rational price(info.price->pricePerUnit, info.price->pixelsPerUnit);
    QString unit = info.price->unit;
    if (unit == QLatin1String("second"))
        unit = tr("s", "unit: second");
    else if (unit == QLatin1String("call"))
        unit = info.hasSessions() ? tr("session", "unit: price of a whole session") : tr("call", "unit: price of a call");
    return tr("%1/%2", "price per unit").arg(amount::human(price), unit);
}

QString CapabilityModel::availabilityText(const CapabilityInfo &info)
{
    if (!info.availableCapacity)
        return tr("availability unknown");
    if (*info.availableCapacity == 0)
        return tr("full");
    if (info.capacity)
        return tr("%1 of %2 free").arg(*info.availableCapacity).arg(*info.capacity);
    return tr("%n free", nullptr, *info.availableCapacity);
}

QString CapabilityModel::provenanceText(const CapabilityInfo &info)
{
    if (!info.named)
        return {};
    return info.listed ? tr("named by you, listed by the network") : tr("named by you");
}

CapabilityModel::Health CapabilityModel::health(const CapabilityInfo &info)
{
    if (!info.availableCapacity)
        return Health::Unknown;
    return *info.availableCapacity > 0 ? Health::Good : Health::Full;
}

QString CapabilityModel::verbText(const CapabilityInfo &info)
{
    QStringList names;
    for (const Verb verb : info.verbs)
        names << verbName(verb);
    if (info.hasSessions())
        names << tr("sessions");
    else if (!info.mode.isEmpty())
        names << tr("single-shot");
    return names.join(QStringLiteral(" · "));
}

CapabilityFilter::CapabilityFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    sort(0);
}

void CapabilityFilter::setText(const QString &text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidate(); // the order is another one, too
}

QVariant CapabilityFilter::data(const QModelIndex &index, int role) const
{
    return role == CapabilityModel::CaptionRole ? caption(index) : QSortFilterProxyModel::data(index, role);
}

QString CapabilityFilter::caption(const QModelIndex &index) const
{
    using Group = CapabilityModel::Group;
    const auto groupAt = [&](int row) { return this->index(row, 0).data(CapabilityModel::GroupRole).value<Group>(); };
    if (!m_words.isEmpty() || !index.isValid())
        return {};
    const Group group = groupAt(index.row());
    const bool first = index.row() == 0 ? group != Group::Other : group != groupAt(index.row() - 1);
    if (!first)
        return {};
    switch (group) {
    case Group::Favourite: return tr("Favourites");
    case Group::Recent: return tr("Called last");
    case Group::Other: return tr("All others");
    }
    return {};
}

bool CapabilityFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    using Group = CapabilityModel::Group;
    if (m_words.isEmpty()) {
        const auto groupOf = [](const QModelIndex &index) { return index.data(CapabilityModel::GroupRole).value<Group>(); };
        const Group group = groupOf(left);
        if (group != groupOf(right))
            return group < groupOf(right);
        if (group == Group::Recent)
            return left.data(CapabilityModel::RecencyRole).toInt() < right.data(CapabilityModel::RecencyRole).toInt();
    }
    return left.row() < right.row();
}

void CapabilityFilter::setVerb(std::optional<Verb> verb)
{
    m_verb = verb;
    invalidateFilter();
}

bool CapabilityFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const auto info
        = sourceModel()->index(row, 0, parent).data(CapabilityModel::InfoRole).value<CapabilityInfo>();
    if (m_verb && !info.verbs.contains(*m_verb))
        return false;
    const QString haystack = info.name + QLatin1Char(' ') + info.title + QLatin1Char(' ') + info.description;
    return std::all_of(m_words.begin(), m_words.end(),
        [&](const QString &word) { return haystack.contains(word, Qt::CaseInsensitive); });
}

} // namespace sluice::ui
