#pragma once

#include "sluice/base/expected.h"
#include "sluice/gateway/gateway_config.h"

#include <QtCore/QUrl>

#include <memory>

namespace sluice {

class Gateway;

/// An LLM worker in this program, over the capabilities of the profile that its own Gateway reaches: templates all of whose streams have the
/// provider `local` run here instead of at the profile's worker. Their calls are made, paid within the profile's limits and kept in the history
/// like any other.
///
/// On loopback, with a key that only this program has. On the Gateway's thread, whose event loop must run.
class ProfileWorker final {
public:
    ProfileWorker();
    /// Stops.
    ~ProfileWorker();
    ProfileWorker(const ProfileWorker &) = delete;
    ProfileWorker &operator=(const ProfileWorker &) = delete;

    /// Whether a configuration has templates for it.
    [[nodiscard]] static bool isWanted(const GatewayConfig &config);
    /// Where it is wanted, begins to listen, and puts where it is into the configuration. Network when that cannot be.
    [[nodiscard]] Expected<void> start(GatewayConfig &config);
    /// The Gateway that was made of that configuration. It must outlive this one, or be taken away with null.
    void setGateway(Gateway *gateway);
    /// Ends what runs. Harmless twice.
    void stop();
    [[nodiscard]] bool isRunning() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
