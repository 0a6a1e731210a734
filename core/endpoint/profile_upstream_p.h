#pragma once

#include "call_book_p.h"
#include "sluice/endpoint/seat.h"

#include "sluice/openai/upstream.h"

namespace sluice::endpoint {

/// makeProfileUpstream() for a Gateway whose place another one may take; each call is told to `book`, which may be null.
[[nodiscard]] std::shared_ptr<openai::Upstream> makeUpstream(std::shared_ptr<Seat> seat, const QString &profile, std::shared_ptr<CallBook> book);

} // namespace sluice::endpoint
