#include "sluice/live/live_data_model.h"

#include <algorithm>
#include <chrono>

namespace sluice::ui {

namespace {
constexpr auto kBatch = std::chrono::milliseconds(50);
} // namespace

LiveDataModel::LiveDataModel(QObject *parent)
    : QAbstractListModel(parent)
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(kBatch);
    connect(&m_flush, &QTimer::timeout, this, &LiveDataModel::flush);
}

void LiveDataModel::add(const Json &record)
{
    QString line = QString::fromUtf8(record.dump());
    if (line.size() > MaxCharacters)
        line = line.left(MaxCharacters) + QChar(0x2026);
    m_waiting.append(line);
    if (m_waiting.size() > Capacity)
        m_waiting.removeFirst();
    ++m_total;
    if (!m_flush.isActive())
        m_flush.start();
}

void LiveDataModel::flush()
{
    const QStringList added = std::exchange(m_waiting, {});
    if (added.isEmpty())
        return;
    const int surplus = int(std::clamp<qsizetype>(m_lines.size() + added.size() - Capacity, 0, m_lines.size()));
    if (surplus > 0) {
        beginRemoveRows({}, 0, surplus - 1);
        m_lines.remove(0, surplus);
        endRemoveRows();
    }
    const int first = int(m_lines.size());
    beginInsertRows({}, first, first + int(added.size()) - 1);
    m_lines += added;
    endInsertRows();
    Q_EMIT totalChanged(m_total);
}

void LiveDataModel::clear()
{
    m_flush.stop();
    beginResetModel();
    m_lines.clear();
    m_waiting.clear();
    m_total = 0;
    endResetModel();
    Q_EMIT totalChanged(0);
}

QString LiveDataModel::asText() const
{
    return m_lines.isEmpty() ? QString() : m_lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

int LiveDataModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant LiveDataModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return m_lines.at(index.row());
}

} // namespace sluice::ui
