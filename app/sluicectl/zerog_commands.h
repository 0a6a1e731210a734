#pragma once

#include <QCoro/QCoroTask>
#include <QtCore/QStringList>

/// The words of `sluicectl zerog`, one file each.
namespace sluice::ctl {

/// init, show, call
QCoro::Task<int> zerogLedger(QStringList arguments);

} // namespace sluice::ctl
