#include "sluice/network/candidate_model.h"

#include "sluice/payments/amount.h"
#include "sluice/widgets/duration_text.h"
#include "sluice/widgets/relative_time_label.h"
#include "sluice/widgets/remote_text.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>

#include <algorithm>
#include <limits>

namespace sluice::ui {

namespace {

const QString kNothing = QStringLiteral("–");
constexpr qsizetype kMostWords = 300;
constexpr qsizetype kMostAddress = 40; ///< characters; of a longer one its ends, which tell servers apart

struct Look {
    QString icon;
    Theme::Role role;
};

Look lookOf(const Candidate &candidate)
{
    using Standing = Candidate::Standing;
    if (candidate.isPinned && candidate.standing != Standing::Away)
        return {QStringLiteral("pin"), Theme::Role::Accent};
    switch (candidate.standing) {
    case Standing::First:
        return {QStringLiteral("circle-check"), Theme::Role::Success};
    case Standing::Next:
        return {QStringLiteral("circle"), Theme::Role::Muted};
    case Standing::Full:
        return {QStringLiteral("clock"), Theme::Role::Warning};
    case Standing::Away:
        return {QStringLiteral("wifi-off"), Theme::Role::Failed};
    case Standing::Excluded:
        return {QStringLiteral("eye-off"), Theme::Role::Muted};
    case Standing::NotPinned:
        break;
    }
    return {QStringLiteral("minus"), Theme::Role::Muted};
}

QString addressOf(const Candidate &candidate)
{
    return candidate.server.toDisplayString(QUrl::RemoveUserInfo);
}

std::optional<Rational> perSecond(const Candidate &candidate)
{
    if (!candidate.price || candidate.price->pixelsPerUnit <= 0)
        return std::nullopt;
    return Rational(Wei(candidate.price->pricePerUnit), Wei(candidate.price->pixelsPerUnit));
}

} // namespace

CandidateModel::CandidateModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

int CandidateModel::rowOf(const QUrl &server) const
{
    const auto &all = m_report.candidates;
    const auto it = std::find_if(all.begin(), all.end(), [&](const Candidate &one) { return one.server == server; });
    return it == all.end() ? -1 : int(it - all.begin());
}

void CandidateModel::setReport(const CandidateReport &report)
{
    QList<Candidate> &mine = m_report.candidates;
    const auto isThere = [](const QList<Candidate> &list, const QUrl &server) {
        return std::any_of(list.begin(), list.end(), [&](const Candidate &one) { return one.server == server; });
    };
    for (int row = int(mine.size()) - 1; row >= 0; --row) {
        if (isThere(report.candidates, mine[row].server))
            continue;
        beginRemoveRows({}, row, row);
        mine.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < int(report.candidates.size()); ++row) {
        const int before = rowOf(report.candidates[row].server);
        if (before < 0) {
            beginInsertRows({}, row, row);
            mine.insert(row, report.candidates[row]);
            endInsertRows();
        } else if (before > row) {
            beginMoveRows({}, before, before, {}, row);
            mine.move(before, row);
            endMoveRows();
        }
    }
    m_report = report;
    if (!mine.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(mine.size()) - 1, ColumnCount - 1));
}

QString CandidateModel::standingWords(const Candidate &candidate)
{
    using Standing = Candidate::Standing;
    switch (candidate.standing) {
    case Standing::First:
        return candidate.isPinned ? tr("pinned") : tr("asked first");
    case Standing::Next:
        return candidate.isPinned ? tr("pinned") : tr("number %1").arg(QLocale().toString(candidate.rank));
    case Standing::Full:
        return candidate.isPinned ? tr("pinned, full") : tr("full");
    case Standing::Away:
        return candidate.isPinned ? tr("pinned, away") : tr("away");
    case Standing::Excluded:
        return tr("excluded");
    case Standing::NotPinned:
        break;
    }
    return tr("not asked");
}

QString CandidateModel::why(const Candidate &candidate) const
{
    using Standing = Candidate::Standing;
    using Basis = CandidateReport::Basis;
    switch (candidate.standing) {
    case Standing::Excluded:
        return tr("You excluded it: no call goes there.");
    case Standing::NotPinned:
        return tr("Another one is pinned: no call goes here.");
    case Standing::Away:
        return candidate.trouble.left(kMostWords);
    case Standing::Full:
        return tr("It tells no free slot, so it is asked when no other takes the call.");
    case Standing::First:
    case Standing::Next:
        break;
    }
    if (candidate.isPinned)
        return tr("You pinned it: calls go here and to no other.");
    const bool first = candidate.standing == Standing::First;
    if (m_report.basis == Basis::Best)
        return first ? tr("The best by price, latency and success.") : tr("Others are better by price, latency and success.");
    return first ? tr("The first of the profile's list.") : tr("It is asked when those before it in the list do not take the call.");
}

QString CandidateModel::shown(const Candidate &candidate, int column) const
{
    const qint64 asked = candidate.taken + candidate.passedOver;
    switch (column) {
    case Place:
        return standingWords(candidate);
    case Server: {
        const QString address = addressOf(candidate);
        return address.size() > kMostAddress ? address.left(kMostAddress / 2) + QStringLiteral("…") + address.right(kMostAddress / 2 - 1) : address;
    }
    case Price:
        if (const auto price = perSecond(candidate))
            return *price == 0 ? tr("free of charge") : tr("%1/s", "price per second").arg(amount::human(*price));
        return kNothing;
    case Latency:
        return candidate.latency && candidate.trouble.isEmpty() ? durationText(*candidate.latency) : kNothing;
    case Slots:
        if (!candidate.available)
            return kNothing;
        return candidate.capacity ? tr("%1 of %2", "free slots of all").arg(*candidate.available).arg(*candidate.capacity) : QLocale().toString(*candidate.available);
    case Success:
        return asked > 0 ? tr("%1 of %2", "calls taken of those asked for").arg(candidate.taken).arg(asked) : kNothing;
    case Why:
        return why(candidate).simplified();
    default:
        return {};
    }
}

QString CandidateModel::hint(const Candidate &candidate, int column) const
{
    switch (column) {
    case Server:
        return addressOf(candidate);
    case Price:
        if (const auto price = perSecond(candidate))
            return tr("%1 per second").arg(amount::exact(*price));
        return tr("It told no price.");
    case Latency:
        return tr("How long it took to name its terms.");
    case Slots:
        return candidate.available ? tr("Free slots, as it tells them.") : tr("It does not tell how many slots are free.");
    case Success: {
        if (!candidate.tookLast)
            return tr("No call from here was given to it yet.");
        const QString when = RelativeTimeLabel::exact(candidate.lastAt);
        return *candidate.tookLast ? tr("It took the last call, %1.").arg(when) : tr("It did not take the last call, %1: %2").arg(when, candidate.lastReason);
    }
    case Place:
    case Why:
        return why(candidate);
    default:
        return shown(candidate, column);
    }
}

QVariant CandidateModel::sortKey(const Candidate &candidate, int column) const
{
    constexpr double last = std::numeric_limits<double>::max();
    const qint64 asked = candidate.taken + candidate.passedOver;
    switch (column) {
    case Place:
        return rowOf(candidate.server); // as the report has them
    case Price: {
        const auto price = perSecond(candidate);
        return price ? static_cast<double>(*price) : last; // only to sort what is shown
    }
    case Latency:
        return candidate.latency && candidate.trouble.isEmpty() ? double(candidate.latency->count()) : last;
    case Slots:
        return candidate.available ? double(*candidate.available) : -1.0;
    case Success:
        return asked > 0 ? double(candidate.taken) / double(asked) : -1.0;
    default:
        return shown(candidate, column);
    }
}

int CandidateModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_report.candidates.size());
}

int CandidateModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CandidateModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Candidate &candidate = m_report.candidates[index.row()];
    const int column = index.column();
    const bool number = column == Price || column == Latency || column == Slots || column == Success;
    switch (role) {
    case Qt::DisplayRole:
        return shown(candidate, column);
    case SortRole:
        return sortKey(candidate, column);
    case Qt::ToolTipRole:
        return toolTipText(hint(candidate, column));
    case Qt::AccessibleTextRole:
        return tr("%1: %2", "column of a table, value").arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), shown(candidate, column));
    case Qt::DecorationRole:
        if (column != Place)
            return {};
        return Theme::icon(lookOf(candidate).icon, lookOf(candidate).role);
    case Qt::ForegroundRole:
        return candidate.rank == 0 ? QVariant(Theme::color(Theme::Role::Muted)) : QVariant();
    case Qt::FontRole:
        return column == Server ? QVariant(Theme::font(Theme::Type::MonoSmall)) : QVariant();
    case Qt::TextAlignmentRole:
        return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant CandidateModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool number = section == Price || section == Latency || section == Slots || section == Success;
    if (role == Qt::TextAlignmentRole)
        return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Place:
        return tr("Place");
    case Server:
        return tr("Server");
    case Price:
        return tr("Price");
    case Latency:
        return tr("Latency");
    case Slots:
        return tr("Free slots");
    case Success:
        return tr("Taken");
    case Why:
        return tr("Why");
    default:
        return {};
    }
}

} // namespace sluice::ui
