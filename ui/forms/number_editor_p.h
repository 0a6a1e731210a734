#pragma once

#include "sluice/forms/decimal_p.h"
#include "sluice/forms/field_editor_p.h"

#include <QtWidgets/QAbstractSpinBox>

class QSlider;

namespace sluice::ui {

/// A spin box over text: what was typed stays what it is ("1.0", "1e5"), steps are exact decimals.
class NumberSpin final : public QAbstractSpinBox {
    Q_OBJECT
public:
    explicit NumberSpin(QWidget *parent);

    void setRange(std::optional<Decimal> minimum, std::optional<Decimal> maximum);
    void setStep(const Decimal &step) { m_step = step; }
    /// Without userEdited().
    void showText(const QString &text);
    void setPlaceholder(const QString &text);

    void stepBy(int steps) override;
    QValidator::State validate(QString &input, int &pos) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void userEdited(const QString &text);

protected:
    StepEnabled stepEnabled() const override;

private:
    std::optional<Decimal> m_minimum;
    std::optional<Decimal> m_maximum;
    Decimal m_step{1, 0};
};

/// An integer or a number; with both bounds known also a slider.
class NumberEditor final : public FieldEditor {
    Q_OBJECT
public:
    NumberEditor(const FieldSpec &spec, QWidget *parent);
    QWidget *control() override;
    void collectIssues(const QString &pointer, QList<FieldIssue> &issues) const override;

protected:
    bool accepts(const std::optional<Json> &value) const override;
    void display(const std::optional<Json> &value) override;

private:
    void makeSlider();
    void moveSlider();
    void take(const QString &text);

    NumberSpin *m_spin;
    QSlider *m_slider = nullptr;
    std::optional<Decimal> m_low; ///< the lowest and highest value that a step reaches
    std::optional<Decimal> m_high;
    Decimal m_step{1, 0};
    qint64 m_steps = 0;
    QString m_problem;
};

} // namespace sluice::ui
