#pragma once

#include "sluice/snippets/snippet.h"

namespace sluice::detail {

/// Where an app is called below its address, percent-encoded, with its query and without a leading slash; empty for its root.
[[nodiscard]] QString appPath(const SnippetContext &context);
/// Why no language has code for a call of this app; empty when some can.
[[nodiscard]] QString whyNoAppCode(const SnippetContext &context);

} // namespace sluice::detail
