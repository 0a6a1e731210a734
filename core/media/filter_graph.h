#pragma once

#include "sluice/base/expected.h"
#include "sluice/media/frame.h"

#include <memory>
#include <optional>

namespace sluice::media {

/// A libavfilter graph: a frame in, a frame out, changed while it runs. For one thread.
///
/// The description is FFmpeg's ("hue=s=0,gblur@soft=sigma=3"), with one input and one output; an instance named after "@" can be
/// addressed by sendCommand(). It is program text: filters can open files, so never build one from untrusted text.
class FilterGraph final {
public:
    /// Checks the description by building it for a small picture; InvalidInput with FFmpeg's reason otherwise. Empty: frames pass.
    [[nodiscard]] static Expected<std::unique_ptr<FilterGraph>> create(const QString &description);
    ~FilterGraph();
    FilterGraph(const FilterGraph &) = delete;
    FilterGraph &operator=(const FilterGraph &) = delete;

    /// The filtered frame with the times of the one that went in; nothing when the graph keeps it for now (it needs neighbours) or
    /// drops it. A frame of another size rebuilds the graph.
    [[nodiscard]] Expected<std::optional<Frame>> filter(const Frame &frame);
    /// Changes a parameter between two frames: sendCommand("hue", "h", "90"). `target` is an instance or a filter name.
    /// InvalidInput when no filter takes the command.
    [[nodiscard]] Expected<void> sendCommand(const QString &target, const QString &command, const QString &argument);
    /// Another graph from the next frame on; on an error the old one stays.
    [[nodiscard]] Expected<void> setDescription(const QString &description);
    [[nodiscard]] QString description() const;

private:
    class Private;
    explicit FilterGraph(std::unique_ptr<Private> parts);
    std::unique_ptr<Private> d;
};

} // namespace sluice::media
