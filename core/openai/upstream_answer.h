#pragma once

#include <QtCore/QByteArray>

namespace sluice::openai {

/// An upstream's whole answer, as far as it matters here. A value.
struct UpstreamAnswer {
    UpstreamAnswer() = default; // no aggregate: see DESIGN.md 3
    int status = 200;
    QByteArray contentType;
    QByteArray retryAfter; ///< the header of that name
    QByteArray body;
};

} // namespace sluice::openai
