#pragma once

#include <QtCore/QList>
#include <QtWidgets/QSplitter>

namespace sluice::ui {

/// Three places side by side. On a large window the sides grow a little with it, unless somebody dragged them. Where there is little room the middle keeps what its content needs: the sides give way as far as
/// they can, and then fold, the last one first. With room again they are as wide as the user made them.
class PlacesSplitter final : public QSplitter {
    Q_OBJECT
public:
    explicit PlacesSplitter(QWidget *parent = nullptr);

    /// How wide the sides are where there is room: {first, last}, in pixels. As they were dragged, not as they had to be.
    [[nodiscard]] QList<int> sides() const { return {m_first, m_last}; }
    void setSides(int first, int last);

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    static constexpr int kFirst = 256;
    static constexpr int kLast = 320;
    int m_first = kFirst;
    int m_last = kLast;
    bool m_fitting = false;
};

} // namespace sluice::ui
