#include "sluice/live/live_events_model.h"

#include "sluice/widgets/theme.h"

namespace sluice::ui {

namespace {
constexpr qsizetype kShownCharacters = 400;
constexpr qsizetype kKeptCharacters = 8000;
const QString kTime = QStringLiteral("HH:mm:ss.zzz");
} // namespace

LiveEventsModel::LiveEventsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void LiveEventsModel::add(Kind kind, const QString &text, const QString &details)
{
    const QDateTime now = QDateTime::currentDateTime();
    const QString shown = text.left(kShownCharacters);
    if (!m_rows.isEmpty() && m_rows.last().kind == kind && m_rows.last().text == shown) {
        m_rows.last().at = now;
        m_rows.last().details = details.left(kKeptCharacters);
        ++m_rows.last().count;
        const int row = int(m_rows.size()) - 1;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
    if (m_rows.size() >= Capacity) {
        beginRemoveRows({}, 0, 0);
        m_rows.removeFirst();
        endRemoveRows();
    }
    const int row = int(m_rows.size());
    beginInsertRows({}, row, row);
    m_rows.append({now, kind, shown, details.left(kKeptCharacters), 1});
    endInsertRows();
}

void LiveEventsModel::addEvent(const Json &event)
{
    const QString whole = QString::fromUtf8(event.dump());
    const QString type = event.value(QStringLiteral("type")).toString();
    if (type.isEmpty()) {
        add(Kind::Event, whole);
        return;
    }
    Json rest = event;
    rest.remove(QStringLiteral("type"));
    for (const char *time : {"timestamp", "timestamp_ms", "time"})
        rest.remove(QString::fromLatin1(time)); // the log has its own, and with it no two would be the same
    const bool quiet = rest.size() == 0 || type.contains(QLatin1String("heartbeat"));
    add(Kind::Event, quiet ? type : type + QLatin1Char(' ') + QString::fromUtf8(rest.dump()), whole);
}

void LiveEventsModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

QString LiveEventsModel::asText() const
{
    QString text;
    for (const Row &row : m_rows)
        text += QStringLiteral("%1  %2  %3\n").arg(row.at.toString(kTime), kindText(row.kind), row.details.isEmpty() ? row.text : row.details);
    return text;
}

QString LiveEventsModel::kindText(Kind kind)
{
    switch (kind) {
    case Kind::State: return tr("state");
    case Kind::Event: return tr("event");
    case Kind::Warning: return tr("warning");
    case Kind::Failure: return tr("failure");
    }
    return {};
}

int LiveEventsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int LiveEventsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant LiveEventsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    if (role == Qt::DisplayRole) {
        switch (index.column()) {
        case TimeColumn: return row.at.toString(kTime);
        case KindColumn: return kindText(row.kind);
        case TextColumn: return row.count > 1 ? tr("%1 (%L2 times)").arg(row.text).arg(row.count) : row.text;
        default: return {};
        }
    }
    if (role == Qt::ToolTipRole)
        return row.details.isEmpty() ? row.text : row.details;
    if (role == Qt::ForegroundRole && index.column() != TextColumn) {
        if (row.kind == Kind::Warning)
            return Theme::color(Theme::Role::Warning);
        return Theme::color(row.kind == Kind::Failure ? Theme::Role::Failed : Theme::Role::Muted);
    }
    if (role == Qt::FontRole && index.column() == TimeColumn)
        return Theme::font(Theme::Type::MonoSmall);
    return {};
}

QVariant LiveEventsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn: return tr("Time");
    case KindColumn: return tr("Kind");
    case TextColumn: return tr("What happened");
    default: return {};
    }
}

} // namespace sluice::ui
