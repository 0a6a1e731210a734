#pragma once

#include "tour_report.h"

#include <QCoro/QCoroTask>
#include <QtCore/QString>

#include <functional>

class QWidget;

namespace sluice {
class Error;
}

namespace sluice::ui {
class MainWindow;
class Session;
class WorkbenchPage;
}

namespace sluice {

/// Drives the real window as a person would: picks, fills, runs, streams, inspects, exports; a picture per step.
class Tour {
public:
    Tour(ui::MainWindow &window, ui::Session &session, QString folder);
    /// Runs the application until the tour is over; its exit code: 0 when every step held.
    int exec();

private:
    QCoro::Task<void> drive();
    QCoro::Task<void> connectStep();
    QCoro::Task<void> textSteps();
    QCoro::Task<void> imageSteps();
    QCoro::Task<void> chatSteps();
    QCoro::Task<void> sideBySideSteps();
    QCoro::Task<void> liveSteps();
    QCoro::Task<void> sessionSteps();
    QCoro::Task<void> favouriteSteps();
    QCoro::Task<void> codeSteps();
    QCoro::Task<void> runHereSteps();
    QCoro::Task<void> historySteps();
    QCoro::Task<void> compareStep();
    QCoro::Task<void> endpointSteps();
    QCoro::Task<void> jobSteps();
    QCoro::Task<void> networkSteps();
    QCoro::Task<void> accountSteps();
    QCoro::Task<void> storageSteps();
    QCoro::Task<void> assistantSteps();
    QCoro::Task<void> dialogSteps();
    QCoro::Task<void> signInSteps();
    QCoro::Task<void> lookSteps();
    QCoro::Task<void> smallSteps();
    QCoro::Task<void> wideSteps();

    /// Waits until what is seen has come to rest.
    QCoro::Task<void> settled();
    /// Waits until `condition` holds, at most `limit`; records the step with what stood in the way.
    QCoro::Task<bool> step(QString name, std::function<bool()> condition, QWidget *shown = nullptr,
        std::chrono::milliseconds limit = std::chrono::seconds(30));
    /// Clicks on the capability in the picker's list.
    [[nodiscard]] bool pick(const QString &capability);
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    [[nodiscard]] QString whyNot() const;

    ui::MainWindow &m_window;
    ui::Session &m_session;
    TourReport m_report;
    QString m_lastError;
};

} // namespace sluice
