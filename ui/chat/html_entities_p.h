#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

namespace sluice::ui {

/// What a named character reference of HTML stands for ("eacute" without its signs); empty for a name that is none.
[[nodiscard]] QString htmlEntity(QByteArrayView name);

} // namespace sluice::ui
