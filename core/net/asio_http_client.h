#pragma once

#include "sluice/net/headers.h"

#include <boost/asio/awaitable.hpp>

#include <QtCore/QByteArray>
#include <QtCore/QUrl>

#include <chrono>
#include <memory>

namespace sluice {

class AsioConnection;

/// One request from the server side to a worker.
struct AsioHttpRequest {
    AsioHttpRequest() = default; // no aggregate: g++ 12 destroys twice what a co_await expression makes of one

    QByteArray method = "POST";
    QUrl url; ///< http, or https, whose certificate is not verified (byoc.md 4.4)
    Headers headers;
    QByteArray body;
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
    ~AsioHttpStream();
    AsioHttpStream(const AsioHttpStream &) = delete;
    AsioHttpStream &operator=(const AsioHttpStream &) = delete;

    [[nodiscard]] int status() const;
    [[nodiscard]] const Headers &headers() const;
    /// The next bytes as they come, at most 64 KiB; empty at the clean end. Errors as for asioSend().
    boost::asio::awaitable<QByteArray> read();
    /// The next line with its LF, or what is left without one at the end, or empty at the end. TooLarge beyond `maxBytes`.
    boost::asio::awaitable<QByteArray> readLine(qsizetype maxBytes);
    /// Closes at once; a read that waits ends with Canceled.
    void close();

private:
    friend boost::asio::awaitable<std::shared_ptr<AsioHttpStream>> asioOpen(AsioHttpRequest request);
    explicit AsioHttpStream(std::shared_ptr<AsioConnection> connection);
    std::shared_ptr<AsioConnection> m_connection;
    QByteArray m_line;
};

/// Sends and collects the answer, on the executor of the calling coroutine. Asio's cancellation (`||`, a cancellation slot) closes
/// the connection. Throws sluice::Error: Network, Timeout, Protocol, TooLarge, Canceled, InvalidInput.
boost::asio::awaitable<AsioHttpResponse> asioSend(AsioHttpRequest request);
/// Sends and returns as soon as the answer's headers are there.
boost::asio::awaitable<std::shared_ptr<AsioHttpStream>> asioOpen(AsioHttpRequest request);

} // namespace sluice
