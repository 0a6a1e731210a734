#pragma once

#include "sluice/programs/program_run.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPlainTextEdit;
class QTimer;
class QToolButton;

namespace sluice::ui {

class ElidedLabel;

/// What the playground itself got for the call in front.
struct OwnAnswer {
    QByteArray content;
    bool isText = false; ///< it can be shown
    bool isThere = false;
};

/// The code as a process: its output as it comes, how it ended, and the playground's own answer beside it. Never more than one process.
class RunPane final : public QWidget {
    Q_OBJECT
public:
    explicit RunPane(QWidget *parent = nullptr);
    /// Ends what runs.
    ~RunPane() override;

    /// Ends what ran before.
    void run(const programs::Interpreter &interpreter, const programs::Code &code);
    void stop();
    [[nodiscard]] bool isRunning() const;
    /// The last one; null before one.
    [[nodiscard]] const programs::ProgramRun *current() const { return m_run.get(); }
    void setOwnAnswer(const OwnAnswer &answer);
    /// Whether the two belong to the same call.
    void setComparable(bool comparable);
    /// As it is shown.
    [[nodiscard]] QString shownOutput() const;
    [[nodiscard]] QString shownAnswer() const;
    [[nodiscard]] QString status() const;

Q_SIGNALS:
    void runningChanged(bool running);
    void closeRequested();

private:
    void showOutput();
    void showStatus();
    [[nodiscard]] QString ending() const;
    /// Empty where the two cannot be compared.
    [[nodiscard]] QString comparison() const;

    std::unique_ptr<programs::ProgramRun> m_run;
    OwnAnswer m_answer;
    bool m_comparable = true;
    QString m_program;
    ElidedLabel *m_status;
    QToolButton *m_stop;
    QToolButton *m_close;
    QPlainTextEdit *m_output;
    QPlainTextEdit *m_own;
    QTimer *m_clock;
};

} // namespace sluice::ui
