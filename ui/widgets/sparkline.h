#pragma once

#include "sluice/widgets/theme.h"

#include <QtCore/QList>
#include <QtWidgets/QWidget>

namespace sluice::ui {

/// The last values of one measure as a small line, newest at the right; the newest is written beside it by the caller.
class Sparkline final : public QWidget {
    Q_OBJECT
public:
    explicit Sparkline(QWidget *parent = nullptr);

    /// What is drawn, for the accessible name ("Tokens per second").
    void setSubject(const QString &subject);
    void setRole(Theme::Role role);
    /// The newest 60 are kept.
    void append(double value);
    void clear();
    [[nodiscard]] const QList<double> &values() const { return m_values; }

    [[nodiscard]] QSize sizeHint() const override { return {96, 24}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {48, 16}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    QList<double> m_values;
    QString m_subject;
    Theme::Role m_role = Theme::Role::Accent;
};

} // namespace sluice::ui
