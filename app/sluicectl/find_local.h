#pragma once

#include <QCoro/QCoroTask>

namespace sluice::ctl {

/// Looks for servers of language models on this machine, and prints what answers and how each becomes a profile.
QCoro::Task<int> findLocal(bool json);

} // namespace sluice::ctl
