#pragma once

#include "sluice/aigateway/pipeline_work.h"
#include "sluice/runner/capability.h"

#include <memory>
#include <vector>

/// The work behind the sandbox's AI gateway: what Debian's packages can do with a picture, a sound or a text. None of it is a model, and each
/// says what it is.
namespace sluice::sandbox {

/// A piece of work, or what it lacks on this machine.
struct FoundWork {
    std::unique_ptr<aigateway::PipelineWork> work; ///< null when something is missing
    QString pipeline;
    QString missing; ///< what is, and the Debian package that has it
};

/// Every pipeline but `/llm`.
[[nodiscard]] std::vector<FoundWork> sandboxPipelines();

[[nodiscard]] FoundWork textToImage();  ///< the prompt, set in type on a generated picture
[[nodiscard]] FoundWork imageToImage(); ///< FFmpeg's filters, by words in the prompt
[[nodiscard]] FoundWork upscale();      ///< FFmpeg's scaler
[[nodiscard]] FoundWork imageToVideo(); ///< a move over the picture, as H.264
[[nodiscard]] FoundWork segmentation(); ///< OpenCV's GrabCut
[[nodiscard]] FoundWork imageToText();  ///< Tesseract
[[nodiscard]] FoundWork audioToText();  ///< PocketSphinx
[[nodiscard]] FoundWork textToSpeech(); ///< eSpeak NG

/// A small picture for examples, as a data URI.
[[nodiscard]] QString exampleLandscape();

/// `/llm`: one of the sandbox's chat capabilities, as a model of that name; without one it is called after the capability.
[[nodiscard]] std::unique_ptr<aigateway::ChatWork> chatOver(std::unique_ptr<StreamCapability> capability, const QString &model = {});

} // namespace sluice::sandbox
