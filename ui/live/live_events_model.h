#pragma once

#include "sluice/base/json.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QDateTime>

namespace sluice::ui {

/// What happened to a live job, oldest first: its states, its events, warnings, failures. Bounded: the oldest go.
class LiveEventsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Kind { State, Event, Warning, Failure };
    Q_ENUM(Kind)
    enum Column { TimeColumn, KindColumn, TextColumn, ColumnCount };
    static constexpr int Capacity = 500;

    explicit LiveEventsModel(QObject *parent = nullptr);

    /// The same words again only count up the last row: heartbeats would push out everything else.
    void add(Kind kind, const QString &text, const QString &details = {});
    /// One record of the events channel: its `type`, and the rest of it.
    void addEvent(const Json &event);
    void clear();
    /// "12:00:01.250  warning  text", one line a row.
    [[nodiscard]] QString asText() const;
    [[nodiscard]] static QString kindText(Kind kind);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QDateTime at;
        Kind kind = Kind::Event;
        QString text;
        QString details;
        int count = 1;
    };

    QList<Row> m_rows;
};

} // namespace sluice::ui
