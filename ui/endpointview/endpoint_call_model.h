#pragma once

#include "sluice/endpoint/endpoint_call.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QSet>
#include <QtCore/QTimer>

namespace sluice {
class LocalEndpoint;
}

namespace sluice::ui {

/// The requests that came through the local endpoint, newest first. What changes often is shown a few times a second.
class EndpointCallModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Request, Model, State, Duration, Tokens, Cost, Client, Status, ColumnCount };

    /// `endpoint` must outlive the model.
    explicit EndpointCallModel(LocalEndpoint &endpoint, QObject *parent = nullptr);

    [[nodiscard]] const EndpointCall &call(int row) const { return m_calls[row]; }
    /// -1 for one that is not there.
    [[nodiscard]] int rowOf(const QString &id) const;
    /// "streaming, 34 pieces", "refused".
    [[nodiscard]] static QString stateWords(const EndpointCall &call);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void begin(const QString &id);
    void forget(const QString &id);
    void update();
    [[nodiscard]] QString shown(const EndpointCall &call, int column) const;
    [[nodiscard]] QString hint(const EndpointCall &call, int column) const;

    LocalEndpoint &m_endpoint;
    QList<EndpointCall> m_calls;
    QSet<QString> m_changed;
    QTimer m_soon;    ///< until what changed is shown
    QTimer m_passing; ///< while something runs, its time goes on
};

} // namespace sluice::ui
