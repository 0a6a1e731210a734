#pragma once

#include <QtCore/QString>

namespace sluice {

/// What QWebSocket::errorString() says, in a person's words and without its final stop: of an HTTP answer that opened no websocket, and of nothing
/// said at all. Pure.
[[nodiscard]] QString websocketProblem(const QString &errorString);

} // namespace sluice
