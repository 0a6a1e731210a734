#pragma once

#include <QtCore/QLoggingCategory>

namespace sluice {

Q_DECLARE_LOGGING_CATEGORY(logLv2v)

} // namespace sluice
