#include "sluice/jobs/job_list_model.h"

#include "sluice/widgets/duration_text.h"
#include "sluice/widgets/relative_time_label.h"
#include "sluice/widgets/remote_text.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace sluice::ui {

namespace {

const QString kNothing = QStringLiteral("–");

struct Look {
    QString icon;
    Theme::Role role;
};

Look lookOf(RemoteJob::State state)
{
    using State = RemoteJob::State;
    switch (state) {
    case State::Waiting:
        return {QStringLiteral("clock"), Theme::Role::Muted};
    case State::Running:
        return {QStringLiteral("activity"), Theme::Role::Accent};
    case State::Unknown:
        return {QStringLiteral("circle-question-mark"), Theme::Role::Muted};
    case State::Done:
        return {QStringLiteral("circle-check"), Theme::Role::Success};
    case State::Failed:
        break;
    }
    return {QStringLiteral("circle-x"), Theme::Role::Failed};
}

QString between(const QDateTime &from, const QDateTime &to)
{
    if (!from.isValid())
        return kNothing;
    const QDateTime end = to.isValid() ? to : QDateTime::currentDateTimeUtc();
    return durationText(std::chrono::milliseconds(std::max<qint64>(0, from.msecsTo(end))));
}

/// "0b0e6f0a…": enough to tell jobs apart.
QString shortId(const QString &id)
{
    constexpr qsizetype shown = 8;
    return id.size() > shown + 1 ? id.left(shown) + QStringLiteral("…") : id;
}

} // namespace

JobListModel::JobListModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void JobListModel::setJobs(const QList<RemoteJob> &jobs)
{
    const auto isThere = [](const QList<RemoteJob> &list, const QString &id) {
        return std::any_of(list.begin(), list.end(), [&](const RemoteJob &job) { return job.id == id; });
    };
    for (int row = int(m_jobs.size()) - 1; row >= 0; --row) {
        if (isThere(jobs, m_jobs[row].id))
            continue;
        beginRemoveRows({}, row, row);
        m_jobs.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < int(jobs.size()); ++row) {
        const int before = rowOf(jobs[row].id);
        if (before < 0) {
            beginInsertRows({}, row, row);
            m_jobs.insert(row, jobs[row]);
            endInsertRows();
        } else if (before > row) {
            beginMoveRows({}, before, before, {}, row);
            m_jobs.move(before, row);
            endMoveRows();
        }
        m_jobs[row] = jobs[row];
    }
    if (!m_jobs.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_jobs.size()) - 1, ColumnCount - 1));
}

int JobListModel::rowOf(const QString &id) const
{
    const auto it = std::find_if(m_jobs.begin(), m_jobs.end(), [&](const RemoteJob &job) { return job.id == id; });
    return it == m_jobs.end() ? -1 : int(it - m_jobs.begin());
}

QString JobListModel::stateWords(const RemoteJob &job)
{
    switch (job.state) {
    case RemoteJob::State::Waiting:
        return job.place > 0 ? tr("number %1 in the queue").arg(QLocale().toString(job.place)) : tr("waiting");
    case RemoteJob::State::Running:
        return tr("running");
    case RemoteJob::State::Unknown:
        return tr("given; not told more");
    case RemoteJob::State::Done:
        return tr("done");
    case RemoteJob::State::Failed:
        break;
    }
    return tr("failed");
}

QString JobListModel::shown(const RemoteJob &job, int column)
{
    switch (column) {
    case State:
        return stateWords(job);
    case Assistant:
        return job.capability.isEmpty() ? tr("not given from here") : job.capability;
    case Question:
        return job.title.isEmpty() ? kNothing : job.title;
    case Waited:
        // Where nobody tells when it began, its waiting has no known end.
        return job.state == RemoteJob::State::Unknown || (job.isOver() && !job.begunAt.isValid()) ? kNothing : between(job.addedAt, job.begunAt);
    case Ran:
        return between(job.begunAt, job.endedAt);
    case Text:
        return job.text.isEmpty() ? kNothing : job.text.right(200).simplified();
    case Id:
        return shortId(job.id);
    default:
        return {};
    }
}

QString JobListModel::hint(const RemoteJob &job, int column)
{
    switch (column) {
    case State:
        return job.problem.isEmpty() ? stateWords(job) : job.problem;
    case Assistant:
        return job.capability.isEmpty() ? tr("A worker does not tell what a job of others is.") : job.capability;
    case Waited:
        return job.addedAt.isValid() ? tr("Given %1").arg(RelativeTimeLabel::exact(job.addedAt)) : tr("Not told");
    case Ran:
        return job.begunAt.isValid() ? tr("Begun %1").arg(RelativeTimeLabel::exact(job.begunAt)) : tr("Not begun, as far as is told");
    case Text:
        return job.text.isEmpty() ? tr("Nothing was heard of it here.") : job.text.right(1000);
    case Id:
        return job.id + QLatin1Char('\n') + job.server.toDisplayString();
    default:
        return shown(job, column);
    }
}

int JobListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_jobs.size());
}

int JobListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JobListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RemoteJob &job = m_jobs[index.row()];
    const int column = index.column();
    const bool number = column == Waited || column == Ran;
    switch (role) {
    case Qt::DisplayRole:
        return shown(job, column);
    case Qt::ToolTipRole:
        return toolTipText(hint(job, column));
    case Qt::AccessibleTextRole:
        return tr("%1: %2", "column of a table, value").arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), shown(job, column));
    case Qt::DecorationRole:
        if (column != State)
            return {};
        return Theme::icon(lookOf(job.state).icon, lookOf(job.state).role);
    case Qt::ForegroundRole:
        return column == Assistant && job.capability.isEmpty() ? QVariant(Theme::color(Theme::Role::Muted)) : QVariant();
    case Qt::FontRole:
        return column == Id ? QVariant(Theme::font(Theme::Type::MonoSmall)) : QVariant();
    case Qt::TextAlignmentRole:
        return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant JobListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Waited || section == Ran ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case Assistant:
        return tr("Assistant");
    case Question:
        return tr("Question");
    case Waited:
        return tr("Waited");
    case Ran:
        return tr("Ran");
    case Text:
        return tr("Text so far");
    case Id:
        return tr("Job");
    default:
        return {};
    }
}

} // namespace sluice::ui
