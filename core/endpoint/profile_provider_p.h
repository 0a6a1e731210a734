#pragma once

#include "sluice/endpoint/seat.h"

#include <memory>

namespace sluice::llmworker {
class Provider;
}

namespace sluice::endpoint {

/// makeProfileProvider() for a Gateway that may come later. With `refusesTemplates` it asks no templates of workers: in a worker over its own
/// profile, one that asks another, or itself, would wait for the queue that it stands in.
[[nodiscard]] std::shared_ptr<llmworker::Provider> makeProvider(std::shared_ptr<Seat> seat, const QString &profile, bool refusesTemplates);

} // namespace sluice::endpoint
