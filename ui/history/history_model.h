#pragma once

#include "sluice/base/error.h"
#include "sluice/base/subscription.h"
#include "sluice/gateway/history.h"

#include <QtCore/QAbstractListModel>

namespace sluice::ui {

/// The user's runs, newest first, read page by page as the view asks for them. Never waits for the database.
///
/// A change refreshes the rows that are loaded by difference, so that selection and scroll position survive.
class HistoryModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        RecordRole = Qt::UserRole + 1, ///< RunRecord without call, result, error and trace
        IdRole,
        FactsRole, ///< "stream · 1.2 s · 8 gwei": what the second line shows
    };
    static constexpr int PageSize = 100;

    /// `history` must outlive the model.
    explicit HistoryModel(History &history, QObject *parent = nullptr);

    void setFilter(const QString &filter);
    [[nodiscard]] QString filter() const { return m_filter; }
    /// Reads the loaded part again.
    void refresh();
    /// Runs that match in all, loaded or not.
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] bool isLoading() const { return m_loading; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    /// The capability, with its backend where the name alone would mean another one's.
    [[nodiscard]] static QString nameText(const RunRecord &record);
    [[nodiscard]] static QString stateText(RunRecord::State state);
    [[nodiscard]] static QString factsText(const RunRecord &record);

Q_SIGNALS:
    void loaded();
    void failed(const sluice::Error &error);

private:
    void load(qint64 offset, qint64 limit);
    void take(qint64 offset, const History::Page &page);
    void replaceRows(const QList<RunRecord> &rows);

    History &m_history;
    QString m_filter;
    QList<RunRecord> m_rows;
    qint64 m_total = 0;
    bool m_again = false;
    int m_generation = 0; ///< of the newest reading; older answers no longer count
    Subscription m_changes;
    bool m_loading = false;
};

} // namespace sluice::ui

Q_DECLARE_METATYPE(sluice::RunRecord)
