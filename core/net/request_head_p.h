#pragma once

#include "sluice/net/headers.h"

#include <QtCore/QUrl>

namespace sluice {

/// An HTTP/1.1 request up to its body: request line, Host, `ours`, then those of `fields` that neither `ours` nor the framing
/// (Host, Content-Length, Transfer-Encoding) decides. What is given must have passed headers::check().
[[nodiscard]] QByteArray requestHead(const QByteArray &method, const QUrl &url, const Headers &ours, const Headers &fields);

} // namespace sluice
