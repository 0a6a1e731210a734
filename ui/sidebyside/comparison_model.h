#pragma once

#include <QtCore/QAbstractTableModel>
#include <QtCore/QList>
#include <QtCore/QString>

#include <chrono>
#include <optional>

namespace sluice::ui {

/// What one of the answers that stand beside each other took and cost. What was not measured or told is absent.
struct ComparedAnswer {
    enum class State { None, Running, Complete, Stopped, Failed };

    QString name; ///< of the capability, as people tell it from others
    State state = State::None;
    std::optional<std::chrono::milliseconds> firstWords; ///< from sending
    std::optional<std::chrono::milliseconds> whole;      ///< from sending to the end
    std::optional<qint64> tokensPer10Seconds;            ///< so that one decimal can be shown
    std::optional<qint64> tokens;
    bool tokensCounted = false;      ///< by the server; else each piece of the stream is taken for one
    std::optional<QString> paidWei;  ///< decimal; what left the purse for it, credit for later included
    std::optional<QString> chargedWei; ///< decimal; what was taken for it, by the other side's own words
    bool operator==(const ComparedAnswer &) const = default;
};

/// The answers to one question beside each other: a row for each, a column for each measure.
///
/// Among answers that are complete the best of a measure is marked, unless all are alike. Amounts are compared as integers.
class ComparisonModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, FirstWords, Whole, Speed, Tokens, Paid, Charged, ColumnCount };
    enum Role {
        ShareRole = Qt::UserRole + 1, ///< int, thousandths of the largest value of the column; invalid where it is unknown
        BestRole,                     ///< bool
        StateRole,                    ///< ComparedAnswer::State as int
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setAnswers(const QList<ComparedAnswer> &answers);
    [[nodiscard]] const QList<ComparedAnswer> &answers() const { return m_answers; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// "Fastest: A. Least charged: B.", as far as there is something to say.
    [[nodiscard]] QString summary() const;

private:
    [[nodiscard]] QString shown(int row, Column column) const;
    [[nodiscard]] QString explanation(int row, Column column) const;

    QList<ComparedAnswer> m_answers;
};

} // namespace sluice::ui
