#pragma once

#include "sluice/net/asio_exchange.h"

namespace sluice {

/// One request with its whole body, on a connection of its own.
struct AsioHttpRequest {
    AsioHttpRequest() = default; // no aggregate: g++ 12 destroys twice what a co_await expression makes of one

    QByteArray method = "POST";
    QUrl url; ///< http or https
    Headers headers;
    QByteArray body;
    /// As from an orchestrator to its worker (byoc.md 4.4). Null: AsioTls::systemCas().
    std::shared_ptr<AsioTls> tls = AsioTls::unverified();
    std::chrono::milliseconds connectTimeout{2'000};
    /// From the start of the call to the last byte of the answer's headers.
    std::chrono::milliseconds headerTimeout{60'000};
    /// From the start of the call to its end; zero for none.
    std::chrono::milliseconds totalTimeout{0};
    qsizetype maxBodyBytes = 64 * 1024 * 1024;
};

/// A whole answer.
struct AsioHttpResponse {
    int status = 0;
    Headers headers;
    QByteArray body;
};

/// An answer that is still arriving; used on the I/O thread. Dropping it closes the connection.
class AsioHttpStream final {
public:
    [[nodiscard]] int status() const { return m_exchange->status(); }
    [[nodiscard]] const Headers &headers() const { return m_exchange->headers(); }
    /// The next bytes as they come, at most 64 KiB; empty at the clean end. Errors as for asioSend().
    boost::asio::awaitable<QByteArray> read();
    /// The next line with its LF, or what is left without one at the end, or empty at the end. TooLarge beyond `maxBytes`.
    boost::asio::awaitable<QByteArray> readLine(qsizetype maxBytes);
    /// Closes at once; a read that waits ends with Canceled.
    void close() { m_exchange->close(); }

private:
    friend boost::asio::awaitable<std::shared_ptr<AsioHttpStream>> asioOpen(AsioHttpRequest request);
    explicit AsioHttpStream(std::unique_ptr<AsioExchange> exchange);
    std::unique_ptr<AsioExchange> m_exchange;
    QByteArray m_line;
};

/// Sends and collects the answer, on the executor of the calling coroutine. Asio's cancellation (`||`, a cancellation slot) closes
/// the connection. Throws sluice::Error: Network, Timeout, TlsChanged, Protocol, TooLarge, Canceled, InvalidInput.
boost::asio::awaitable<AsioHttpResponse> asioSend(AsioHttpRequest request);
/// Sends and returns as soon as the answer's headers are there. The answer's body has no bound.
boost::asio::awaitable<std::shared_ptr<AsioHttpStream>> asioOpen(AsioHttpRequest request);

} // namespace sluice
