#pragma once

#include <QtCore/QString>

#include <memory>

namespace sluice {

class Gateway;
namespace endpoint {
struct Seat;
}
namespace llmworker {
class Provider;
}

/// The LLM worker's provider `local`: a profile's capabilities, whose name is what a template's settings call the model. Calls are made and
/// paid as any other of this profile, within its limits. Chats get the messages and what else the settings have; a capability of another kind
/// gets the last message in its first required text. Made on the Gateway's thread and outlived by it; used on the I/O thread.
[[nodiscard]] std::shared_ptr<llmworker::Provider> makeProfileProvider(Gateway &gateway, const QString &profile);
/// The same for the Gateway that sits there at the time of a call.
[[nodiscard]] std::shared_ptr<llmworker::Provider> makeProfileProvider(std::shared_ptr<endpoint::Seat> seat, const QString &profile);

} // namespace sluice
