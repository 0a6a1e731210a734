#include "sluice/live/live_stages_model.h"

#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>

namespace sluice::ui {

using media::Stage;

namespace {

QString stageText(Stage stage)
{
    switch (stage) {
    case Stage::Captured: return LiveStagesModel::tr("captured");
    case Stage::Encoded: return LiveStagesModel::tr("encoded");
    case Stage::Sent: return LiveStagesModel::tr("sent");
    case Stage::Received: return LiveStagesModel::tr("received");
    case Stage::Decoded: return LiveStagesModel::tr("decoded");
    case Stage::Shown: return LiveStagesModel::tr("shown");
    }
    return {};
}

} // namespace

LiveStagesModel::LiveStagesModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

QString LiveStagesModel::spanText(Stage from, Stage to)
{
    if (from == Stage::Captured && to == Stage::Encoded)
        return tr("Encode");
    if (from == Stage::Encoded && to == Stage::Sent)
        return tr("Queue and send");
    if (from == Stage::Sent && to == Stage::Received)
        return tr("Network and capability");
    if (from == Stage::Received && to == Stage::Decoded)
        return tr("Decode");
    if (from == Stage::Decoded && to == Stage::Shown)
        return tr("Display");
    return tr("From %1 to %2").arg(stageText(from), stageText(to));
}

void LiveStagesModel::setSnapshot(const media::LatencySnapshot &snapshot)
{
    QList<Row> rows;
    for (const media::LatencySpan &span : snapshot.spans)
        rows.append({span, false});
    if (snapshot.endToEnd)
        rows.append({*snapshot.endToEnd, true});
    // Numbers change twice a second, rows hardly ever: a selection survives the numbers.
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
        return;
    }
    m_rows = rows;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
}

void LiveStagesModel::clear()
{
    setSnapshot({});
}

int LiveStagesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int LiveStagesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant LiveStagesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    if (role == Qt::DisplayRole) {
        const auto milliseconds = [](double value) { return QLocale().toString(value, 'f', 1); };
        switch (index.column()) {
        case StageColumn: return row.whole ? tr("End to end") : spanText(row.span.from, row.span.to);
        case P50Column: return milliseconds(row.span.p50Ms);
        case P95Column: return milliseconds(row.span.p95Ms);
        case CountColumn: return QLocale().toString(row.span.count);
        default: return {};
        }
    }
    if (role == Qt::ToolTipRole && index.column() == StageColumn)
        return tr("From %1 to %2").arg(stageText(row.span.from), stageText(row.span.to));
    if (role == Qt::TextAlignmentRole && index.column() != StageColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && row.whole)
        return Theme::font(Theme::Type::BodyStrong13);
    return {};
}

QVariant LiveStagesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == StageColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StageColumn: return tr("Stage");
    case P50Column: return tr("p50 ms");
    case P95Column: return tr("p95 ms");
    case CountColumn: return tr("Pictures");
    default: return {};
    }
}

} // namespace sluice::ui
