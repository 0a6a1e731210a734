#pragma once

#include "sluice/media/latency_meter.h"

#include <QtCore/QAbstractTableModel>

namespace sluice::ui {

/// Where the milliseconds go: one row per stage that pictures passed, and the whole way at the end.
class LiveStagesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { StageColumn, P50Column, P95Column, CountColumn, ColumnCount };

    explicit LiveStagesModel(QObject *parent = nullptr);

    void setSnapshot(const media::LatencySnapshot &snapshot);
    void clear();
    /// "Encode", "Network and capability": what happens between the two.
    [[nodiscard]] static QString spanText(media::Stage from, media::Stage to);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        media::LatencySpan span;
        bool whole = false;
    };

    QList<Row> m_rows;
};

} // namespace sluice::ui
