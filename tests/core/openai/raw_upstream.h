#pragma once

#include "sluice/net/io_thread.h"

#include <QtCore/QByteArrayList>
#include <QtCore/QUrl>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <mutex>
#include <vector>

namespace sluice::openai {

/// An upstream below HTTP: what it answers to a POST is bytes, whatever they are, and an end of any kind.
class RawUpstream {
public:
    enum class End {
        Close, ///< no more bytes, politely
        Reset, ///< thrown away
        Hang,  ///< nothing any more, until the other side leaves
        Keep,  ///< the next request may come
    };
    struct Script {
        Script() = default;
        Script(QByteArray scriptBytes, End scriptEnd, int repetitions = 0)
            : bytes(std::move(scriptBytes))
            , end(scriptEnd)
            , repeated(repetitions)
        {
        }
        QByteArray bytes;
        End end = End::Close;
        int repeated = 0;   ///< the last KiB so many more times, as fast as it is taken
        bool early = false; ///< before the request is there
    };

    RawUpstream();
    ~RawUpstream();
    RawUpstream(const RawUpstream &) = delete;
    RawUpstream &operator=(const RawUpstream &) = delete;

    [[nodiscard]] QUrl url() const;
    void play(const Script &script);
    /// What a GET is answered: a list, of models or of what is offered.
    void setList(const QByteArray &json);
    /// POSTs whose bodies arrived.
    [[nodiscard]] int count() const;
    /// Connections that are open now.
    [[nodiscard]] int open() const;
    /// Connections that there were.
    [[nodiscard]] int connections() const;
    /// Closes those that are open.
    void closeAll();

private:
    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> serve(std::shared_ptr<boost::asio::ip::tcp::socket> socket);
    boost::asio::awaitable<bool> serveOne(boost::asio::ip::tcp::socket &socket, QByteArray &in);

    mutable std::mutex m_mutex;
    Script m_script;
    QByteArray m_list = R"({"object":"list","data":[{"id":"m","object":"model"}]})";
    int m_count = 0;
    int m_open = 0;
    int m_connections = 0;
    std::vector<std::weak_ptr<boost::asio::ip::tcp::socket>> m_sockets; ///< on the I/O thread
    IoThread m_io;
    std::unique_ptr<boost::asio::ip::tcp::acceptor> m_acceptor;
};

/// An answer of HTTP/1.1, with a length that is true.
[[nodiscard]] QByteArray httpAnswer(const QByteArray &status, const QByteArray &type, const QByteArray &body, const QByteArray &more = {});
/// The head of one in chunks, and the chunks.
[[nodiscard]] QByteArray chunkedAnswer(const QByteArray &type, const QByteArrayList &chunks, bool ended = true);

} // namespace sluice::openai
