#pragma once

#include "sluice/base/json.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QString>

class QWidget;

namespace sluice {

/// What a tour saw: a picture per step and report.json, which says of each step whether it held and how long it took.
class TourReport {
public:
    explicit TourReport(QString folder);
    /// Creates the folder; false with a message on standard error when it cannot.
    [[nodiscard]] bool open();
    /// Grabs `widget` as the next numbered picture and records the step. `problem` is empty when the step held.
    void record(const QString &name, QWidget &widget, const QString &problem);
    /// Writes report.json; true when every step held.
    [[nodiscard]] bool finish();

private:
    QString m_folder;
    QElapsedTimer m_timer;
    qint64 m_last = 0;
    int m_number = 0;
    int m_failed = 0;
    Json m_steps = Json::array();
};

} // namespace sluice
