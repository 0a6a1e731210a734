#pragma once

#include <QtCore/QObject>

class QWidget;

namespace sluice {

/// Prints, as one JSON line, how long the window took to its first paint and what the process needs once it is idle; then
/// quits. For tests/bench; counts from the start of the process, loader included.
class Measure final : public QObject {
    Q_OBJECT
public:
    explicit Measure(QWidget &window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void report();

    QWidget &m_window;
    double m_firstPaint = -1;
};

} // namespace sluice
