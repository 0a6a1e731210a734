#include "sluice/history/history_model.h"

#include "sluice/gateway/backends.h"
#include "sluice/base/follow.h"
#include "sluice/base/task.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/duration_text.h"
#include "sluice/widgets/relative_time_label.h"

#include <algorithm>

namespace sluice::ui {

HistoryModel::HistoryModel(History &history, QObject *parent)
    : QAbstractListModel(parent)
    , m_history(history)
    , m_changes(history.onChanged(this, [this](const QString &) { refresh(); }))
    , m_loading(true)
{
    // Not at once: an answer that is ready already would come before anyone listens.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_generation == 0)
                load(0, PageSize);
        },
        Qt::QueuedConnection);
}

void HistoryModel::setFilter(const QString &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    load(0, PageSize); // what was asked for before no longer counts
}

void HistoryModel::refresh()
{
    // Many changes in a row cost one more read, not one each.
    if (m_loading) {
        m_again = true;
        return;
    }
    load(0, std::max<qint64>(PageSize, m_rows.size()));
}

void HistoryModel::load(qint64 offset, qint64 limit)
{
    m_loading = true;
    const int mine = ++m_generation;
    follow(
        m_history.page(m_filter, offset, limit), this,
        [this, offset, mine](const History::Page &page) {
            if (mine == m_generation)
                take(offset, page);
        },
        [this, mine](const Error &error) {
            if (mine != m_generation)
                return;
            m_loading = false;
            Q_EMIT failed(error);
        });
}

void HistoryModel::take(qint64 offset, const History::Page &page)
{
    // Still loading while rows change: a view asks for more from within those signals, and an answer that is ready at
    // once would be taken in the middle of this one.
    m_total = page.total;
    if (offset == 0) {
        replaceRows(page.rows);
    } else if (offset == m_rows.size() && !page.rows.isEmpty()) {
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + page.rows.size()) - 1);
        m_rows += page.rows;
        endInsertRows();
    }
    m_loading = false;
    Q_EMIT loaded();
    if (std::exchange(m_again, false))
        refresh();
}

void HistoryModel::replaceRows(const QList<RunRecord> &rows)
{
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        const bool kept = std::any_of(rows.begin(), rows.end(),
            [&](const RunRecord &record) { return record.id == m_rows.at(row).id; });
        if (!kept) {
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            endRemoveRows();
        }
    }
    for (int row = 0; row < rows.size(); ++row) {
        if (row < m_rows.size() && m_rows.at(row).id == rows.at(row).id) {
            m_rows[row] = rows.at(row);
            Q_EMIT dataChanged(index(row), index(row));
            continue;
        }
        const auto old = std::find_if(m_rows.begin() + row, m_rows.end(),
            [&](const RunRecord &record) { return record.id == rows.at(row).id; });
        if (old != m_rows.end()) {
            const int from = int(old - m_rows.begin());
            beginMoveRows({}, from, from, {}, row);
            m_rows.move(from, row);
            endMoveRows();
            m_rows[row] = rows.at(row);
            Q_EMIT dataChanged(index(row), index(row));
        } else {
            beginInsertRows({}, row, row);
            m_rows.insert(row, rows.at(row));
            endInsertRows();
        }
    }
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

bool HistoryModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_loading && m_rows.size() < m_total;
}

void HistoryModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        load(m_rows.size(), PageSize);
}

QString HistoryModel::nameText(const RunRecord &record)
{
    const bool plain = record.backend.isEmpty() || backends::unlisted(record.capability).backend == record.backend;
    return plain ? record.capability : record.capability + QStringLiteral(" · ") + backends::title(record.backend);
}

QString HistoryModel::stateText(RunRecord::State state)
{
    switch (state) {
    case RunRecord::State::Running: return tr("running");
    case RunRecord::State::Succeeded: return tr("succeeded");
    case RunRecord::State::Failed: return tr("failed");
    case RunRecord::State::Canceled: return tr("cancelled");
    case RunRecord::State::Interrupted: return tr("interrupted");
    case RunRecord::State::Signed: return tr("signed for another program");
    }
    return {};
}

QString HistoryModel::factsText(const RunRecord &record)
{
    QStringList facts{record.verb};
    if (record.state != RunRecord::State::Succeeded)
        facts << stateText(record.state);
    if (record.finishedAt.isValid() && record.startedAt.isValid()) {
        facts << durationText(std::chrono::milliseconds(record.startedAt.msecsTo(record.finishedAt)));
    }
    const QString whole = record.paidWei.section(QLatin1Char('/'), 0, 0);
    if (record.ticketCount > 0 && !record.paidWei.contains(QLatin1Char('/')))
        facts << tr("paid %1").arg(AmountLabel::humanWei(whole));
    else if (record.ticketCount > 0)
        facts << tr("%n ticket(s)", nullptr, int(record.ticketCount));
    return facts.join(QStringLiteral("  ·  "));
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RunRecord &record = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return record.title.isEmpty() ? nameText(record) : record.title;
    case Qt::ToolTipRole:
        return tr("%1\nStarted %2\nPaid %3 wei").arg(nameText(record), RelativeTimeLabel::exact(record.startedAt), record.paidWei);
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3").arg(nameText(record), stateText(record.state), factsText(record));
    case RecordRole: return QVariant::fromValue(record);
    case IdRole: return record.id;
    case FactsRole: return factsText(record);
    default: return {};
    }
}

} // namespace sluice::ui
