#pragma once

#include <QtCore/QAbstractTableModel>
#include <QtCore/QDateTime>

#include <chrono>
#include <optional>

namespace sluice::ui {

/// The changes of parameters while a job ran, newest first, with how long each took to arrive. Bounded: the oldest go.
class LiveUpdatesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TimeColumn, ChangeColumn, AcknowledgedColumn, SeenColumn, ColumnCount };
    static constexpr int Capacity = 100;
    using Delay = std::chrono::duration<double, std::milli>;

    explicit LiveUpdatesModel(QObject *parent = nullptr);

    /// A change was sent; gives the number by which its further course is told.
    int begin(const QString &change);
    void acknowledge(int id, Delay after);
    void seen(int id, Delay after);
    void fail(int id, const QString &reason);
    void clear();

    /// Delays of the newest change; nothing while they are unknown.
    [[nodiscard]] std::optional<Delay> lastAcknowledged() const;
    [[nodiscard]] std::optional<Delay> lastSeen() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        int id = 0;
        QDateTime at;
        QString change;
        std::optional<Delay> acknowledged;
        std::optional<Delay> seen;
        QString failure;
    };
    /// Lets `change` edit the row of that number, if it is still there.
    template <typename Change> void edit(int id, Change change);
    [[nodiscard]] QString cell(const Row &row, int column) const;

    QList<Row> m_rows;
    int m_lastId = 0;
};

} // namespace sluice::ui
