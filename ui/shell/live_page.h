#pragma once

#include "sluice/shell/workbench_page.h"

namespace sluice::ui {

class LivePane;

/// The workbench of a capability that runs on what flows: video, or lines.
class LivePage final : public WorkbenchPage {
    Q_OBJECT
public:
    LivePage(Session &session, const CapabilityInfo &capability, QWidget *parent = nullptr);
    /// Ends the job, whose cost would not be seen any more.
    ~LivePage() override;

    [[nodiscard]] Call call() const override;
    [[nodiscard]] QHash<QString, QString> fileNames() const override;
    [[nodiscard]] QStringList cleanedFiles() const override;
    void load(const Call &call) override;
    void showPast(const PastRun &past) override;
    void run() override;

    [[nodiscard]] LivePane &live() const { return *m_live; }

protected:
    void showFailure(const Error &error) override;

private:
    void open();

    LivePane *m_live;
};

} // namespace sluice::ui
