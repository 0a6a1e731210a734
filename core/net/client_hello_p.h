#pragma once

#include <QtCore/QByteArrayView>

namespace sluice {

/// Which protocols a TLS client offers in the first bytes of its connection.
enum class ClientHello {
    Unfinished, ///< more bytes are needed to tell
    Http2Only,  ///< "h2" and not "http/1.1", as gRPC clients offer
    Other,      ///< anything else, also what is no TLS
};

/// Pure; OpenSSL reads them, and nothing is answered.
[[nodiscard]] ClientHello readClientHello(QByteArrayView bytes);
/// Whether a list of protocols as ALPN writes it names this one.
[[nodiscard]] bool offersProtocol(QByteArrayView list, QByteArrayView protocol);

} // namespace sluice
