#pragma once

#include <QtWidgets/QWidget>

class QPlainTextEdit;

namespace sluice::ui {

class SectionHeader;

/// What a model thought before it answered: one line that says how much it is, and all of it when unfolded. Plain text, never mixed into
/// the answer.
class ReasoningFold final : public QWidget {
    Q_OBJECT
public:
    explicit ReasoningFold(QWidget *parent);

    /// `coming` while the answer has not ended. Only what is new is laid out.
    void show(const QString &reasoning, bool coming);
    [[nodiscard]] bool isExpanded() const;
    void setExpanded(bool expanded);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void fit();

    SectionHeader *m_header;
    QPlainTextEdit *m_body;
    QString m_reasoning;
    qsizetype m_shown = 0; ///< characters that the body holds
};

} // namespace sluice::ui
