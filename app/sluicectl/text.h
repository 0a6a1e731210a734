#pragma once

#include <QtCore/QCoreApplication>

namespace sluice::ctl {

/// The translation context of this program: `Text::tr("…")`.
class Text {
    Q_DECLARE_TR_FUNCTIONS(sluicectl)
};

} // namespace sluice::ctl
