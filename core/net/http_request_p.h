#pragma once

#include "sluice/net/headers.h"

#include <QtCore/QUrl>

namespace sluice {

/// What every HTTP/1.1 client here writes, whatever its socket; pure.
namespace http_request {

/// InvalidInput when there is no http(s) address, no method, or a header field that must not be sent.
[[nodiscard]] Expected<void> check(const QByteArray &method, const QUrl &url, const Headers &fields);
/// Content-Length of a body of so many bytes, where the method needs it.
[[nodiscard]] Headers length(const QByteArray &method, qsizetype bodyBytes);
/// All up to the body: request line, Host, `ours`, then those of `fields` that neither `ours` nor the framing (Host, Content-Length,
/// Transfer-Encoding) decides. What is given must have passed check().
[[nodiscard]] QByteArray head(const QByteArray &method, const QUrl &url, const Headers &ours, const Headers &fields);

/// The same with a target as it is, `/path?query` in its own percent-encoding.
[[nodiscard]] QByteArray headFor(const QByteArray &method, const QUrl &server, const QByteArray &target, const Headers &ours, const Headers &fields);
/// Whether those bytes may stand in a request line.
[[nodiscard]] bool isTarget(const QByteArray &target);

} // namespace http_request
} // namespace sluice
