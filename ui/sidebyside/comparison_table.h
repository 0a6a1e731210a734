#pragma once

#include <QtWidgets/QTableView>

namespace sluice::ui {

class ComparisonModel;

/// The comparison as a small table: a bar behind each value, a star at the best one. As high as its rows.
class ComparisonTable final : public QTableView {
    Q_OBJECT
public:
    /// `model` must outlive the table.
    explicit ComparisonTable(ComparisonModel &model, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// The measures are as wide as their values; the names have what is left.
    void fit();

    ComparisonModel &m_model;
};

} // namespace sluice::ui
