#pragma once

#include <QtWidgets/QWidget>

namespace sluice::ui {

/// Muted running text that takes at most some lines. What does not fit is a click, Enter or Space away, and in the tooltip.
class ClampedText final : public QWidget {
    Q_OBJECT
public:
    explicit ClampedText(int lines, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    /// How many lines show while it is folded; at least one.
    void setLines(int lines);
    /// Shows all of it, or no longer.
    void setExpanded(bool expanded);
    [[nodiscard]] bool isExpanded() const { return m_expanded; }
    /// True when there is more than the lines show at the present width.
    [[nodiscard]] bool isCut() const;

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Broken {
        QStringList lines; ///< the last one ends in an ellipsis when there is more
        bool more = false;
    };
    /// The text in the lines that `width` gives.
    [[nodiscard]] Broken broken(int width) const;
    void showWhetherCut();

    QString m_text;
    int m_lines;
    bool m_expanded = false;
};

} // namespace sluice::ui
