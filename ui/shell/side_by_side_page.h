#pragma once

#include "sluice/shell/workbench_page.h"

namespace sluice::ui {

class ConversationColumn;
class SideBySideView;

/// The tab in which several capabilities answer the same question. What the window shows beside it (code, payments, balance) is of the
/// column in front.
class SideBySidePage final : public WorkbenchPage {
    Q_OBJECT
public:
    /// With the capabilities that were compared last.
    explicit SideBySidePage(Session &session, QWidget *parent = nullptr);

    [[nodiscard]] bool isOfOneCapability() const override { return false; }
    [[nodiscard]] Call call() const override;
    /// Takes over the instructions and the last question.
    void load(const Call &call) override;
    void showPast(const PastRun &past) override;
    void run() override;
    void stop() override;
    [[nodiscard]] bool isRunning() const override;
    [[nodiscard]] RunController *currentRun() const override;

    /// This capability first, beside another one than it; the keyboard goes to the choice of the other.
    void compareWith(const CapabilityId &first);
    [[nodiscard]] SideBySideView &view() const { return *m_view; }

Q_SIGNALS:
    /// Another column is in front, or it shows another run or capability.
    void frontChanged();
    /// The code of the column in front shall be copied.
    void codeRequested();
    /// This conversation shall go on in a tab of its own; `asked` is what was asked last in it.
    void tabRequested(const sluice::Call &asked, const sluice::Call &conversation);

protected:
    void showFailure(const Error &error) override;

private:
    void remember() const;

    SideBySideView *m_view;
};

} // namespace sluice::ui
