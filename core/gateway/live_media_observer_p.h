#pragma once

#include "sluice/backend/live_channel.h"
#include "sluice/base/error.h"

#include <optional>

namespace sluice {

/// What LiveInlet and LiveOutlet report. Called on any thread.
class LiveMediaObserver {
public:
    /// A problem that does not end the job, as a sentence.
    virtual void mediaWarning(const QString &sentence) = 0;
    /// The channel is at its end; with an error when it did not end by itself.
    virtual void mediaEnded(LiveChannel channel, const std::optional<Error> &error) = 0;
    /// The source, or its encoder.
    virtual void mediaSourceFailed(const Error &error) = 0;
    virtual void mediaSourceEnded() = 0;
    /// Nothing is decoded any more.
    virtual void mediaUndecodable(const Error &error) = 0;
    /// Why no picture has come, though bytes have; one may still come. Or, Storage, why the output is not recorded.
    virtual void mediaWithoutPicture(const Error &error) = 0;

protected:
    ~LiveMediaObserver() = default;
};

} // namespace sluice
