#pragma once

#include <QtWidgets/QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace sluice::ui {

class ElidedLabel;

/// A quiet heading over a section, with room for controls at its end. With a body set it folds that body.
class SectionHeader final : public QWidget {
    Q_OBJECT
public:
    explicit SectionHeader(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    [[nodiscard]] QString title() const;
    /// A short muted remark after the title, e.g. a count.
    void setRemark(const QString &remark);
    /// Adds a control right after the title and its remark; takes ownership.
    void addLeading(QWidget *widget);
    /// Adds a control at the far end; takes ownership.
    void addTrailing(QWidget *widget);
    /// Makes the header fold `body` (not owned, must outlive this header).
    void setBody(QWidget *body, bool expanded = true);
    [[nodiscard]] bool isExpanded() const;
    void setExpanded(bool expanded);

private:
    void restyle();

    QHBoxLayout *m_layout;
    QToolButton *m_fold;
    QLabel *m_title;
    ElidedLabel *m_remark;
    QWidget *m_body = nullptr;
};

} // namespace sluice::ui
