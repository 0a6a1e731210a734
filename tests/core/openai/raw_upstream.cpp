#include "raw_upstream.h"

#include "sluice/base/error.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace sluice::openai {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {
constexpr auto returned = asio::as_tuple(asio::use_awaitable);
}

RawUpstream::RawUpstream()
    : m_acceptor(std::make_unique<tcp::acceptor>(m_io.context(), tcp::endpoint(asio::ip::address_v4::loopback(), 0)))
{
    asio::co_spawn(m_io.context(), accept(), asio::detached);
}

RawUpstream::~RawUpstream()
{
    m_io.stop();
}

QUrl RawUpstream::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_acceptor->local_endpoint().port()));
}

void RawUpstream::play(const Script &script)
{
    const std::lock_guard lock(m_mutex);
    m_script = script;
}

void RawUpstream::setList(const QByteArray &json)
{
    const std::lock_guard lock(m_mutex);
    m_list = json;
}

int RawUpstream::count() const
{
    const std::lock_guard lock(m_mutex);
    return m_count;
}

int RawUpstream::open() const
{
    const std::lock_guard lock(m_mutex);
    return m_open;
}

asio::awaitable<void> RawUpstream::accept()
{
    for (;;) {
        auto [error, socket] = co_await m_acceptor->async_accept(returned);
        if (error)
            co_return;
        const auto mine = std::make_shared<tcp::socket>(std::move(socket));
        m_sockets.push_back(mine);
        asio::co_spawn(m_io.context(), serve(mine), asio::detached);
    }
}

asio::awaitable<void> RawUpstream::serve(std::shared_ptr<tcp::socket> socket)
{
    struct Count {
        explicit Count(RawUpstream &upstream)
            : of(upstream)
        {
            const std::lock_guard lock(of.m_mutex);
            ++of.m_open;
            ++of.m_connections;
        }
        ~Count()
        {
            const std::lock_guard lock(of.m_mutex);
            --of.m_open;
        }
        RawUpstream &of;
    };
    const Count open(*this);
    QByteArray in;
    for (bool more = true; more;)
        more = co_await serveOne(*socket, in);
}

asio::awaitable<bool> RawUpstream::serveOne(tcp::socket &socket, QByteArray &in)
{
    const auto current = [this] {
        const std::lock_guard lock(m_mutex);
        return m_script;
    };
    Script script = current();
    char bytes[4096];
    qsizetype length = 0;
    for (qsizetype end = -1; !script.early && (end < 0 || in.size() < end + 4 + length);) {
        const auto [error, size] = co_await socket.async_read_some(asio::buffer(bytes), returned);
        if (error)
            co_return false;
        in.append(bytes, qsizetype(size));
        end = in.indexOf("\r\n\r\n");
        const qsizetype mark = end < 0 ? -1 : in.left(end).toLower().indexOf("content-length: ");
        length = mark < 0 ? 0 : in.mid(mark + 16, in.indexOf('\r', mark) - mark - 16).toLongLong();
    }
    if (!script.early) {
        script = current();
        if (in.startsWith("GET ")) {
            script = Script(httpAnswer("200 OK", "application/json", m_list), End::Close);
        } else {
            const std::lock_guard lock(m_mutex);
            ++m_count;
        }
    }
    in.clear();
    const auto [lost, size] = co_await asio::async_write(socket, asio::buffer(script.bytes.constData(), std::size_t(script.bytes.size())), returned);
    const QByteArray last = script.bytes.right(1024);
    for (int i = 0; i < script.repeated; ++i) {
        const auto [gone, sent] = co_await asio::async_write(socket, asio::buffer(last.constData(), std::size_t(last.size())), returned);
        if (gone)
            co_return false;
    }
    if (script.end == End::Keep)
        co_return !lost;
    boost::system::error_code ignored; // the other side may have left
    if (script.end == End::Reset) {
        socket.set_option(asio::socket_base::linger(true, 0), ignored);
        socket.close(ignored);
        co_return false;
    }
    if (script.end == End::Close)
        socket.shutdown(tcp::socket::shutdown_send, ignored);
    for (;;) {
        const auto [gone, got] = co_await socket.async_read_some(asio::buffer(bytes), returned);
        if (gone)
            co_return false;
    }
}

int RawUpstream::connections() const
{
    const std::lock_guard lock(m_mutex);
    return m_connections;
}

void RawUpstream::closeAll()
{
    m_io.post([this] {
        for (const auto &weak : m_sockets) {
            boost::system::error_code ignored; // closed already
            if (const auto socket = weak.lock())
                socket->close(ignored);
        }
    });
}

QByteArray httpAnswer(const QByteArray &status, const QByteArray &type, const QByteArray &body, const QByteArray &more)
{
    return "HTTP/1.1 " + status + "\r\n" + (type.isEmpty() ? QByteArray() : "Content-Type: " + type + "\r\n") + more + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray chunkedAnswer(const QByteArray &type, const QByteArrayList &chunks, bool ended)
{
    QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const QByteArray &chunk : chunks)
        answer += QByteArray::number(chunk.size(), 16) + "\r\n" + chunk + "\r\n";
    return ended ? answer + "0\r\n\r\n" : answer;
}

} // namespace sluice::openai
