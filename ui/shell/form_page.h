#pragma once

#include "sluice/results/result_data.h"
#include "sluice/shell/workbench_page.h"

namespace sluice::ui {
class InputEditor;
}

class QPlainTextEdit;
class QStackedWidget;
class QTimer;

namespace sluice::ui {

class ResultView;

/// The workbench of a capability with a form: input at the left, answer at the right.
class FormPage final : public WorkbenchPage {
    Q_OBJECT
public:
    FormPage(Session &session, const CapabilityInfo &capability, QWidget *parent = nullptr);

    [[nodiscard]] Call call() const override;
    [[nodiscard]] QHash<QString, QString> fileNames() const override;
    [[nodiscard]] QStringList cleanedFiles() const override;
    void load(const Call &call) override;
    void showPast(const PastRun &past) override;
    void run() override;
    void focusContent() override;

    [[nodiscard]] InputEditor &input() const { return *m_input; }
    [[nodiscard]] ResultView &result() const { return *m_result; }

protected:
    void showFailure(const Error &error) override;
    void takeCapability(const CapabilityInfo &before) override;
    void showWaiting(const QString &words) override;

private:
    /// Its schema and examples into the form.
    void describeInput();
    void watchRun(RunController *run);
    void watchStream(RunController *run);
    void flushEvents();
    [[nodiscard]] ResultData streamed() const;

    InputEditor *m_input;
    QStackedWidget *m_answer;
    ResultView *m_result;
    QPlainTextEdit *m_events;
    QTimer *m_frame;
    QString m_pending;
    QByteArray m_received;
};

} // namespace sluice::ui
