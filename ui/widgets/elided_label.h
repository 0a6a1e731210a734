#pragma once

#include <QtWidgets/QWidget>

namespace sluice::ui {

/// One line that is shortened (in the middle by default) when there is too little room: ids, addresses, URLs.
/// The whole text is in the tooltip and the accessible name; a click, Enter or Space copies it when setCopyable() is on.
class ElidedLabel final : public QWidget {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    explicit ElidedLabel(const QString &text, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    /// What is painted at the present width.
    [[nodiscard]] QString shownText() const;
    void setElideMode(Qt::TextElideMode mode);
    /// On by default.
    void setCopyable(bool copyable);
    /// Monospaced, for ids. Off by default.
    void setMonospaced(bool mono);
    void setMuted(bool muted);
    /// What the text is, for people who cannot see it ("Recipient").
    void setSubject(const QString &subject);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void copied(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void copy();
    void describe();

    QString m_text;
    QString m_subject;
    Qt::TextElideMode m_mode = Qt::ElideMiddle;
    bool m_copyable = true;
    bool m_mono = false;
    bool m_muted = false;
};

} // namespace sluice::ui
