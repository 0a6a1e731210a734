#include "sluice/trickle/simple_request_p.h"

#include "sluice/net/asio_wait.h"

namespace sluice::trickle {

namespace asio = boost::asio;

asio::awaitable<SimpleAnswer> simpleRequest(asio::any_io_executor executor, QByteArray method, QUrl url,
    std::shared_ptr<AsioTls> tls, Headers headers, std::chrono::milliseconds timeout, qsizetype maxBody)
{
    const auto exchange = std::make_shared<AsioExchange>(executor, url, std::move(tls));
    bool late = false;
    Alarm alarm(executor);
    alarm.arm(timeout, [exchange, &late] {
        late = true;
        exchange->close();
    });
    SimpleAnswer answer;
    std::optional<Error> failure;
    try {
        co_await exchange->connect(timeout);
        headers::set(headers, "Connection", "close");
        co_await exchange->begin(method, url, headers, AsioExchange::Body::None);
        co_await exchange->receiveHead();
        for (;;) {
            const QByteArray bytes = co_await exchange->read();
            if (bytes.isEmpty())
                break;
            answer.body += bytes;
            if (answer.body.size() > maxBody)
                throw Error(Error::Kind::TooLarge, QStringLiteral("An answer is larger than the %1 bytes that are allowed.").arg(maxBody));
        }
    } catch (const Error &error) {
        failure = late ? Error(Error::Kind::Timeout, QStringLiteral("%1 did not answer in time.").arg(shown(url))) : error;
    }
    if (failure)
        throw failure->withRequest(method, url);
    answer.status = exchange->status();
    answer.headers = exchange->headers();
    co_return answer;
}

QString shown(const QUrl &channel)
{
    return TlsTrust::hostPort(channel) + channel.path();
}

} // namespace sluice::trickle
