#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace sluice::zerog::detail {

/// How much of a JSON text is written anew.
struct GoBodyOptions {
    GoBodyOptions() = default;
    bool keepNumbers = false; ///< literals as they are, also those beyond binary64: for an answer, which is only looked at
    int maxDepth = 200;
};

/// The JSON object that `text` begins with, as Go decodes it into a map and writes it again; see forwardedBody().
[[nodiscard]] Expected<QByteArray> rewrittenAsGo(QByteArrayView text, const GoBodyOptions &options);

} // namespace sluice::zerog::detail
