#include "sluice/net/client_hello_p.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <memory>

namespace sluice {

namespace {

/// Longer than any client's first message.
constexpr qsizetype MaxHello = 16 * 1024;

struct Seen {
    bool complete = false;
    ClientHello hello = ClientHello::Other;
};

int look(SSL *ssl, int *, void *)
{
    auto &seen = *static_cast<Seen *>(SSL_get_app_data(ssl));
    seen.complete = true;
    const unsigned char *data = nullptr;
    std::size_t size = 0;
    if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_application_layer_protocol_negotiation, &data, &size) == 1 && size >= 2) {
        // Two bytes of length, then the list as everybody writes it.
        const QByteArrayView list(reinterpret_cast<const char *>(data) + 2, qsizetype(size) - 2);
        if (offersProtocol(list, "h2") && !offersProtocol(list, "http/1.1"))
            seen.hello = ClientHello::Http2Only;
    }
    return SSL_CLIENT_HELLO_ERROR; // that was all
}

} // namespace

bool offersProtocol(QByteArrayView list, QByteArrayView protocol)
{
    for (qsizetype at = 0; at < list.size();) {
        const qsizetype length = static_cast<unsigned char>(list[at]);
        if (at + 1 + length > list.size())
            return false;
        if (list.sliced(at + 1, length) == protocol)
            return true;
        at += 1 + length;
    }
    return false;
}

ClientHello readClientHello(QByteArrayView bytes)
{
    static const std::shared_ptr<SSL_CTX> context = [] {
        const std::shared_ptr<SSL_CTX> made(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
        if (made)
            SSL_CTX_set_client_hello_cb(made.get(), &look, nullptr);
        return made;
    }();
    if (!context)
        return ClientHello::Other;
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), &SSL_free);
    if (!ssl)
        return ClientHello::Other;
    BIO *const in = BIO_new_mem_buf(bytes.data(), int(std::min(bytes.size(), MaxHello)));
    BIO_set_mem_eof_return(in, -1); // its end is no end of the connection
    SSL_set_bio(ssl.get(), in, BIO_new(BIO_s_mem()));
    Seen seen;
    SSL_set_app_data(ssl.get(), &seen);
    ERR_clear_error();
    const int result = SSL_accept(ssl.get());
    const bool unfinished = !seen.complete && SSL_get_error(ssl.get(), result) == SSL_ERROR_WANT_READ && bytes.size() < MaxHello;
    ERR_clear_error();
    return unfinished ? ClientHello::Unfinished : seen.hello;
}

} // namespace sluice
