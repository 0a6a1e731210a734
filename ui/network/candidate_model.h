#pragma once

#include "sluice/backend/candidates.h"

#include <QtCore/QAbstractTableModel>

namespace sluice::ui {

/// The servers that may take a capability's calls, as they were last told: what each asks and how it did, and why it is asked or not. A server
/// keeps its row while the report says the same ones, so that a selection stays at it.
class CandidateModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Place, Server, Price, Latency, Slots, Success, Why, ColumnCount };
    /// What a column is sorted by.
    static constexpr int SortRole = Qt::UserRole;

    explicit CandidateModel(QObject *parent = nullptr);

    void setReport(const CandidateReport &report);
    [[nodiscard]] const Candidate &candidate(int row) const { return m_report.candidates[row]; }
    /// -1 for one that is not there.
    [[nodiscard]] int rowOf(const QUrl &server) const;
    /// "asked first", "excluded by you".
    [[nodiscard]] static QString standingWords(const Candidate &candidate);
    /// Why it is asked where it is, or is not, in a sentence.
    [[nodiscard]] QString why(const Candidate &candidate) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString shown(const Candidate &candidate, int column) const;
    [[nodiscard]] QString hint(const Candidate &candidate, int column) const;
    [[nodiscard]] QVariant sortKey(const Candidate &candidate, int column) const;

    CandidateReport m_report;
};

} // namespace sluice::ui
