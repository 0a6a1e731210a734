#pragma once

#include "sluice/backend/remote_jobs.h"

#include <QtCore/QAbstractTableModel>

namespace sluice::ui {

/// The jobs of a connection's workers, as they were last told. Rows keep their places in a selection while jobs come, move up and go.
class JobListModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { State, Assistant, Question, Waited, Ran, Text, Id, ColumnCount };

    explicit JobListModel(QObject *parent = nullptr);

    void setJobs(const QList<RemoteJob> &jobs);
    [[nodiscard]] const RemoteJob &job(int row) const { return m_jobs[row]; }
    /// -1 for one that is not there.
    [[nodiscard]] int rowOf(const QString &id) const;
    /// "number 3 in the queue", "running".
    [[nodiscard]] static QString stateWords(const RemoteJob &job);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] static QString shown(const RemoteJob &job, int column);
    [[nodiscard]] static QString hint(const RemoteJob &job, int column);

    QList<RemoteJob> m_jobs;
};

} // namespace sluice::ui
