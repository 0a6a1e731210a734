#pragma once

#include "sluice/net/asio_exchange.h"

#include <boost/asio/any_io_executor.hpp>

namespace sluice::trickle {

/// A whole small answer.
struct SimpleAnswer {
    SimpleAnswer() = default;
    int status = 0;
    Headers headers;
    QByteArray body;
};

/// One request without a body on a connection of its own. Throws what AsioExchange throws, Timeout after `timeout`, TooLarge.
boost::asio::awaitable<SimpleAnswer> simpleRequest(boost::asio::any_io_executor executor, QByteArray method, QUrl url,
    std::shared_ptr<AsioTls> tls, Headers headers, std::chrono::milliseconds timeout, qsizetype maxBody);

/// "host:port/path", for logs and messages.
[[nodiscard]] QString shown(const QUrl &channel);

} // namespace sluice::trickle
