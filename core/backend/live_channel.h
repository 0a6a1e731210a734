#pragma once

#include <QtCore/QMetaType>

namespace sluice {

/// A channel that a live job may have.
enum class LiveChannel { Publish, Subscribe, Control, Events, Data };

} // namespace sluice

Q_DECLARE_METATYPE(sluice::LiveChannel)
