#pragma once

#include <boost/asio/ssl/context.hpp>

#include <openssl/ssl.h>

namespace sluice {

/// AES-128 first, as go-livepeer's crypto/tls, and browsers have it; OpenSSL's own order begins with AES-256, which takes a
/// sixth longer for every segment of a channel. A server follows its own order, but not with a client that puts ChaCha20 first: that one has no AES in
/// hardware.
inline void preferQuickCiphers(boost::asio::ssl::context &context)
{
    SSL_CTX_set_ciphersuites(context.native_handle(), "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256");
    SSL_CTX_set_options(context.native_handle(), SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
}

} // namespace sluice
