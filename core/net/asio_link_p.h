#pragma once

#include "sluice/net/byte_stream_p.h"

#include "sluice/base/error.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace sluice {

/// The client's end of one connection on the I/O thread: how it comes about and ends, and the words for what goes wrong.
class AsioLink {
public:
    AsioLink(const AsioLink &) = delete;
    AsioLink &operator=(const AsioLink &) = delete;

    /// Drops the connection; whoever waits for it throws Canceled.
    void close();

protected:
    /// `url`: http or https; its host is the one that is connected to.
    AsioLink(const boost::asio::any_io_executor &executor, QByteArray method, QUrl url);
    virtual ~AsioLink();

    /// Nothing shall ring any more.
    virtual void disarm() = 0;

    [[nodiscard]] bool isHttps() const { return m_url.scheme() == QLatin1String("https"); }
    /// The name is looked up and the socket connected.
    boost::asio::awaitable<void> connectSocket();
    void timeOut(const QString &what);
    /// Closes and throws what `code` means here: Timeout or Canceled when that closed it, else Network: "`doing` server: why."
    [[noreturn]] void raise(const boost::system::error_code &code, const QString &doing);
    [[nodiscard]] Error make(Error::Kind kind, const QString &message) const;
    [[nodiscard]] QString server() const;

    QByteArray m_method; ///< of the request that errors are about
    QUrl m_url;
    boost::asio::ip::tcp::socket m_socket;
    std::unique_ptr<ByteStream> m_stream; ///< once there is one, it has the socket
    bool m_closed = false;

private:
    boost::asio::ip::tcp::resolver m_resolver;
    QString m_timedOut;
};

} // namespace sluice
