#include "sluice/net/byte_stream_p.h"

#include "sluice/net/asio_wait.h"
#include "sluice/net/tls_pipe_p.h"

#include <QtCore/QByteArray>

#include <boost/asio/ssl/error.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <sys/sendfile.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <span>
#include <tuple>

namespace sluice {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto returned = asio::as_tuple(asio::use_awaitable);

/// Gives buffers to the kernel. It mostly takes them at once, without a round through the event loop; now and then there is one all the same,
/// so that a peer that reads everything at once does not starve the other connections.
class Sender final {
public:
    using ErrorCode = ByteStream::ErrorCode;

    explicit Sender(tcp::socket &socket)
        : m_socket(socket)
    {
        ErrorCode ignored; // of a closed socket; the first write reports it
        m_socket.non_blocking(true, ignored);
    }
    std::size_t sendNow(asio::const_buffer buffer)
    {
        if ((m_turns + 1) % TurnsAtOnce == 0)
            return 0; // send() gives the others their turn
        ++m_turns;
        ErrorCode error;
        const std::size_t size = m_socket.send(asio::buffer(buffer), 0, error);
        return error ? 0 : size;
    }
    /// `flags`: of send(2), e.g. MSG_MORE.
    asio::awaitable<ErrorCode> send(std::span<asio::const_buffer> buffers, int flags = 0)
    {
        while (!buffers.empty()) {
            ErrorCode error = asio::error::would_block;
            std::size_t size = 0;
            if (++m_turns % TurnsAtOnce != 0)
                size = m_socket.send(buffers, flags, error);
            if (error == asio::error::would_block || error == asio::error::try_again)
                std::tie(error, size) = co_await m_socket.async_send(buffers, flags, returned);
            if (error)
                co_return error;
            while (!buffers.empty() && size >= buffers.front().size()) {
                size -= buffers.front().size();
                buffers = buffers.subspan(1);
            }
            if (size > 0)
                buffers.front() += size;
        }
        co_return ErrorCode();
    }
    asio::awaitable<ErrorCode> send(PageRange pages)
    {
        while (pages.size > 0) {
            ErrorCode error = asio::error::would_block;
            if (++m_turns % TurnsAtOnce != 0) {
                auto offset = off_t(pages.offset);
                const ssize_t sent = ::sendfile(m_socket.native_handle(), pages.file->handle(), &offset, std::size_t(pages.size));
                error = sent < 0 ? ErrorCode(errno, asio::error::get_system_category()) : ErrorCode();
                if (sent == 0)
                    co_return asio::error::fault; // the file is shorter than was said
                pages.offset += std::max<ssize_t>(sent, 0);
                pages.size -= std::max<ssize_t>(sent, 0);
            }
            if (error == asio::error::would_block || error == asio::error::try_again)
                std::tie(error) = co_await m_socket.async_wait(tcp::socket::wait_write, returned);
            if (error && error != asio::error::interrupted)
                co_return error;
        }
        co_return ErrorCode();
    }

private:
    static constexpr unsigned TurnsAtOnce = 16;
    tcp::socket &m_socket;
    unsigned m_turns = 0;
};

class PlainStream final : public ByteStream {
public:
    explicit PlainStream(tcp::socket socket)
        : m_socket(std::move(socket))
        , m_sender(m_socket)
    {
    }
    Awaitable<ErrorCode> handshake() override { co_return ErrorCode(); }
    Awaitable<std::pair<ErrorCode, std::size_t>> readSome(asio::mutable_buffer buffer) override
    {
        const auto [error, size] = co_await m_socket.async_read_some(buffer, returned);
        co_return std::pair(error, size);
    }
    Awaitable<ErrorCode> write(std::vector<asio::const_buffer> buffers) override { co_return co_await m_sender.send(buffers); }
    std::size_t writeNow(asio::const_buffer buffer) override { return m_sender.sendNow(buffer); }
    Awaitable<ErrorCode> writePages(asio::const_buffer before, PageRange pages, asio::const_buffer after) override
    {
        ErrorCode error;
        if (before.size() > 0)
            error = co_await m_sender.send(std::span(&before, 1), MSG_MORE); // not in a packet of its own
        if (!error)
            error = co_await m_sender.send(std::move(pages));
        if (!error && after.size() > 0)
            error = co_await m_sender.send(std::span(&after, 1));
        co_return error;
    }
    Awaitable<void> shutdown() override
    {
        ErrorCode ignored; // the peer may have gone first
        m_socket.shutdown(tcp::socket::shutdown_send, ignored);
        co_return;
    }
    tcp::socket &socket() override { return m_socket; }
    SSL *ssl() override { return nullptr; }

private:
    tcp::socket m_socket;
    Sender m_sender;
};

constexpr qsizetype HandshakePiece = 4 * 1024;
constexpr std::size_t Record = SSL3_RT_MAX_PLAIN_LENGTH;
/// So much is encrypted before it is sent: some full records.
constexpr std::size_t WritePiece = 4 * Record;

/// TLS over memory (TlsPipe) instead of asio::ssl::stream, which sends and receives record by record: here all records of a write
/// leave together, and all that have arrived are read together. With many readers of one channel that is half of the work.
class TlsStream final : public ByteStream {
public:
    TlsStream(tcp::socket socket, std::shared_ptr<asio::ssl::context> context, Role role)
        : m_context(std::move(context))
        , m_socket(std::move(socket))
        , m_role(role)
        , m_ssl(SSL_new(m_context->native_handle()), &SSL_free)
        , m_sender(m_socket)
        , m_received(m_socket.get_executor())
        , m_flushed(m_socket.get_executor())
    {
        if (!m_ssl)
            throw std::bad_alloc();
        for (const TlsPipe *pipe : {&m_in, &m_out})
            BIO_up_ref(pipe->bio());
        SSL_set_bio(m_ssl.get(), m_in.bio(), m_out.bio());
        SSL_set_mode(m_ssl.get(), SSL_MODE_RELEASE_BUFFERS);
        SSL_set_options(m_ssl.get(), SSL_OP_NO_RENEGOTIATION); // so that a write never waits for the peer
    }
    Awaitable<ErrorCode> handshake() override
    {
        if (m_role == Role::Server)
            SSL_set_accept_state(m_ssl.get());
        else
            SSL_set_connect_state(m_ssl.get());
        QByteArray piece(HandshakePiece, Qt::Uninitialized);
        for (;;) {
            ERR_clear_error();
            const int result = SSL_do_handshake(m_ssl.get());
            const ErrorCode problem = problemOf(result);
            const ErrorCode lost = co_await flush(); // also the alert that reports a failure to the peer
            if (problem || lost || result == 1)
                co_return problem ? problem : lost;
            const ErrorCode gone = co_await receive(asio::buffer(piece.data(), std::size_t(piece.size())));
            if (gone)
                co_return gone;
        }
    }
    Awaitable<std::pair<ErrorCode, std::size_t>> readSome(asio::mutable_buffer buffer) override
    {
        for (;;) {
            const auto [problem, size] = decrypt(buffer);
            if (size > 0 || buffer.size() == 0) {
                co_return std::pair(ErrorCode(), size); // a problem is found again by the next call
            }
            // There may be an answer to the peer's change of keys. A write under way takes it along: to wait for that here would stop both
            // sides when the peer does not read before it has written.
            if (!m_flushing && m_out.size() > 0)
                co_await flush();
            if (problem)
                co_return std::pair(problem, std::size_t(0));
            // The caller's memory also takes what is still encrypted: a waiting connection needs no buffer of its own.
            const ErrorCode gone = co_await receive(buffer);
            if (gone)
                co_return std::pair(gone, std::size_t(0));
        }
    }
    Awaitable<ErrorCode> write(std::vector<asio::const_buffer> buffers) override
    {
        std::size_t waiting = 0; // encrypted since the last flush
        QByteArray mixed;
        for (std::size_t i = 0; i < buffers.size();) {
            // What is smaller than a record shares one with what follows; the rest is encrypted where it lies.
            asio::const_buffer piece = buffers[i];
            if (piece.size() < Record && i + 1 < buffers.size()) {
                mixed.clear();
                while (i < buffers.size() && std::size_t(mixed.size()) < Record) {
                    const std::size_t taken = std::min(buffers[i].size(), Record - std::size_t(mixed.size()));
                    mixed.append(static_cast<const char *>(buffers[i].data()), qsizetype(taken));
                    if ((buffers[i] += taken).size() == 0)
                        ++i;
                }
                piece = asio::buffer(mixed.constData(), std::size_t(mixed.size()));
            } else {
                piece = asio::buffer(piece, WritePiece);
                if ((buffers[i] += piece.size()).size() == 0)
                    ++i;
            }
            const ErrorCode problem = encrypt(piece);
            if (problem)
                co_return problem;
            waiting += piece.size();
            if (waiting < WritePiece && i < buffers.size())
                continue;
            waiting = 0;
            const ErrorCode lost = co_await flush();
            if (lost)
                co_return lost;
        }
        co_return ErrorCode();
    }
    Awaitable<ErrorCode> writePages(asio::const_buffer, PageRange, asio::const_buffer) override { co_return asio::error::operation_not_supported; }
    Awaitable<void> shutdown() override
    {
        ERR_clear_error();
        SSL_shutdown(m_ssl.get());
        ErrorCode gone = co_await flush();
        QByteArray piece(HandshakePiece, Qt::Uninitialized);
        const asio::mutable_buffer room = asio::buffer(piece.data(), std::size_t(piece.size()));
        while (!gone && !(SSL_get_shutdown(m_ssl.get()) & SSL_RECEIVED_SHUTDOWN)) {
            gone = decrypt(room).first; // what still arrives is discarded
            if (!gone)
                gone = co_await receive(room);
        }
    }
    tcp::socket &socket() override { return m_socket; }
    SSL *ssl() override { return m_ssl.get(); }

private:
    /// Marks an operation as under way; also ends when it is cancelled by an exception.
    class Busy final {
    public:
        Busy(bool &flag, AsyncEvent &over)
            : m_flag(flag)
            , m_over(over)
        {
            m_flag = true;
        }
        ~Busy()
        {
            m_flag = false;
            m_over.notify();
        }
        Busy(const Busy &) = delete;
        Busy &operator=(const Busy &) = delete;

    private:
        bool &m_flag;
        AsyncEvent &m_over;
    };

    /// What a result of OpenSSL means; nothing when it only wants more bytes.
    [[nodiscard]] ErrorCode problemOf(int result) const
    {
        if (result > 0)
            return {};
        switch (SSL_get_error(m_ssl.get(), result)) {
        case SSL_ERROR_WANT_READ:
        case SSL_ERROR_WANT_WRITE:
            return {};
        case SSL_ERROR_ZERO_RETURN:
            return asio::error::eof;
        default:
            const unsigned long code = ERR_get_error();
            return code != 0 ? ErrorCode(int(code), asio::error::get_ssl_category()) : ErrorCode(asio::error::fault);
        }
    }
    [[nodiscard]] ErrorCode encrypt(asio::const_buffer piece)
    {
        if (piece.size() == 0)
            return {};
        ERR_clear_error();
        const int result = SSL_write(m_ssl.get(), piece.data(), int(piece.size()));
        if (result == int(piece.size()))
            return {};
        const ErrorCode problem = problemOf(result);
        return problem ? problem : ErrorCode(asio::error::fault);
    }
    /// All that can be decrypted now.
    [[nodiscard]] std::pair<ErrorCode, std::size_t> decrypt(asio::mutable_buffer buffer)
    {
        std::size_t total = 0;
        while (buffer.size() > 0) {
            ERR_clear_error();
            const int size = SSL_read(m_ssl.get(), buffer.data(), int(std::min<std::size_t>(buffer.size(), INT_MAX)));
            if (size <= 0)
                return {problemOf(size), total};
            total += std::size_t(size);
            buffer += std::size_t(size);
        }
        return {ErrorCode(), total};
    }
    /// Waits for bytes of the peer. Where another coroutine is receiving already, for the end of that.
    Awaitable<ErrorCode> receive(asio::mutable_buffer room)
    {
        if (m_receiving) {
            co_await m_received.wait();
            co_return std::as_const(m_receiveError);
        }
        const Busy busy(m_receiving, m_received);
        const auto [error, size] = co_await m_socket.async_read_some(room, returned);
        m_in.append(room.data(), qsizetype(size));
        // An end without its alert may be a truncation attack.
        m_receiveError = error == asio::error::eof ? ErrorCode(asio::ssl::error::stream_truncated) : error;
        co_return std::as_const(m_receiveError);
    }
    /// Sends what is encrypted; one at a time, so that records keep their order.
    Awaitable<ErrorCode> flush()
    {
        while (m_flushing)
            co_await m_flushed.wait();
        if (m_out.size() == 0)
            co_return std::as_const(m_flushError);
        const Busy busy(m_flushing, m_flushed);
        while (!m_flushError && m_out.size() > 0) {
            m_out.swap(m_leaving); // what is encrypted meanwhile goes where the last ones were
            asio::const_buffer whole = asio::buffer(m_leaving.constData(), std::size_t(m_leaving.size()));
            m_flushError = co_await m_sender.send(std::span(&whole, 1));
            m_leaving.resize(0);
        }
        co_return std::as_const(m_flushError);
    }

    std::shared_ptr<asio::ssl::context> m_context;
    tcp::socket m_socket;
    Role m_role;
    TlsPipe m_in;         ///< from the peer, encrypted
    TlsPipe m_out;        ///< to the peer, encrypted
    QByteArray m_leaving; ///< the same, on its way
    std::unique_ptr<SSL, decltype(&SSL_free)> m_ssl;
    Sender m_sender;
    AsyncEvent m_received;
    AsyncEvent m_flushed;
    ErrorCode m_receiveError;
    ErrorCode m_flushError;
    bool m_receiving = false;
    bool m_flushing = false;
};

} // namespace

void ByteStream::close()
{
    ErrorCode ignored; // there is nothing more to do about a socket that cannot be closed
    socket().close(ignored);
}

std::unique_ptr<ByteStream> ByteStream::plain(tcp::socket socket)
{
    return std::make_unique<PlainStream>(std::move(socket));
}

std::unique_ptr<ByteStream> ByteStream::tls(tcp::socket socket, std::shared_ptr<asio::ssl::context> context, Role role)
{
    return std::make_unique<TlsStream>(std::move(socket), std::move(context), role);
}

} // namespace sluice
