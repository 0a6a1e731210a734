#include "sluice/net/asio_http_client.h"

#include "sluice/net/http_request_p.h"

#include <boost/asio/this_coro.hpp>

#include <algorithm>

namespace sluice {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

constexpr qsizetype MaxAnswerHeaderBytes = 256 * 1024;

asio::awaitable<void> exchangeHeads(AsioExchange &exchange, AsioHttpRequest request)
{
    orThrow(http_request::check(request.method, request.url, request.headers)); // before anything is connected
    const auto begun = std::chrono::steady_clock::now();
    const auto left = [&] {
        const auto spent = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun);
        return std::max(request.headerTimeout - spent, milliseconds(1));
    };
    if (request.totalTimeout.count() > 0)
        exchange.limit(request.totalTimeout);
    const milliseconds connecting = std::min(request.connectTimeout, request.headerTimeout);
    co_await exchange.connect(connecting);
    const milliseconds sending = left();
    co_await exchange.send(request.method, request.url, request.headers, std::move(request.body), sending);
    const milliseconds answering = left();
    co_await exchange.receiveHead(answering);
}

/// The answer's head is there.
asio::awaitable<std::unique_ptr<AsioExchange>> answered(AsioHttpRequest request, qsizetype maxBody)
{
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const AsioAnswerBounds bounds{MaxAnswerHeaderBytes, maxBody};
    auto exchange = std::make_unique<AsioExchange>(executor, request.url, request.tls, bounds);
    const QByteArray method = request.method;
    const QUrl url = request.url;
    try {
        co_await exchangeHeads(*exchange, std::move(request));
    } catch (Error &error) {
        throw error.withRequest(method, url); // the exchange does not know the method while it connects
    }
    co_return exchange;
}

} // namespace

AsioHttpStream::AsioHttpStream(std::unique_ptr<AsioExchange> exchange)
    : m_exchange(std::move(exchange))
{
}

asio::awaitable<QByteArray> AsioHttpStream::read()
{
    if (!m_line.isEmpty())
        co_return std::exchange(m_line, {});
    co_return co_await m_exchange->read();
}

asio::awaitable<QByteArray> AsioHttpStream::readLine(qsizetype maxBytes)
{
    qsizetype searched = 0;
    for (;;) {
        const qsizetype lf = m_line.indexOf('\n', searched);
        if ((lf < 0 ? m_line.size() : lf) > maxBytes) {
            close();
            throw Error(Error::Kind::TooLarge, QStringLiteral("A line of the answer is longer than %1 bytes.").arg(maxBytes));
        }
        if (lf >= 0) {
            QByteArray line = m_line.left(lf + 1);
            m_line.remove(0, lf + 1);
            co_return line;
        }
        searched = m_line.size();
        const QByteArray more = co_await m_exchange->read();
        if (more.isEmpty())
            co_return std::exchange(m_line, {});
        m_line += more;
    }
}

asio::awaitable<AsioHttpResponse> asioSend(AsioHttpRequest request)
{
    const qsizetype bound = request.maxBodyBytes;
    const auto exchange = co_await answered(std::move(request), bound);
    QByteArray body;
    for (;;) {
        const QByteArray bytes = co_await exchange->read();
        if (bytes.isEmpty())
            break;
        body += bytes;
    }
    co_return AsioHttpResponse{exchange->status(), exchange->headers(), std::move(body)};
}

asio::awaitable<std::shared_ptr<AsioHttpStream>> asioOpen(AsioHttpRequest request)
{
    auto exchange = co_await answered(std::move(request), std::numeric_limits<qsizetype>::max());
    co_return std::shared_ptr<AsioHttpStream>(new AsioHttpStream(std::move(exchange)));
}

} // namespace sluice
