#pragma once

#include <QCoro/QCoroTask>
#include <QtCore/QStringList>

/// The words of `sluicectl zerog`, one file each.
namespace sluice::ctl {

/// init, show, call
QCoro::Task<int> zerogLedger(QStringList arguments);

/// 0G's network of today, read from its contracts
QCoro::Task<int> zerogNetwork(QStringList arguments);

/// The provider agent, until Ctrl-C
QCoro::Task<int> zerogProvider(QStringList arguments);

/// The user agent, until Ctrl-C
QCoro::Task<int> zerogUser(QStringList arguments);

} // namespace sluice::ctl
