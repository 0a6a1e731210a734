#pragma once

#include "sluice/base/json.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QStringList>
#include <QtCore/QTimer>

namespace sluice::ui {

/// The records of the data channel as JSON lines, oldest first. Bounded: the oldest go. Added in batches, so that a chatty job
/// does not keep the view busy.
class LiveDataModel final : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int Capacity = 1000;
    /// Longer lines are cut.
    static constexpr qsizetype MaxCharacters = 16 * 1024;

    explicit LiveDataModel(QObject *parent = nullptr);

    void add(const Json &record);
    void clear();
    /// Records since clear(), kept or not.
    [[nodiscard]] qint64 total() const { return m_total; }
    /// Every line that is kept, each ended by a newline.
    [[nodiscard]] QString asText() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void totalChanged(qint64 total);

private:
    void flush();

    QStringList m_lines;
    QStringList m_waiting;
    qint64 m_total = 0;
    QTimer m_flush;
};

} // namespace sluice::ui
