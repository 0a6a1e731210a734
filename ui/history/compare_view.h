#pragma once

#include "sluice/gateway/history.h"

#include <QtWidgets/QWidget>

#include <array>

class QGridLayout;
class QLabel;
class QPlainTextEdit;
class QTabBar;

namespace sluice::ui {

/// Two runs side by side: what is known of them, their inputs and their answers, with the lines that differ marked by
/// colour and by a sign in front.
class CompareView final : public QWidget {
    Q_OBJECT
public:
    explicit CompareView(QWidget *parent = nullptr);

    /// Complete records, as History::byId() gives them; the older one belongs on the left.
    void showRuns(const RunRecord &left, const RunRecord &right);
    /// What the two sides show now, for copying and for tests.
    [[nodiscard]] QString shownText(int side) const;
    [[nodiscard]] int differences() const { return m_differences; }
    void setSection(int index);

    /// The call's input as indented JSON.
    [[nodiscard]] static QString inputText(const RunRecord &record);
    /// The answer as indented JSON or text, or what it is when it is neither.
    [[nodiscard]] static QString resultText(const RunRecord &record);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showSection();
    void showFacts();

    std::array<RunRecord, 2> m_runs;
    std::array<QPlainTextEdit *, 2> m_texts{};
    std::array<QGridLayout *, 2> m_facts{};
    QTabBar *m_tabs;
    QLabel *m_summary;
    int m_differences = 0;
};

} // namespace sluice::ui
