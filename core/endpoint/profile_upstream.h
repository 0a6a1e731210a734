#pragma once

#include <QtCore/QString>

#include <memory>

namespace sluice {

class Gateway;
namespace endpoint {
struct Seat;
}
namespace openai {
class Upstream;
}

/// A Gateway's capabilities as what stands behind an openai::Server: the model of a request names the capability, each call is one of the
/// Gateway's, paid within the limits of its profile and kept in history.
///
/// A chat goes to the capability of that name, or to an AI gateway's `llm` with that model where the profile has one; pictures and sound
/// to the AI gateway's pipelines. Call on the Gateway's thread, whose event loop must run while the server does; the server is stopped
/// before the Gateway goes.
[[nodiscard]] std::shared_ptr<openai::Upstream> makeProfileUpstream(Gateway &gateway, const QString &profile);
/// The same for the Gateway that sits there at the time of a call.
[[nodiscard]] std::shared_ptr<openai::Upstream> makeProfileUpstream(std::shared_ptr<endpoint::Seat> seat, const QString &profile);

} // namespace sluice
