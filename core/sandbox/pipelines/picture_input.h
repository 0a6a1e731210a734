#pragma once

#include "sluice/aigateway/pipeline_work.h"
#include "sluice/sandbox/capabilities/picture.h"

namespace sluice::sandbox {

/// The picture of a request. Throws InvalidInput and TooLarge in words for the client.
[[nodiscard]] Picture pictureIn(const aigateway::PipelineInput &input);

/// The seed that was asked for, else a random one.
[[nodiscard]] qint64 seedIn(const aigateway::PipelineInput &input);

/// A picture as the file of an answer.
[[nodiscard]] aigateway::PipelineOutput::File pngFile(const Picture &picture, qint64 seed);

} // namespace sluice::sandbox
